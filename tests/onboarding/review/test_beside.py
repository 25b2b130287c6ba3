"""A typed value beside the register: the same, the same but for, different letter by letter; hidden numbers stay so."""

import datetime
import json

import pytest
from django.utils import translation

from desk.demo import people as demo
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from onboarding.admin.review.beside import beside
from onboarding.admin.review.typed import LONG_TERM
from onboarding.flow import State
from onboarding.formats import identity_document
from onboarding.models import Case, Document, Examination, RegisterAnswer
from onboarding.screening import register_answer
from onboarding.screening.registry_entry import registry_entry
from portal.gateways.registry import Company, Found
from portal.gateways.simulator import teach
from tests import make, people

NAME = "虚构市小满面馆有限公司"


def body(answer) -> str:
    return answer.content.decode()


def company(**fields) -> Company:
    known = {"name": NAME, "status": "存续", "active": True, "legal_representative": "刘小满"}
    return Company(Found.FOUND, **{**known, **fields})


def test_letters():
    one = beside("merchant.name", NAME, "虚构市小满面店有限公司")
    assert one.differs
    assert one.parts == (("虚构市小满面", "same"), ("馆", "left"), ("店", "right"), ("有限公司", "same"))
    assert "".join(text for text, where in one.parts if where != "right") == NAME


def test_the_same_but_for_is_named_and_not_marked():
    one = beside("merchant.name", NAME, "虚构市小满面馆有限责任公司")
    assert (one.verdict, one.parts) == ("alike", ())
    assert "有限责任公司" in str(one.why)
    assert beside("person.name", "阿布都·热合曼", "阿布都•热合曼").verdict == "alike"
    assert beside("merchant.valid_until", LONG_TERM, LONG_TERM).verdict == "same"


@pytest.mark.duty("least-display")
def test_a_hidden_number_is_compared_and_stays_hidden():
    typed, read = "11010519491231002X", "11010519491281007X"
    one = beside("person.id_number", typed, read, mask=identity_document.mask)
    assert one.differs and one.parts == ()
    with translation.override("en"):
        assert str(one.why) == "differs at places 13, 17"
        assert str(beside("person.id_number", typed, typed[:-1], mask=identity_document.mask).why) == "another length"
    shown = f"{one.value} {one.why} {one.parts}"
    assert read not in shown and read[6:14] not in shown


@pytest.mark.django_db
def test_the_page_shows_the_register_beside_what_was_typed(case, reviewer, signed_in, page_of):
    register_answer.keep(case, company(name="虚构市小满面店有限公司", founded=datetime.date(2024, 3, 18)))
    answer = signed_in(reviewer).get(page_of(case))
    page = body(answer)
    assert "虚构市小满面<del>馆</del><ins>店</ins>有限公司" in page
    assert answer.context["differences"] == 1
    assert "存续" in page
    assert page.count('class="same"') == 2  # the responsible person, the day of the beginning


@pytest.mark.django_db
def test_without_leave_to_see_persons_the_register_names_none(case, signed_in, page_of):
    register_answer.keep(case, company(legal_representative="另一个人"))
    for role, sees in (("auditor", True), ("warehouse_clerk", False)):
        assert ("另一个人" in body(signed_in(people.somebody(role)).get(page_of(case)))) == sees


@pytest.mark.django_db
def test_the_check_keeps_the_answer_sealed_once_a_round(case):
    teach("registry", case.merchant.uscc, {"name": NAME, "legal_representative": "刘小满"})
    registry_entry(case)
    registry_entry(case)
    row = RegisterAnswer.objects.get()
    stored = RegisterAnswer.objects.extra(select={"raw": "answer"}).values_list("raw", flat=True)[0]
    assert NAME in row.answer and NAME not in stored
    assert register_answer.kept(case).fields["merchant.name"] == NAME


@pytest.mark.django_db
def test_what_the_register_does_not_know_is_not_shown(liu):
    case = make.case("identity_review", by=liu)
    register_answer.keep(case, Company(Found.NOT_FOUND))
    assert register_answer.kept(case) is None


def read_on(document: Document, **values: str) -> None:
    """What the machine read on a paper, each value in a box of its own."""
    found = [
        {
            "field": field,
            "value": value,
            "page": 1,
            "box": [0.1, 0.1 * n, 0.5, 0.1 * n + 0.05],
            "sure": 0.7,
            "mended": 0,
        }
        for n, (field, value) in enumerate(values.items(), 1)
    ]
    Examination.objects.update_or_create(document=document, defaults={"result": "done", "sealed": json.dumps(found)})


@pytest.fixture
def with_papers() -> Case:
    return FullWalk(Shop(1, "enterprise", NAME, "小满面馆", "刘小满"), demo.staff()).to(State.IDENTITY_REVIEW)


@pytest.mark.django_db
def test_what_was_read_stands_beside_with_its_place_on_the_paper(with_papers, reviewer, signed_in, page_of):
    case, merchant = with_papers, with_papers.merchant
    licence = case.documents.get(kind="business_licence")
    read_on(licence, name="虚构市小满面店有限公司", uscc=merchant.uscc, legal_representative="刘小满")
    number = case.merchant.persons.get(role="legal_representative").id_number
    read_on(case.documents.get(kind="id_portrait"), name="刘小蒲", number=number)
    answer = signed_in(reviewer).get(page_of(case))
    rows = {row.name: row for group in answer.context["groups"] for row in group.rows}
    assert rows["merchant.name"].read.differs and rows["merchant.name"].read.sheet == f"{licence.pk}-1"
    assert rows["merchant.uscc"].read.verdict == "same"
    assert rows["merchant.legal_representative"].read.verdict == "same"
    assert rows["person.name"].read.differs
    assert rows["person.id_number"].read.verdict == "same"
    page = body(answer)
    assert number not in page
    assert "刘小<del>满</del><ins>蒲</ins>" in page
    assert 'y="0.1"' in page and 'data-box="merchant.name"' in page
    assert "read with 70 % certainty" in page


@pytest.mark.django_db
def test_what_was_read_about_persons_is_for_those_who_may_see_them(with_papers, signed_in, page_of):
    read_on(with_papers.documents.get(kind="id_portrait"), name="刘小蒲")
    read_on(with_papers.documents.get(kind="business_licence"), legal_representative="刘大满", name="别的公司")
    page = body(signed_in(people.somebody("warehouse_clerk")).get(page_of(with_papers)))
    assert "别" in page and "刘小蒲" not in page and "刘大满" not in page

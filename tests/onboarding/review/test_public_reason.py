"""Internal reasons cannot leave the house: by type, at run time, and on every page, mail and SMS of a merchant."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from onboarding import services
from onboarding.documents.items import public_reasons
from onboarding.examples import EXAMPLES
from onboarding.models import Case, Notice, NotPublic, PublicReason, Reason
from onboarding.tasks import letters
from tests import make
from tests.world import addresses

pytestmark = pytest.mark.django_db
BASE = Path(settings.BASE_DIR)
OUTSIDE = ("identity", "application", "cases", "registration", "handover", "members", "privacy", "golive", "training")


def inside() -> list[Reason]:
    return list(Reason.objects.filter(audience="internal"))


def test_no_internal_reason_becomes_public():
    assert len(inside()) > 5
    for reason in inside():
        with pytest.raises(NotPublic):
            PublicReason.of(reason)
    with pytest.raises(NotPublic):
        PublicReason("list_hit_person", "x", "x", "", object())
    with pytest.raises(TypeError):
        PublicReason("list_hit_person", "x", "x", "")


def test_what_stands_instead_is_public_or_nothing():
    faces = public_reasons(inside())
    codes = {one.code for one in inside()}
    assert all(face is None or face.code not in codes for face in faces.values())
    own = Reason.objects.create(code="odd", applies_to="case", audience="internal", sentence_zh="怪", sentence_en="Odd",
                                shown_as="list_hit_person")  # fmt: skip
    assert public_reasons([own]) == {own.pk: None}


def test_a_reason_that_became_internal_meanwhile_is_not_shown():
    Reason.objects.filter(code="blurred").update(audience="internal", shown_as="blurred")
    reason = Reason.objects.get(code="blurred")
    assert public_reasons([reason]) == {reason.pk: None}


def test_the_merchants_code_never_touches_a_reason():
    """The steps import no Reason and follow no row to one: they have PublicReason, through Remark."""
    faults = []
    for step in OUTSIDE:
        for path in (BASE / "onboarding" / step).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                named = isinstance(node, ast.ImportFrom) and any(one.name == "Reason" for one in node.names)
                followed = isinstance(node, ast.Attribute) and node.attr in ("sentence_zh", "sentence_en", "shown_as")
                if named or followed:
                    faults.append(f"{path.name}:{node.lineno}")
    assert faults == []


def test_every_example_of_the_table_is_drawn():
    used = set(Reason.objects.exclude(example="").values_list("example", flat=True))
    assert used == set(EXAMPLES)


@pytest.fixture(params=["image_tampered", "list_hit_person", "nominee_suspected"])
def returned(request, liu, reviewer):
    """Returned with an internal reason at a paper and at a field, past what the form would offer."""
    case = make.case("identity_review", by=liu)
    make.person(case.merchant)
    for item in ("document:business_licence", "field:merchant.uscc", "field:person.name", "field:handler"):
        make.mark(case, reviewer, item, reason=request.param)
    services.advance(case.pk, "return_identity", by=reviewer, note=f"[{request.param}] 内部")
    return Case.objects.select_related("merchant").get(pk=case.pk)


def secrets() -> set[str]:
    texts = {
        text for one in inside() for text in (one.code, one.sentence_zh, one.sentence_en, one.remedy_zh, one.remedy_en)
    }
    return texts - {""}


def walked(case) -> list[str]:
    """Every address that takes a case, and where a kind of paper stands, that of the licence."""
    known = {"ref": case.ref, "kind": "business_licence"}
    found = [one for one in addresses() if "ref" in one.arguments and set(one.arguments) <= set(known)]
    found = [one for one in found if one.route.startswith("cases/")]
    return [one.url(known) for one in found]


def test_no_page_shows_one(returned, liu):
    read = 0
    for language in ("en", "zh-hans"):
        client = Client(headers={"accept-language": language})
        client.force_login(liu)
        for place in walked(returned):
            answer = client.get(place)
            read += answer.status_code == 200
            text = answer.content.decode(errors="replace") if not answer.streaming else ""
            assert [one for one in secrets() if one in text] == [], place
    assert read > 10


def test_no_mail_and_no_sms_says_one(returned):
    notices = list(Notice.objects.filter(template="return_identity"))
    assert {one.channel for one in notices} == {"mail", "sms"}
    for notice in notices:
        for notice.language in ("en", "zh-hans"):
            if notice.channel == "mail":
                written = letters.letter(notice)
                text = f"{written.subject} {written.text} {written.html}"
            else:
                text = letters.text(notice).text
            assert [one for one in secrets() if one in text] == []


def test_a_rejection_for_an_internal_reason_keeps_it_out_of_the_entry(case, reviewer, signed_in, at):
    signed_in(reviewer).post(at("reject", case), {"reason": "list_hit_person", "note": "核实"})
    entry = case.entries.get(verb="reject")
    assert entry.data == {"reason": "declined"} and "list_hit" not in entry.note

"""What stands on the papers against what was typed, and how good the photographs are."""

import json
import zlib
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from onboarding.management.commands.load_reference import document_kinds
from onboarding.models import Application, Case, Document, Examination, SettlementAccount
from onboarding.screening import CHECKS, NoAnswer
from onboarding.screening.words import sentence
from onboarding.tasks import examining
from tests import make, people

NUMBER, USCC = "11010519491231002X", "91110000600037341L"
OTHER_NUMBER, OTHER_USCC = "440524198001010013", "91350100M000100Y43"
LICENCE = {
    "uscc": USCC, "name": "虚构市小满面馆有限公司", "type": "有限责任公司", "legal_representative": "刘小满",
    "address": "虚构市听雨区样例路18号1层", "established": "2024-03-18", "valid_until": "长期",
}  # fmt: skip
PORTRAIT = {"name": "刘小满", "number": NUMBER}
EMBLEM = {"valid_until": "2040-01-01"}
DIFFERS = ("read_differs",)
HONEST = {"business_licence": LICENCE, "id_portrait": PORTRAIT, "id_emblem": EMBLEM}


@pytest.fixture
def case(db):
    document_kinds()
    of = make.merchant()
    make.person(of)
    return make.case("identity", by=people.liu(), of=of)


def paper(case, kind, values=None, *, sure=0.97, result="done", findings=(), part=1, **fields):
    """A paper of this kind that was examined, with what was read on it."""
    made = Document.objects.create(
        case=case, kind=kind, part=part, original_name="x.jpg", media_type="image/jpeg", size=1,
        sha256=f"{zlib.crc32(f'{kind}{part}'.encode()):064x}", original="", uploaded_by=case.opened_by,
    )  # fmt: skip
    read = [
        {"field": name, "value": value, "page": 1, "box": [0.1, 0.1, 0.2, 0.2], "sure": sure, "mended": False}
        for name, value in (values or {}).items()
    ]
    sealed = json.dumps(read, ensure_ascii=False) if read else None
    Examination.objects.create(document=made, result=result, findings=list(findings), sealed=sealed, **fields)
    return made


def papers(case, **changed):
    """The honest papers; `business_licence={"uscc": …}` changes what stands on one."""
    for kind, values in HONEST.items():
        paper(case, kind, {**values, **changed.get(kind, {})})


def run(case, name="extraction"):
    outcome = CHECKS[name].run(Case.objects.select_related("merchant").get(pk=case.pk))
    told = json.dumps(outcome.findings, ensure_ascii=False)
    assert not any(value in told for value in (NUMBER, OTHER_NUMBER, USCC, OTHER_USCC, "刘小满", "面馆", "样例路"))
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert all("%(" not in sentence(one) and "Look at this" not in sentence(one) for one in outcome.findings)
    return outcome.result, [(one["code"], one["params"].get("field", "")) for one in outcome.findings]


def test_honest_papers_pass(case):
    papers(case)
    assert run(case) == ("passed", [])


@pytest.mark.parametrize(
    ("kind", "field", "value", "result", "found"),
    [
        ("business_licence", "uscc", OTHER_USCC, "failed", ("read_other_number", "merchant.uscc")),
        ("business_licence", "name", "虚构市大满面馆有限公司", "warning", ("read_differs", "merchant.name")),
        ("business_licence", "address", "样例路19号", "warning", ("read_differs", "merchant.registered_address")),
        ("business_licence", "legal_representative", "王", "warning", (*DIFFERS, "merchant.legal_representative")),
        ("business_licence", "valid_until", "2025-01-01", "warning", ("read_differs", "merchant.valid_until")),
        ("business_licence", "type", "个体工商户", "warning", ("type_differs", "")),
        ("id_portrait", "number", OTHER_NUMBER, "failed", ("read_other_number", "person.id_number")),
        ("id_portrait", "name", "王某", "warning", ("read_differs", "person.name")),
        ("id_emblem", "valid_until", "2024-01-01", "warning", ("read_differs", "person.id_valid_until")),
    ],
)  # fmt: skip
def test_what_differs_is_found(case, kind, field, value, result, found):
    papers(case, **{kind: {field: value}})
    assert run(case) == (result, [found])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "虚构市小满面馆有限责任公司"),
        ("address", "听雨区样例路18号"),
        ("uscc", "9111 0000 6000 37341L"),
    ],
)
def test_what_is_only_written_otherwise_passes(case, field, value):
    papers(case, business_licence={field: value})
    assert run(case) == ("passed", [])


def test_a_rare_character_is_looked_at(case):
    case.merchant.persons.update(name="刘䶮")
    papers(case, business_licence={"legal_representative": "刘龚"}, id_portrait={"name": "刘龚"})
    result, found = run(case)
    assert result == "warning" and {code for code, _field in found} == {"read_look_alike"}


def test_a_number_read_badly_is_no_failure(case):
    paper(case, "business_licence", {**LICENCE, "uscc": OTHER_USCC}, sure=0.4)
    assert run(case) == ("warning", [("read_differs", "merchant.uscc")])


def test_what_could_not_be_read_is_told(case):
    paper(case, "business_licence", {"uscc": USCC})
    paper(case, "id_portrait")
    paper(case, "id_emblem", result="failed")
    result, found = run(case)
    assert result == "warning"
    assert found == [("not_read", "merchant.name"), ("not_read", "person.name"), ("not_examined", "")]


def test_no_paper_at_all_is_no_pass(case):
    assert run(case) == ("warning", [("no_papers", "")])
    assert run(case, "account_paper") == ("warning", [("no_papers", "")])


@pytest.mark.parametrize("name", ["extraction", "quality"])
def test_papers_that_are_being_read_are_waited_for(case, name):
    paper(case, "business_licence", result="due")
    with pytest.raises(NoAnswer):
        CHECKS[name].run(case)


def test_two_papers_that_disagree(case):
    papers(case)
    paper(case, "id_portrait", {"name": "刘小满", "number": OTHER_NUMBER}, part=2, sure=0.5)
    assert run(case) == ("warning", [("papers_disagree", "person.id_number")])


def test_the_paper_of_an_owner_who_is_not_on_the_list(case):
    papers(case)
    make.person(case.merchant, role="beneficial_owner", id_number=OTHER_NUMBER, name="王某")
    paper(case, "beneficial_owner_id", {"name": "王某", "number": OTHER_NUMBER})
    assert run(case) == ("passed", [])
    paper(case, "beneficial_owner_id", {"name": "刘小满", "number": NUMBER}, part=2)
    assert run(case) == ("warning", [("owner_paper_other", "")])


# account_paper ------------------------------------------------------------------------------------------------------

PERMIT = {
    "account_name": "虚构市小满面馆有限公司",
    "account_number": "3105010012345678",
    "legal_representative": "刘小满",
}


def with_account(case):
    account = SettlementAccount.objects.create(
        merchant=case.merchant,
        kind="unit",
        holder="虚构市小满面馆有限公司",
        number="3105010012345678",
        bank="105100000017",
    )
    Application.objects.create(case=case, account=account)


def test_the_paper_of_the_account_passes(case):
    with_account(case)
    paper(case, "basic_account_proof", PERMIT)
    assert run(case, "account_paper") == ("passed", [])


@pytest.mark.parametrize(
    ("field", "value", "result", "found"),
    [
        ("account_number", "3105010012345679", "failed", ("read_other_number", "settlement.number")),
        ("account_name", "虚构市大满面馆有限公司", "warning", ("read_differs", "settlement.holder")),
    ],
)
def test_another_account_on_the_paper(case, field, value, result, found):
    with_account(case)
    paper(case, "basic_account_proof", {**PERMIT, field: value})
    assert run(case, "account_paper") == (result, [found])


# quality ------------------------------------------------------------------------------------------------------------


def test_good_photographs_pass(case):
    papers(case)
    assert run(case, "quality") == ("passed", [])


@pytest.mark.parametrize(("kept", "code"), [(None, "photo_doubtful"), (timezone.now(), "photo_kept")])
def test_doubtful_photographs_are_named(case, kept, code):
    paper(
        case, "business_licence", LICENCE, findings=[{"code": "blurred", "page": 1, "params": {}}], kept_anyway_at=kept
    )
    assert run(case, "quality") == ("warning", [(code, "")])
    paper(case, "id_portrait", result="failed")
    assert run(case, "quality")[1] == [(code, ""), ("photo_not_examined", "")]


def test_photographs_of_the_shop_are_judged_with_the_application(case):
    paper(case, "shopfront", findings=[{"code": "dark", "page": 1, "params": {}}])
    assert run(case, "quality") == ("passed", [])
    assert run(case, "shop_quality") == ("warning", [("photo_doubtful", "")])


def test_a_check_that_waits_for_papers_is_woken_by_the_last_of_them(case, monkeypatch):
    """Nobody sweeps here: the reading itself rings."""
    rung = []
    monkeypatch.setattr(examining, "ring", rung.append)
    monkeypatch.setattr(examining.examining, "examine", lambda document: examining.Examined([], [], {}))
    first, last = paper(case, "business_licence", result="due"), paper(case, "id_portrait", result="due")
    check = make.check(case, "extraction", "due", due_at=timezone.now() + timedelta(minutes=5))
    assert examining.run(first.examination) and not rung
    assert examining.run(last.examination) and rung == ["onboarding.screen"]
    check.refresh_from_db()
    assert check.due_at <= timezone.now()

"""The machine checks of the identity step, each way. They find codes; numbers and names never stand in them."""

import datetime
import json

import pytest
from django.utils import timezone, translation
from PIL import Image

from onboarding import tasks
from onboarding.documents import intake
from onboarding.management.commands.load_reference import document_kinds
from onboarding.models import Case, Check, DocumentKind, PageBand, PageMark, Person
from onboarding.screening import CHECKS, NoAnswer, alike, checks_of, plan
from onboarding.screening.words import SENTENCES, sentence
from portal.gateways.simulator import teach
from portal.models import Rehearsal
from portal.storage import private_files
from tests import make, people
from tests.onboarding.documents import samples

NUMBER, USCC = "11010519491231002X", "91110000600037341L"
OTHER_NUMBER = "440524198001010013"


@pytest.fixture
def case(db):
    of = make.merchant()
    make.person(of)
    return make.case("identity", by=people.liu(), of=of)


def run(case, name):
    fresh = Case.objects.select_related("merchant").get(pk=case.pk)
    outcome = CHECKS[name].run(fresh)
    told = json.dumps(outcome.findings, ensure_ascii=False)
    assert NUMBER not in told and "刘小满" not in told and "13800138000" not in told
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert all("%(" not in sentence(one) and sentence(one) for one in outcome.findings)
    return outcome.result, [one["code"] for one in outcome.findings]


def days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def test_the_hard_gates():
    assert {one.name for one in checks_of("identity") if one.hard} == {"person", "risk_list", "watch_list"}


# formats ------------------------------------------------------------------------------------------------------------


def test_formats_pass(case):
    assert run(case, "formats") == ("passed", [])


@pytest.mark.parametrize(
    ("uscc", "number", "result", "code"),
    [
        ("91350211M0000XUF46", NUMBER, "warning", "uscc_doubtful"),
        ("92310115MA1K00023B", NUMBER, "failed", "uscc_wrong"),
        ("", NUMBER, "failed", "uscc_wrong"),
        (USCC, "110105194912310021", "failed", "person_id_wrong"),
        (USCC, "110105201501010018", "failed", "person_id_wrong"),
    ],
)
def test_formats_find(case, uscc, number, result, code):
    type(case.merchant).objects.update(uscc=uscc)
    person = Person.objects.get()
    person.id_number = number
    person.save()
    found, codes = run(case, "formats")
    assert found == result and code in codes


# expiry -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "result", "codes"),
    [
        (days(91), "passed", []),
        (days(90), "passed", []),
        (days(89), "warning", ["person_id_expires_soon"]),
        (days(0), "warning", ["person_id_expires_soon"]),
        (days(-1), "failed", ["person_id_expired"]),
        (None, "warning", ["person_id_no_end"]),
    ],
)
def test_expiry_of_a_person(case, until, result, codes):
    Person.objects.update(id_valid_until=until)
    assert run(case, "expiry") == (result, codes)


def test_expiry_of_the_licence(case):
    type(case.merchant).objects.update(is_long_term=False, valid_until=days(-3))
    assert run(case, "expiry") == ("failed", ["licence_expired"])
    type(case.merchant).objects.update(type="micro")
    assert run(case, "expiry") == ("passed", [])


# duplicates ---------------------------------------------------------------------------------------------------------


def test_duplicates_none(case):
    assert run(case, "duplicates") == ("passed", [])


def other_case(**fields):
    of = make.merchant(**{"uscc": "91350100M000100Y43", "contact_mobile": "+8613900139000", **fields})
    return of, make.case(by=people.merchant(), of=of)


def test_duplicates_of_everything(case):
    of, other = other_case(uscc=USCC)
    make.person(of)
    result, codes = run(case, "duplicates")
    assert result == "warning" and codes == ["same_uscc", "same_id", "same_mobile"]
    assert other.ref in str(CHECKS["duplicates"].run(case).findings)


def test_a_second_case_of_the_same_merchant_is_no_duplicate(case):
    make.case(by=people.merchant(), of=case.merchant)
    assert run(case, "duplicates") == ("passed", [])


# registry_entry -----------------------------------------------------------------------------------------------------

KNOWN = {"name": "虚构市小满面馆有限公司", "legal_representative": "刘小满"}


@pytest.mark.parametrize(
    ("taught", "result", "codes"),
    [
        (KNOWN, "passed", []),
        ({**KNOWN, "name": "虚构市小满面馆（有限公司）"}, "warning", ["registry_other_name"]),
        ({**KNOWN, "legal_representative": "王某"}, "warning", ["registry_other_representative"]),
        ({**KNOWN, "status": "注销"}, "failed", ["registry_not_active"]),
        (None, "error", ["registry_no_answer"]),
    ],
)
def test_registry(case, taught, result, codes):
    if taught:
        teach("registry", USCC, taught)
    assert run(case, "registry_entry") == (result, codes)


def test_registry_does_not_know_it(case):
    Rehearsal.objects.create(gateway="registry", outcome="not_found")
    assert run(case, "registry_entry") == ("failed", ["registry_not_found"])


def test_a_micro_merchant_is_in_no_register(case):
    type(case.merchant).objects.update(type="micro")
    assert run(case, "registry_entry") == ("passed", [])


# person, risk_list --------------------------------------------------------------------------------------------------


def test_person_passes(case):
    assert run(case, "person") == ("passed", [])


@pytest.mark.parametrize(
    ("outcome", "result", "code"),
    [("mismatch", "failed", "person_mismatch"), ("no_answer", "error", "person_no_answer")],
)
def test_person_finds(case, outcome, result, code):
    teach("person", NUMBER, {"result": outcome})
    assert run(case, "person") == (result, [code])


def test_every_person_is_asked_about(case):
    make.person(case.merchant, role="handler", id_number=OTHER_NUMBER, name="王代办")
    teach("person", OTHER_NUMBER, {"result": "mismatch"})
    assert run(case, "person") == ("failed", ["person_mismatch"])


def test_nobody_named_fails(case):
    Person.objects.all().delete()
    assert run(case, "person") == ("failed", ["person_nobody"])


@pytest.mark.parametrize("number", [NUMBER, USCC])
def test_risk_list(case, number):
    assert run(case, "risk_list") == ("passed", [])
    teach("risk_list", number, {"result": "listed", "reason_code": "R1"})
    make.put(case, "identity_review")  # another round of questions carries other references
    assert run(case, "risk_list") == ("failed", ["listed"])


def test_risk_list_without_an_answer(case):
    teach("risk_list", NUMBER, {"result": "no_answer"})
    assert run(case, "risk_list") == ("error", ["list_no_answer"])


@pytest.mark.parametrize("name", ["person", "risk_list", "registry_entry"])
def test_unavailable_is_no_answer_and_asked_again_later(case, name):
    gateway = {"registry_entry": "registry"}.get(name, name)
    row = Rehearsal.objects.create(gateway=gateway, outcome="unavailable")
    with pytest.raises(NoAnswer):
        CHECKS[name].run(case)
    row.delete()
    teach("registry", USCC, KNOWN)
    assert run(case, name) == ("passed", [])


@pytest.mark.parametrize("name", ["person", "risk_list", "registry_entry"])
def test_a_lost_reply_is_asked_about_and_not_repeated(case, name):
    gateway = {"registry_entry": "registry"}.get(name, name)
    teach("registry", USCC, KNOWN)
    Rehearsal.objects.create(gateway=gateway, outcome="lost")
    assert run(case, name) == ("passed", [])


def test_a_planned_check_uses_its_own_reference(case):
    plan(case, "identity")
    refs = set(Check.objects.filter(case=case).values_list("name", flat=True))
    assert refs == {one.name for one in checks_of("identity")}
    assert run(case, "person") == ("passed", [])


# photo --------------------------------------------------------------------------------------------------------------


def take(case, upload, kind="business_licence"):
    document_kinds()
    row = DocumentKind.objects.get(pk=kind)
    return intake.take(case, row, upload, by=case.opened_by, step="identity")


def test_photo_of_another_merchant(case):
    take(case, samples.jpeg(1))
    assert run(case, "photo") == ("passed", [])
    _of, other = other_case()
    make.put(other, "identity")
    take(Case.objects.get(pk=other.pk), samples.jpeg(1))
    assert run(case, "photo") == ("warning", ["picture_elsewhere"])


def borrowed(case, picture, **options):
    """The same picture in another merchant's case, seen by the worker that marks pages."""
    _of, other = other_case(**options)
    make.put(other, "identity")
    take(Case.objects.get(pk=other.pk), samples.upload(samples.encoded(picture, quality=60)))
    tasks.marks()
    return other


def test_photo_saved_smaller(case):
    take(case, samples.jpeg(1))
    borrowed(case, samples.picture(seed=1).resize((1400, 1050)))
    assert run(case, "photo") == ("warning", ["picture_alike"])


@pytest.mark.parametrize(
    "how", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.FLIP_LEFT_RIGHT]
)
def test_photo_turned_or_mirrored(case, how):
    take(case, samples.jpeg(1))
    borrowed(case, samples.picture(seed=1).transpose(how))
    assert run(case, "photo") == ("warning", ["picture_alike"])


def test_photo_trimmed_a_little(case):
    take(case, samples.jpeg(1))
    other = borrowed(case, samples.picture(seed=1).crop((60, 10, 1540, 1150)))
    assert run(case, "photo") == ("warning", ["picture_alike"])
    assert other.ref in sentence(CHECKS["photo"].run(case).findings[0])
    assert run(other, "photo") == ("warning", ["picture_alike"]), "whichever came first"


def test_another_photo(case):
    take(case, samples.jpeg(1))
    borrowed(case, samples.picture(seed=9))
    assert run(case, "photo") == ("passed", [])


def test_a_photo_of_the_same_owner_may_be_in_order(case):
    take(case, samples.jpeg(1))
    other = borrowed(case, samples.picture(seed=1).resize((1400, 1050)))
    make.person(other.merchant)
    finding = CHECKS["photo"].run(case).findings[0]
    assert finding["params"]["lawful"] == ["same_person", "same_place"]
    with translation.override("en"):
        assert "The merchants have a person in common." in sentence(finding)


def test_a_picture_that_is_gone_from_the_storage_is_no_fault(case):
    document = take(case, samples.jpeg(1))
    borrowed(case, samples.picture(seed=1).resize((1400, 1050)))
    page = document.pages.get()
    private_files.delete(page.file)
    assert run(case, "photo") == ("passed", [])
    private_files.delete(page.thumbnail)
    assert run(case, "photo") == ("passed", [])


def test_old_pages_are_marked_little_by_little(case):
    take(case, samples.jpeg(1))
    PageMark.objects.all().delete()
    assert tasks.marks() == 0 and PageMark.objects.filter(bits=None).count() == 1
    assert tasks.marks() == 1 and PageBand.objects.count() > 0
    assert tasks.marks() == 0


def test_marks_of_an_older_version_are_made_anew_and_the_check_says_so_until_then(case):
    document = take(case, samples.jpeg(1))
    tasks.marks()
    mark = PageMark.objects.get(page=document.pages.get())
    bits, bands = mark.bits, set(PageBand.objects.values_list("band", flat=True))
    PageMark.objects.update(bits="5" * 25, version=1)
    PageBand.objects.all().delete()
    PageBand.objects.create(page=mark, band=7)
    assert run(Case.objects.get(pk=case.pk), "photo") == ("warning", ["pictures_waiting"])
    PageMark.objects.update(bits="5" * 25, version=1)
    PageBand.objects.all().delete()
    PageBand.objects.create(page=mark, band=7)
    assert tasks.marks() == 1 and tasks.marks() == 0
    mark.refresh_from_db()
    assert (mark.bits, mark.version) == (bits, alike.VERSION)
    assert set(PageBand.objects.values_list("band", flat=True)) == bands
    assert run(Case.objects.get(pk=case.pk), "photo") == ("passed", [])


def test_a_page_of_another_version_is_no_candidate(case):
    take(case, samples.jpeg(1))
    _of, other = other_case()
    make.put(other, "identity")
    take(Case.objects.get(pk=other.pk), samples.jpeg(1, quality=60))
    tasks.marks()
    assert run(case, "photo") == ("warning", ["picture_alike"])
    PageMark.objects.filter(page__document__case=other).update(version=alike.VERSION + 1)
    assert run(case, "photo") == ("passed", [])


def test_emblem_sides_look_alike(case):
    take(case, samples.jpeg(1), "id_emblem")
    _of, other = other_case()
    make.put(other, "identity")
    take(Case.objects.get(pk=other.pk), samples.jpeg(1, quality=60), "id_emblem")
    assert run(case, "photo") == ("passed", [])


def test_every_sentence_can_be_read():
    params = {"why": "check", "age": 1, "days": 1, "refs": "", "status": "", "role": "handler", "subject": "company",
              "kind": "x", "mcc": "5812", "terminals": 3, "field": "", "doubt": "", "percent": 1,
              "way": "x", "by": "", "km": 1.5, "other_kind": "y"}  # fmt: skip
    for code, text in SENTENCES.items():
        assert str(text) % params, code
    assert sentence({"code": "number_check"}) and "unheard_of" in sentence({"code": "unheard_of"})

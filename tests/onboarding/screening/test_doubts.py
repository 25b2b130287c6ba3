"""What does not fit together is said on the page "check your answers", before anything is handed in."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from onboarding import data, services
from onboarding.management.commands.load_reference import load
from onboarding.models import Application, Case, Entry, Merchant, Person, Return, SettlementAccount, Standing, Store
from onboarding.rules.doubts import NAMES, SENTENCES, sentence_of
from onboarding.screening import CHECKS
from tests import make, people
from tests.onboarding.application.conftest import answer
from tests.onboarding.screening.test_compare_papers import HONEST, LICENCE, OTHER_NUMBER, OTHER_USCC, paper, papers

REGISTERED = {"name": "虚构市小满面馆有限公司"}


@pytest.fixture
def case(db):
    load()
    of = make.merchant(is_long_term=True)
    make.person(of)
    return make.case("identity", by=people.liu(), of=of)


@pytest.fixture
def liu(case, client):
    client.force_login(case.opened_by)
    return client


def codes(case, step="identity"):
    fresh = Case.objects.select_related("merchant").get(pk=case.pk)
    return [(one.code, one.refused) for one in services.doubts(fresh, step)]


def days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def test_honest_answers_and_papers_raise_no_doubt(case):
    papers(case)
    assert codes(case) == []


@pytest.mark.parametrize(
    ("merchant", "person", "found"),
    [
        ({"type": "sole_trader"}, {}, ("uscc_type", True)),
        ({"uscc": "12110000400000018T"}, {}, ("uscc_type", False)),
        ({"is_long_term": False, "valid_until": days(-1)}, {}, ("licence_expired", True)),
        ({"is_long_term": False, "valid_until": days(89)}, {}, ("licence_soon", False)),
        ({}, {"id_valid_until": days(-1)}, ("id_expired", True)),
        ({}, {"id_valid_until": days(89)}, ("id_soon", False)),
    ],
)
def test_of_the_answers(case, merchant, person, found):
    type(case.merchant).objects.update(**merchant)
    Person.objects.update(**person)
    assert codes(case) == [found]


def test_a_handler_who_is_the_responsible_person(case):
    make.person(case.merchant, role="handler")
    assert codes(case) == [("handler_same", True)]


def test_shares_above_the_whole(case):
    for number in (OTHER_NUMBER, "330113202501010012"):
        make.person(case.merchant, role="beneficial_owner", id_number=number, share_ppm=600_000)
    assert codes(case) == [("owners_shares", True)]


@pytest.mark.parametrize(
    ("kind", "field", "value", "found"),
    [
        ("business_licence", "uscc", OTHER_USCC, "paper:merchant.uscc"),
        ("business_licence", "name", "虚构市大满面馆有限公司", "paper:merchant.name"),
        ("business_licence", "legal_representative", "王某", "paper:merchant.legal_representative"),
        ("business_licence", "type", "个体工商户", "licence_type"),
        ("id_portrait", "number", OTHER_NUMBER, "paper:person.id_number"),
        ("id_portrait", "name", "王某", "paper:person.name"),
    ],
)
def test_of_the_papers(case, kind, field, value, found):
    papers(case, **{kind: {field: value}})
    assert codes(case) == [(found, False)]


def test_two_papers_that_disagree(case):
    papers(case)
    paper(case, "id_portrait", {"name": "刘小满", "number": OTHER_NUMBER}, part=2, sure=0.5)
    assert codes(case) == [("papers:person.id_number", False)]


# on the page --------------------------------------------------------------------------------------------------------


def doubted(case):
    papers(case, business_licence={"name": "虚构市大满面馆有限公司"})
    return "paper:merchant.name"


def answered(liu, case, code, **more):
    place = reverse("identity_stand", args=[case.ref])
    return liu.post(place, {"code": code, **more}, follow=True).content.decode()


def test_a_doubt_stands_once_the_merchant_says_so(case, liu):
    code = doubted(case)
    page = liu.get(reverse("identity_check", args=[case.ref])).content.decode()
    assert str(sentence_of(code)) in page and "大满" not in page
    with pytest.raises(services.Missing) as missing:
        services.advance(case.pk, "submit_identity", by=case.opened_by)
    assert f"doubt_{code}" in {one.code for one in missing.value.requirements}
    page = answered(liu, case, code)
    assert str(sentence_of(code)) in page
    assert code not in {one.code for one in services.missing(case, "submit_identity")}
    assert f"doubt_{code}" not in {one.code for one in services.missing(case, "submit_identity")}
    entry = Entry.objects.filter(case=case, verb="fact:doubt_stands").get()
    assert entry.data == {"code": code} and not entry.public
    answered(liu, case, code)
    assert Standing.objects.count() == 1 and Entry.objects.filter(verb="fact:doubt_stands").count() == 1


def test_another_answer_is_doubted_again(case, liu):
    code = doubted(case)
    answered(liu, case, code)
    type(case.merchant).objects.update(name="虚构市中满面馆有限公司")
    assert f"doubt_{code}" in {one.code for one in services.missing(case, "submit_identity")}


def test_it_can_be_taken_back(case, liu):
    code = doubted(case)
    answered(liu, case, code)
    answered(liu, case, code, back="1")
    assert not Standing.objects.exists() and services.doubts(case, "identity")[0].open


def test_what_is_never_lawful_cannot_stand(case, liu):
    Person.objects.update(id_valid_until=days(-1))
    page = answered(liu, case, "id_expired")
    assert not Standing.objects.exists() and str(SENTENCES["id_expired"]) in page
    assert 'name="code" value="id_expired"' not in page, "there is no button for it"


@pytest.mark.parametrize("code", ["", "x\x00y", "paper:merchant.name", "z" * 500])
def test_nothing_else_can_be_said(case, liu, code):
    answered(liu, case, code)
    assert not Standing.objects.exists()


def test_strangers_find_nothing(case, client):
    client.force_login(people.stranger())
    assert client.post(reverse("identity_stand", args=[case.ref]), {"code": "licence_soon"}).status_code == 404


def test_a_closed_step_is_closed(case, liu):
    code = doubted(case)
    make.put(case, "identity_review")
    answered(liu, case, code)
    assert not Standing.objects.exists()


def test_in_a_returned_case_nothing_unmarked_is_refused(case):
    """Time has passed and the licence with it: the field is not open, so it cannot be demanded there."""
    type(case.merchant).objects.update(is_long_term=False, valid_until=days(-1))
    make.put(case, "identity_returned")
    assert codes(case) == [("licence_expired", False)]


def test_a_reviewer_reads_what_was_confirmed(case, liu):
    assert CHECKS["confirmed"].run(case).result == "passed"
    code = doubted(case)
    answered(liu, case, code)
    outcome = CHECKS["confirmed"].run(case)
    assert outcome.result == "warning" and outcome.findings[0]["params"] == {"doubt": code}
    assert CHECKS["account_confirmed"].run(case).result == "passed"


def test_every_sentence_is_there_in_both_languages():
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert all(str(sentence_of(code)) for code in SENTENCES)
            assert all(str(name) in str(sentence_of(f"paper:{field}")) for field, name in NAMES.items())


# application --------------------------------------------------------------------------------------------------------


@pytest.fixture
def applying(case):
    make.put(case, "application")
    return answer(Case.objects.select_related("merchant").get(pk=case.pk))


def test_an_honest_application(applying):
    paper(applying, "business_licence", {**LICENCE, "scope": "餐饮服务；食品销售"})
    paper(
        applying, "basic_account_proof", {"account_number": "1202026209900012345", "account_name": REGISTERED["name"]}
    )
    assert codes(applying, "application") == []


def test_an_account_in_another_name_is_refused(applying):
    SettlementAccount.objects.update(holder="王某")
    assert codes(applying, "application") == [("account_name", True)]


def test_a_trade_outside_of_the_scope(applying):
    paper(applying, "business_licence", {**HONEST["business_licence"], "scope": "服装零售"})
    assert codes(applying, "application") == [("trade_scope", False)]
    Application.objects.get().store.__class__.objects.update(mcc="5651")
    assert codes(applying, "application") == []


def test_another_account_on_the_paper(applying, client):
    paper(applying, "basic_account_proof", {"account_number": "1202026209900012346"})
    assert codes(applying, "application") == [("paper:settlement.number", False)]
    client.force_login(applying.opened_by)
    place = reverse("application_stand", args=[applying.ref])
    page = client.post(place, {"code": "paper:settlement.number"}, follow=True).content.decode()
    assert Standing.objects.count() == 1 and "1202026209900012346" not in page
    assert CHECKS["account_confirmed"].run(applying).result == "warning"


def test_a_mark_of_the_reviewer_stays_what_it_is(case, liu):
    """A returned case opens the marked items, doubt or not."""
    make.put(case, "identity_returned")
    mark = make.mark(case, people.reviewer(), "field:merchant.name")
    Return.objects.filter(pk=mark.pk).update(sent_at=timezone.now())
    assert "returned_merchant.name" in {one.code for one in services.missing(case, "submit_identity")}


@pytest.mark.parametrize(
    ("mcc", "scope", "doubted"),
    [
        ("6300", "服装零售", True),
        ("6300", "保险代理业务", False),
        ("5811", "餐饮服务", False),
        ("7994", "五金零售", True),
    ],
)
def test_a_trade_that_needs_a_permit_against_the_scope(applying, mcc, scope, doubted):
    Store.objects.update(mcc=mcc)
    Merchant.objects.update(scope=scope)
    assert ("trade_scope" in [code for code, _refused in codes(applying, "application")]) == doubted


def test_every_trade_that_needs_a_permit_has_words_of_scopes():
    """But for those whose holders have no licence with a scope: banks, courts, offices, lawyers, charities, faiths."""
    without = {"6012", "7321", "8111", "8398", "8661", "9211", "9222", "9223", "9311", "9399"}
    needing = {row["code"] for row in data.rows("mcc.csv") if row["permits"] and row["class"] != "none"}
    assert needing - {row["mcc"] for row in data.rows("scope_words.csv")} == without

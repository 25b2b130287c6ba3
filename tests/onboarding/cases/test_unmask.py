"""A number in full: the case page and the workbench ask for a reason, show it once, for a minute, so many an hour."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from onboarding import services
from onboarding.models import Access, SettlementAccount
from onboarding.services import Refused, unmasking
from tests import make, people

pytestmark = pytest.mark.django_db
NUMBERS = {"id_number": "11010519491231002X", "mobile": "13800138000", "account": "11001234567890123"}
MAY = ["reviewer", "senior_reviewer", "risk_officer", "auditor"]
MAY_NOT = ["call_centre_agent", "support_agent", "warehouse_clerk", "dispatcher", "technician", "trainer",
           "operations_manager", "administrator"]  # fmt: skip
DOORS = ["unmask", "admin:unmask"]


@pytest.fixture
def case():
    made = make.case("identity_review")
    make.person(made.merchant)
    SettlementAccount.objects.create(
        merchant=made.merchant, kind="unit", holder="虚构市小满面馆有限公司", number=NUMBERS["account"],
        bank="102100099996",
    )  # fmt: skip
    return made


@pytest.fixture
def enter(client):
    def enter(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return enter


def address(case, door="unmask", what="id_number"):
    row = SettlementAccount.objects.get() if what == "account" else case.merchant.persons.get()
    return reverse(door, args=[case.ref, what, row.pk])


def body(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("what", NUMBERS)
@pytest.mark.parametrize("role", MAY)
def test_with_a_reason_it_is_shown_once_and_for_a_minute(case, enter, door, what, role):
    colleague = people.somebody(role)
    client, url = enter(colleague), address(case, door, what)
    asked = client.get(url)
    assert asked.status_code == 200 and NUMBERS[what] not in body(asked)
    silent = client.post(url, {"why": "  "})
    assert NUMBERS[what] not in body(silent) and "Say why you need to see it" in body(silent)
    assert not Access.objects.exists() and "Refresh" not in asked
    shown = client.post(url, {"why": "与证件核对"}, REMOTE_ADDR="192.0.2.9")
    assert NUMBERS[what] in body(shown)
    assert "no-store" in shown["Cache-Control"] and "private" in shown["Cache-Control"]
    assert shown["Refresh"].startswith("60; url=/") and case.ref in shown["Refresh"]
    row = Access.objects.get()
    assert (row.user, row.case, row.what.split(":")[0], row.why) == (colleague, case, what, "与证件核对")
    assert row.address == "192.0.2.9"
    assert NUMBERS[what] not in body(client.get(url)) + body(client.get(case.get_absolute_url()))
    assert NUMBERS[what] not in str(dict(client.session)) + url


@pytest.mark.parametrize("role", MAY_NOT)
def test_other_roles_find_no_button_and_no_page(case, enter, role):
    client = enter(people.somebody(role))
    assert "/numbers/" not in body(client.get(case.get_absolute_url()))
    assert client.get(address(case)).status_code == 404
    assert client.post(address(case), {"why": "x"}).status_code == 404
    assert NUMBERS["id_number"] not in body(client.post(address(case, "admin:unmask"), {"why": "x"}, follow=True))
    assert not Access.objects.exists()


def test_the_merchant_and_the_sales_agent_have_none_either(case, enter):
    for user in (case.opened_by, people.sales_agent(), people.stranger()):
        client = enter(user)
        assert client.get(address(case)).status_code == 404
        assert client.post(address(case), {"why": "x"}).status_code == 404


@pytest.mark.parametrize("role", MAY)
def test_the_page_of_the_case_offers_each_number_masked(case, enter, role):
    page = body(enter(people.somebody(role)).get(case.get_absolute_url()))
    assert not [number for number in NUMBERS.values() if number in page]
    for what in NUMBERS:
        assert address(case, what=what) in page
    assert "138****8000" in page


@pytest.mark.parametrize("door", DOORS)
def test_only_numbers_of_this_merchant(case, enter, door):
    other = make.person(make.merchant(uscc=""))
    client = enter(people.reviewer())
    for what, row in (("id_number", other.pk), ("nonsense", 1), ("account", 999), ("contact_mobile", 999)):
        url = reverse(door, args=[case.ref, what, row])
        assert client.get(url).status_code == client.post(url, {"why": "x"}).status_code == 404
    assert not Access.objects.exists()


def test_a_card_number_is_no_reason_and_what_was_typed_stays(case, enter):
    answer = enter(people.reviewer()).post(address(case), {"why": "card 6222021234567890128 of the caller"})
    assert "This looks like a card number" in body(answer) and "of the caller" in body(answer)
    assert not Access.objects.exists()


@pytest.mark.parametrize(("span", "most"), unmasking.LIMITS)
def test_after_so_many_in_a_span_the_next_has_to_wait(case, enter, monkeypatch, span, most):
    monkeypatch.setattr(unmasking, "LIMITS", ((span, 3),))
    colleague, person = people.reviewer(), case.merchant.persons.get()
    client = enter(colleague)
    for _time in range(3):
        assert NUMBERS["id_number"] in body(client.post(address(case), {"why": "call"}))
    refused = client.post(address(case), {"why": "one more call"})
    assert NUMBERS["id_number"] not in body(refused)
    assert "that is the limit" in body(refused) and "one more call" in body(refused)
    assert Access.objects.count() == 3
    with pytest.raises(Refused, match="limit"):
        services.unmask(case, "mobile", person.pk, by=colleague, why="by another door")
    services.unmask(case, "mobile", person.pk, by=people.reviewer(), why="a colleague has looks of their own")
    Access.objects.filter(user=colleague).update(at=F("at") - span - timedelta(seconds=1))
    assert NUMBERS["id_number"] in body(client.post(address(case), {"why": "later"}))
    assert most >= 30, "a working day needs some"


def test_looking_at_papers_does_not_count(case, monkeypatch):
    monkeypatch.setattr(unmasking, "LIMITS", ((timedelta(hours=1), 1),))
    colleague, person = people.reviewer(), case.merchant.persons.get()
    Access.objects.create(user=colleague, case=case, what="page:3/1")
    assert services.unmask(case, "mobile", person.pk, by=colleague, why="call").endswith("13800138000")


def test_the_auditor_finds_it_in_the_log(case, enter):
    colleague = people.reviewer(name="审核员小陈")
    enter(colleague).post(address(case), {"why": "called 13800138000 back"})
    page = body(
        enter(people.somebody("auditor")).get("/admin/onboarding/access/", {"q": case.ref, "kind": "id_number"})
    )
    assert "审核员小陈" in page and "called 138****8000 back" in page and "13800138000" not in page

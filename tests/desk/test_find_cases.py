"""The desk: what waits for whom, finding cases, late cases; only for those who work here."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onboarding import services as core
from onboarding.models import Case
from onboarding.rules import Who
from support import services
from tests import make, people
from tests.paging import walked

pytestmark = pytest.mark.django_db
ROLES = [who.value for who in Who if who not in (Who.MERCHANT, Who.SALES_AGENT, Who.SYSTEM)]
PAGES = ("/desk/", "/desk/cases/", "/desk/late/")


def found(client, **query) -> list[str]:
    return [case.ref for case, _turn in client.get("/desk/cases/", query).context["pairs"]]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_something_to_go_to(client, role):
    make.case("identity_review")
    client.force_login(people.somebody(role))
    answer = client.get("/desk/")
    assert answer.status_code == 200 and answer.context["cards"]
    for card in answer.context["cards"]:
        assert client.get(card.url).status_code in (200, 302), card.url


@pytest.mark.parametrize("page", PAGES)
def test_only_for_those_who_work_here(client, page):
    assert client.get(page).status_code == 302
    for other in (people.liu(), people.somebody("sales_agent")):
        client.force_login(other)
        assert client.get(page).status_code == 404


def test_a_technician_finds_no_case(client):
    case = make.case("live")
    client.force_login(people.technician())
    assert client.get("/desk/cases/").context["pairs"] == []
    assert found(client, q=case.ref) == []


def test_found_by_number_code_mobile_and_name(client):
    case = make.case("live")
    make.case(
        "live",
        by=people.merchant(),
        of=make.merchant(name="虚构五金店", short_name="五金", uscc="", contact_mobile="+8613900009999"),
    )
    client.force_login(people.somebody("support_agent"))
    written = (case.ref, case.ref.lower(), case.ref.replace("-", ""), "91110000600037341L", " 9111 0000 6000 3734 1l ",
               "13800138000", "+86 138 0013 8000", "小满", "面馆有限")  # fmt: skip
    for words in written:
        assert found(client, q=words) == [case.ref], words
    assert found(client, q="五金") != [case.ref] and len(found(client)) == 2


@pytest.mark.parametrize(
    "words", ["KT-2222-2222", "没有", "a\0b", "x" * 10_000, "𠮷䶮㛃😀", "%", "_", "'", "13800138001"]
)
def test_nothing_found_is_a_page(client, words):
    make.case("live")
    client.force_login(people.somebody("support_agent"))
    answer = client.get("/desk/cases/", {"q": words})
    assert answer.status_code == 200 and not answer.context["pairs"]


def test_filters(client):
    live = make.case("live")
    other = make.case("training", by=people.merchant(), risk_tier="high")
    client.force_login(people.somebody("support_agent"))
    assert found(client, state="live") == [live.ref]
    assert found(client, state="nonsense") == []
    assert len(found(client, tier="high")) == 2  # risk is not for everybody
    client.force_login(people.risk_officer())
    assert found(client, tier="high") == [other.ref]


def test_paging_meets_every_case_once(client):
    liu, merchant = people.liu(), make.merchant()
    refs = [core.open_case(merchant, by=liu).ref for _number in range(65)]
    Case.objects.update(due_at=timezone.now() - datetime.timedelta(hours=1))
    client.force_login(people.somebody("support_agent"))
    for page in ("/desk/cases/", "/desk/late/"):
        seen = walked(client, page, lambda context: [case.ref for case, _turn in context["pairs"]])
        assert sorted(seen) == sorted(refs)


def test_late_means_past_the_promise_and_not_ended(client):
    late = make.case("training", due_at=timezone.now() - datetime.timedelta(hours=1))
    make.case("training", by=people.merchant(), due_at=timezone.now() + datetime.timedelta(hours=1))
    make.case("closed", by=people.merchant(), due_at=timezone.now() - datetime.timedelta(hours=1))
    client.force_login(people.operations_manager())
    assert [case.ref for case, _turn in client.get("/desk/late/").context["pairs"]] == [late.ref]
    cards = {card.url: card.count for card in client.get("/desk/").context["cards"]}
    assert cards["/desk/late/"] == "1"


@pytest.mark.parametrize("number", ["x", "-1", "9" * 40, "٣", "999999", ""])
def test_odd_numbers_in_the_address(client, number):
    client.force_login(people.somebody("support_agent"))
    for page in PAGES:
        assert client.get(page, {"before": number, "after": number}).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_query_counts_do_not_grow(client, page):
    past = {"due_at": timezone.now() - datetime.timedelta(hours=1)}
    liu = people.liu()
    services.open_ticket(make.case("live", by=liu, **past).pk, by=liu, subject="问", text="怎么办")
    client.force_login(people.operations_manager())
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _number in range(8):
        make.case("training", by=people.merchant(), **past)
    with CaptureQueriesContext(connection) as lots:
        client.get(page)
    assert len(lots) == len(few)

"""The queue, the merchant's list, the panel on the case page: filters, search, paging, who sees what, few queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onboarding import panels
from support import services
from support.models import Ticket
from tests import make, people
from tests.paging import walked

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return people.somebody("support_agent")


@pytest.fixture
def liu():
    return people.liu()


def many(liu, count: int) -> list[Ticket]:
    case = make.case("live", by=liu)
    return [services.open_ticket(case.pk, by=liu, subject=f"问题 {n}", text="怎么办") for n in range(count)]


def shown(client, **query) -> list[str]:
    return [ticket.subject for ticket, _tone in client.get("/desk/tickets/", query).context["pairs"]]


def test_filters(client, liu, agent):
    one, two, three = many(liu, 3)
    services.take(two.pk, by=agent)
    services.answer(three.pk, by=agent, text="好")
    Ticket.objects.filter(pk=one.pk).update(due_at=timezone.now() - datetime.timedelta(hours=1))
    client.force_login(agent)
    assert shown(client) == [one.subject, two.subject]
    assert shown(client, show="mine") == [two.subject]
    assert shown(client, show="free") == shown(client, show="late") == [one.subject]
    assert shown(client, show="all") == [three.subject, two.subject, one.subject]


def test_search(client, liu, agent):
    one, two = many(liu, 2)
    client.force_login(agent)
    assert shown(client, q=one.ref.lower()) == [one.subject]
    assert shown(client, q=one.case.ref) == shown(client, q="小满") == [two.subject, one.subject]
    assert shown(client, q="问题 1") == [two.subject]
    for words in ("没有", "a\0b", "x" * 10_000, "𠮷䶮㛃😀", "%", "'"):
        answer = client.get("/desk/tickets/", {"q": words})
        assert answer.status_code == 200 and not answer.context["pairs"]
    for after in ("x", "-1", "9" * 40, "٣", "999999"):
        assert client.get("/desk/tickets/", {"after": after, "before": after}).status_code == 200


def test_paging_meets_every_ticket_once(client, liu, agent):
    every = {ticket.subject for ticket in many(liu, 45)}
    client.force_login(agent)
    for start in ("", "?show=all"):
        seen = walked(
            client, f"/desk/tickets/{start}", lambda page: [ticket.subject for ticket, _tone in page["pairs"]]
        )
        assert len(seen) == 45 and set(seen) == every


def test_only_for_those_who_look_after_tickets(client, liu):
    for other in (liu, people.stranger(), people.somebody("warehouse_clerk"), people.technician()):
        client.force_login(other)
        assert client.get("/desk/tickets/").status_code == 404


def test_a_merchant_sees_only_their_own(client, liu):
    many(liu, 1)
    client.force_login(liu)
    assert "问题 0" in client.get("/tickets/").content.decode()
    client.force_login(people.stranger())
    answer = client.get("/tickets/")
    assert answer.status_code == 200 and "问题 0" not in answer.content.decode()
    assert client.get(f"/tickets/{Ticket.objects.get().ref}/").status_code == 404


def test_the_case_page_shows_open_tickets(client, liu, agent):
    (ticket,) = many(liu, 1)
    case = ticket.case
    client.force_login(liu)
    assert ticket.ref in client.get(f"/cases/{case.ref}/").content.decode()
    assert "tickets" in {panel.name for panel, _context in panels.shown(case, agent, "staff")}
    clerk = people.somebody("warehouse_clerk")
    assert "tickets" not in {panel.name for panel, _context in panels.shown(case, clerk, "staff")}


@pytest.mark.parametrize("address", ["/desk/tickets/", "/desk/tickets/?show=all", "/tickets/"])
def test_query_counts_do_not_grow(client, liu, agent, address):
    many(liu, 1)
    client.force_login(agent if "desk" in address else liu)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    many_more = Ticket.objects.get().case
    for n in range(15):
        services.open_ticket(many_more.pk, by=liu, subject=f"更多 {n}", text="怎么办")
    with CaptureQueriesContext(connection) as lots:
        client.get(address)
    assert len(lots) == len(few)

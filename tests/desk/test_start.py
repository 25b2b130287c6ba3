"""Each of the fourteen roles signs in as people do and stands before their own work, without a detour."""

import pytest
from django.test import Client

from desk.demo import brought_in
from desk.demo import people as demo
from onboarding.models import Case
from onboarding.rules import Who
from portal import context
from tests import make

pytestmark = pytest.mark.django_db
STARTS = {  # where it is, and what has to stand there
    Who.MERCHANT: ("/home/", "How far it is"),
    Who.SALES_AGENT: ("/agent/", "My merchants"),
    Who.CALL_CENTRE_AGENT: ("/desk/", "Open a case for a caller"),
    Who.REVIEWER: ("/admin/", "Review queue"),
    Who.SENIOR_REVIEWER: ("/admin/", "Review queue"),
    Who.WAREHOUSE_CLERK: ("/desk/", "Choose serial numbers"),
    Who.DISPATCHER: ("/desk/", "Shops that wait for a visit"),
    Who.TECHNICIAN: ("/field/", "My visits"),
    Who.TRAINER: ("/desk/", "In training"),
    Who.SUPPORT_AGENT: ("/desk/", "Free tickets"),
    Who.RISK_OFFICER: ("/desk/", "Suspended"),
    Who.OPERATIONS_MANAGER: ("/desk/", "Late cases"),
    Who.AUDITOR: ("/desk/", "Who looked at what"),
    Who.ADMINISTRATOR: ("/desk/", "Tables and accounts"),
}


@pytest.fixture
def crew():
    return demo.staff()


def signed_in(email: str) -> tuple[Client, object]:
    """(the browser, the page on which it ends): the form of signing in, filled in and followed."""
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    answer = client.post("/accounts/login/", {"login": email, "password": demo.PASSWORD}, follow=True)
    assert answer.redirect_chain, answer.content.decode()[:2000]
    return client, answer


def test_the_table_knows_every_role():
    assert set(STARTS) == set(Who) - {Who.SYSTEM} and len(STARTS) == 14


@pytest.mark.parametrize("who", STARTS)
def test_signing_in_leads_to_the_work(crew, who):
    email = demo.OWNER if who is Who.MERCHANT else demo.STAFF[who][1]
    if who is Who.MERCHANT:
        make.case("identity", by=demo.owner(1, "刘小满", demo.OWNER))
    client, page = signed_in(email)
    path, words = STARTS[who]
    assert page.status_code == 200 and page.request["PATH_INFO"] == path, page.redirect_chain
    assert words in page.content.decode()
    for place in context.nav_items(page.wsgi_request):
        assert client.get(place.url).status_code == 200, f"the menu leads to {place.url}"


@pytest.mark.parametrize("who", [who for who in STARTS if STARTS[who][0] == "/desk/"])
def test_every_card_of_the_desk_opens(crew, who):
    client, page = signed_in(demo.STAFF[who][1])
    cards = page.context["cards"]
    assert cards
    for card in cards:
        assert client.get(card.url).status_code == 200, card.url


@pytest.mark.slow
def test_the_agent_and_the_call_centre_of_the_demonstration_have_cases(crew):
    assert brought_in.make(crew) == 2 and brought_in.make(crew) == 0, "made once"
    _client, page = signed_in(demo.STAFF[Who.SALES_AGENT][1])
    assert [row.taken_over for row in page.context["rows"]] == [False]
    agency = crew[Who.SALES_AGENT].partner
    for row in page.context["rows"]:
        assert row.partner == agency and row.channel == "agent"
    assert Case.objects.filter(channel="phone", opened_by=crew[Who.CALL_CENTRE_AGENT]).count() == 1

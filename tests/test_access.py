"""Who may open what: every address of the portal, for everybody.

The addresses come from the URLconf itself. A new one with an argument that is not known here fails the first test: say
in `World.values` what it stands for, and in PUBLIC when it needs no account.
"""

import re
from difflib import unified_diff
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.test import Client

from onboarding.flow import State
from onboarding.models import Case, User
from onboarding.rules import Who
from tests import make, people
from tests.forms.walk import undone
from tests.world import PUBLIC, TABLE, Address, World, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NARROW = (Who.SALES_AGENT, Who.TECHNICIAN, Who.TRAINER, Who.WAREHOUSE_CLERK)
FINE = {200, 301, 302, 400, 403, 404, 405}


@pytest.fixture
def world() -> World:
    return World()


def entered(user: User | None = None) -> Client:
    """A browser of `user`; what breaks is an answer of 500, as for people."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def everywhere(world: World) -> list[tuple[Address, str]]:
    return [(one, one.url(world.values(one))) for one in addresses()]


@pytest.mark.timeout(900)  # some thousands of pages
def test_no_address_breaks_for_anybody(world):
    """Every role everywhere; the tables of the admin, page by page, for those who see most of them."""
    pages = everywhere(world)
    without_tables = [one for one in pages if not TABLE.match(one[0].name)]
    everybody = [None, world.owner, people.stranger(), *world.staff.values()]
    found = [one for who in everybody for one in broken(who, pages if who in world.curious else without_tables)]
    assert found == [], "\n".join(found)


def broken(who: User | None, all_addresses: list[tuple[Address, str]]) -> list[str]:
    client, found = entered(who), []
    for address, url in all_addresses:
        answer = client.get(url)
        if answer.status_code not in FINE and address.name not in ("livez", "readyz"):
            found.append(f"{who and who.name}: {answer.status_code} at {url}")
    return found


@pytest.mark.parametrize("state", State.values)
def test_no_page_of_a_case_breaks_in_any_state(state):
    """A case that has nothing but its state: every page of it says something sensible."""
    liu = people.liu()
    case = make.case(state, by=liu)
    found = []
    of_a_case = [one for one in addresses() if one.arguments == ("ref",) and one.route.startswith("cases/")]
    for who in (liu, people.reviewer()):
        client = entered(who)
        for address in of_a_case:
            if (state, address.name) != ("signing", "agreement"):  # an offer needs an application: the journey has one
                answer = client.get(address.url({"ref": case.ref}))
                if answer.status_code not in FINE:
                    found.append(f"{answer.status_code} at {address.name}")
    assert found == [], "\n".join(found)
    assert Case.objects.get(pk=case.pk).state == state, "reading moves nothing"


def test_nobody_without_an_account_gets_further_than_the_door(world):
    client, found = entered(), []
    for address, url in everywhere(world):
        if address.name in PUBLIC:
            continue
        answers = [client.get(url), client.post(url)]
        if not all(is_door(answer) or answer.status_code in (404, 405) for answer in answers):
            found.append(f"{[one.status_code for one in answers]} at {address.name} {url}")
        if not any(is_door(answer) for answer in answers):
            found.append(f"no way to sign in at {address.name} {url}")
    assert found == [], "\n".join(found)


def is_door(answer: HttpResponse) -> bool:
    """The way to the page of signing in."""
    return answer.status_code == 302 and bool(re.match(r"/(accounts|admin)/login/", answer.headers["Location"]))


def test_a_stranger_cannot_tell_what_exists(world):
    """Another merchant gets the same 404 for what is Liu's and for what is nobody's, reading and sending."""
    client, found = entered(people.stranger()), []
    for address in (one for one in addresses() if one.is_foreign):
        mine, nobodys = address.url(world.values(address)), address.url(world.nothing(address))
        for method in (client.get, client.post):
            there, missing = method(mine), method(nobodys)
            if same(there, mine) != same(missing, nobodys):
                found.append(f"{there.status_code}/{missing.status_code} at {address.name}")
            elif there.status_code not in (404, 405) and not _asks_who(address, there):
                found.append(f"{there.status_code} at {address.name}")
    assert found == [], "\n".join(found)


@pytest.mark.timeout(600)
def test_nobody_on_the_staff_can_tell_either(world):
    """Whoever is refused what exists is refused what does not in the same words. Of the roles that see little."""
    foreign = [one for one in addresses() if one.is_foreign and not TABLE.match(one.name)]
    found = [one for role in NARROW for one in told_apart(world.staff[role], foreign, world)]
    assert found == [], "\n".join(found)


def told_apart(who: User, foreign: list[Address], world: World) -> list[str]:
    found = []
    for address in foreign:
        client = entered(who)  # with nothing left to say from the page before
        there, nobodys = address.url(world.values(address)), address.url(world.nothing(address))
        with undone():
            method = client.post if client.get(there).status_code == 405 else client.get
            refused = method(there)
            missing = method(nobodys) if refused.status_code >= 400 and refused.status_code != 422 else refused
        if missing is not refused and same(refused, there) != same(missing, nobodys):
            lines = unified_diff(*(same(*one)[1].splitlines() for one in ((refused, there), (missing, nobodys))), n=0)
            found.append(f"{who.name}: {refused.status_code}/{missing.status_code} at {address.name} {[*lines][:8]}")
    return found


def test_the_history_of_a_row_is_refused_before_it_is_looked_for(world):
    rows = [one for one in addresses() if one.name.endswith("_history") and TABLE.match(one.name)]
    assert len(rows) > 20
    found = [one for role in ("technician", "reviewer") for one in told_apart(world.staff[Who(role)], rows, world)]
    assert found == [], "\n".join(found)


def _asks_who(address: Address, answer: HttpResponse) -> bool:
    """The admin and the second factors ask who it is before they look at anything."""
    return address.name.startswith("admin:") and is_door(answer) or address.route.startswith("accounts/2fa/")


def same(answer: HttpResponse, url: str) -> tuple[int, str]:
    """Status and words of an answer, without the address itself and without the key of its forms."""
    text = answer.content.decode() + unquote(answer.headers.get("Location", ""))
    return answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text.replace(url, ""))


def test_what_acts_is_not_opened_by_reading(world):
    """Addresses that only take POST answer a reader with our own page."""
    client, acting = entered(world.owner), set()
    for address, url in everywhere(world):
        answer = client.get(url)
        if answer.status_code == 405:
            acting.add(address.name)
            assert b"<main" in answer.content and "POST" in answer.headers["Allow"], address.name
    assert acting >= {"submit_identity", "submit_application", "sign_agreement", "place_order", "close_ticket"}

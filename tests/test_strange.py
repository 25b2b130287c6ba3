"""Addresses that nobody types by chance: odd queries, odd paths, odd methods, ways off the site. Never a 500."""

import re
from urllib.parse import quote, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from onboarding.rules import Who
from tests import people
from tests.world import World, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAMES = (  # what some page reads from its query
    "q", "page", "p", "o", "before", "next", "sheet", "at", "whose", "province", "city", "change", "state", "kind",
    "risk_tier", "channel", "app_label", "model_name", "field_name", "term", "id__exact", "created_at__gte", "pk",
)  # fmt: skip
ODD = ("-1", "9" * 20, "9" * 5000, "%00", "x%00y", "%F0%9F%8D%9C", "%ED%A0%80%FF", "%27%22%3C%2F%5C", "a" * 3000, "")
PATHS = (
    "//", "//evil.example/", "/%00", "/cases/%00/", "/cases/KT-%00/identity/", "/../../etc/passwd", "/cases/../admin/",
    "/cases/%2e%2e/", "/%ff%fe/", "/cases/%ED%A0%80/", f"/cases/{'x' * 5000}/", f"/desk/dispatch/{'9' * 5000}/",
    f"/field/visits/{'9' * 30}/", f"/documents/{'9' * 30}/", f"/admin/onboarding/case/{'9' * 30}/change/",
    f"/admin/onboarding/case/{'9' * 5000}/change/", "/admin/onboarding/case/%00/change/", "/admin/onboarding/x/",
    f"/admin/onboarding/entry/{'9' * 30}/change/", f"/admin/onboarding/entry/{'9' * 5000}/change/",
    "/admin/onboarding/entry/x_00y/change/", "/help/%00/", "/tickets/%00/", "/learn/%00/", "/claim/%00/", "/pay/%00/",
    "/admin/r/1/%00/", f"/admin/r/{'9' * 30}/1/", "/plans/%3Cscript%3E", "/static/../portal/settings.py", "/static/%00",
)  # fmt: skip
AWAY = (
    "//evil.example", "https://evil.example", "http:///evil.example", "https:evil.example", "javascript:alert(1)",
    "\\\\evil.example", "/\\evil.example", "\\/evil.example", "%2F%2Fevil.example", "/%09/evil.example",
    "\t//evil.example", "///evil.example", "https://evil.example\\@testserver/", "https://testserver@evil.example/",
    "data:text/html,x",
    "http://testserver.evil.example/", "//evil%00.example", " https://evil.example",
)  # fmt: skip
METHODS = ("post", "put", "patch", "delete", "head", "options", "trace")


@pytest.fixture
def world() -> World:
    return World()


def entered(user=None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def readers(world: World) -> list:
    return [None, world.owner, world.staff[Who.ADMINISTRATOR]]


def test_odd_queries_break_nothing(world):
    """Every name with the same odd value at once; one by one for the lists of the admin would find no more."""
    found = []
    for who in readers(world):
        client = entered(who)
        for address in addresses():
            if re.search("_(add|delete|history)$|logout$", address.name):
                continue
            url = address.url(world.values(address))
            for odd in ODD:
                answer = client.get(f"{url}?{'&'.join(f'{name}={odd}' for name in NAMES)}")
                if answer.status_code >= 500 and address.name != "readyz":
                    found.append(f"{who and who.name}: {answer.status_code} at {url} with {odd[:20]}")
                if answer.status_code in (302, 403, 404, 405):
                    break  # it does not come to its query
    assert found == []


def test_odd_paths_break_nothing(world):
    found = []
    for who in readers(world):
        client = entered(who)
        for path in PATHS:
            answer = client.get(path)
            if answer.status_code >= 500 or not stays(answer):
                found.append(f"{who and who.name}: {answer.status_code} at {path[:60]}")
    assert found == []


def test_odd_methods_break_nothing(world):
    """An empty form, and methods that no page is made for: no 500, and a reader's method moves nothing."""
    found = []
    for who in [*readers(world), people.stranger()]:
        client = entered(who)
        for address in addresses():
            if re.search("logout$|^readyz$", address.name) or address.name.startswith("admin:") and who is world.owner:
                continue
            for method in METHODS if who in (world.owner, None) else ("post",):
                url = address.url(world.values(address))
                answer = getattr(client, method)(url)
                if answer.status_code >= 500:
                    found.append(f"{who and who.name}: {answer.status_code} at {method} {url}")
            if who:
                client.force_login(who)  # an empty form may have ended the session
    assert found == []


@pytest.mark.parametrize("away", AWAY)
def test_no_way_leads_off_the_site(away):
    """Signing in, signing out, changing the language, and coming back after the second factor."""
    liu = people.liu()
    quoted = quote(away, safe="%")
    signed_in = entered(liu)
    answers = [
        signed_in.get(f"/accounts/login/?next={quoted}"),
        signed_in.post("/language/", {"language": "en", "next": away}),
        signed_in.post("/language/", {"language": "en"}, headers={"referer": away.strip().replace("\t", "")}),
        entered().post("/accounts/login/", {"login": liu.email, "password": people.PASSWORD, "next": away}),
        entered().post(f"/admin/login/?next={quoted}", {"login": liu.email, "password": people.PASSWORD}),
        signed_in.get(f"/admin/login/?next={quoted}"),
        signed_in.get(f"/accounts/reauthenticate/?next={quoted}"),
        signed_in.post("/accounts/reauthenticate/", {"password": people.PASSWORD, "next": away}),
        signed_in.post(f"/accounts/logout/?next={quoted}", {"next": away}),
    ]
    assert [answer.headers["Location"] for answer in answers if not stays(answer)] == []
    assert all(answer.status_code < 500 for answer in answers)


def stays(answer) -> bool:
    """Whether a browser that follows this answer is still on our site: it reads a backslash as a slash."""
    place = re.sub(r"[\t\r\n]", "", answer.headers.get("Location", "")).strip().replace("\\", "/")
    parts = urlsplit(place)
    return not place.startswith("///") and parts.scheme in ("", "http") and parts.netloc in ("", "testserver")


@pytest.mark.parametrize(
    "place", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "///evil"]
)
def test_the_walk_would_notice_a_way_off(place):
    assert not stays(HttpResponse(headers={"Location": place}))

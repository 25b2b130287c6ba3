"""Who is away too long is signed out, staff sooner, and comes back to where they were with what they typed."""

import time
from urllib.parse import urlencode

import pytest

from onboarding.registration.services import begin
from tests import people
from tests.onboarding.accounts.hands import ACCOUNT, is_in, sign_in

pytestmark = pytest.mark.django_db
MINUTE = 60


@pytest.fixture
def clock(monkeypatch):
    """clock(minutes) moves the time on."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])

    def forward(minutes):
        now[0] += minutes * MINUTE

    return forward


@pytest.mark.parametrize(
    "role, minutes, stays",
    [("reviewer", 29, True), ("reviewer", 31, False), ("merchant", 31, True), ("merchant", 721, False),
     ("technician", 31, True), ("technician", 721, False), ("administrator", 31, False)],
)  # fmt: skip
def test_staff_may_be_away_for_half_an_hour_others_longer(client, clock, role, minutes, stays):
    client.force_login(getattr(people, role)())
    client.get(ACCOUNT)
    clock(minutes)
    assert (client.get(ACCOUNT).status_code == 200) is stays
    assert is_in(client) is stays


def test_every_page_counts_as_being_there(client, clock):
    client.force_login(people.reviewer())
    for _page in range(4):
        assert client.get(ACCOUNT).status_code == 200
        clock(20)


def test_the_sign_in_page_says_so_and_leads_back(client, clock):
    user = people.reviewer()
    client.force_login(user)
    client.get(ACCOUNT)
    clock(31)
    client.cookies["django_language"] = "en"
    answer = client.get("/desk/?state=identity_review")
    assert answer.url == "/accounts/login/?next=%2Fdesk%2F%3Fstate%3Didentity_review"
    page = client.get(answer.url).content.decode()
    assert "You were away for more than 30 minutes" in page
    assert sign_in(client, user, next="/desk/?state=identity_review").url == "/desk/?state=identity_review"


def away_with_a_form(client, clock, user):
    client.force_login(user)
    case = begin(user)
    path = f"/cases/{case.ref}/registration/"
    client.get(path)
    clock(721)
    fields = {"contact_name": "刘𠮷<b>", "type": "micro", "password": "secret-1"}
    return path, client.post(path, urlencode(fields), content_type="application/x-www-form-urlencoded")


def test_what_was_typed_waits_and_is_sent_with_one_press(client, clock):
    user = people.merchant()
    path, answer = away_with_a_form(client, clock, user)
    assert answer.url == "/accounts/login/?next=%2Fme%2Fresume%2F"
    assert "刘" not in str(dict(client.session)) and "micro" not in str(dict(client.session))
    assert sign_in(client, user, next="/me/resume/").url == "/me/resume/"
    page = client.get("/me/resume/")
    body = page.content.decode()
    assert f'action="{path}"' in body and "刘𠮷&lt;b&gt;" in body and "secret-1" not in body
    client.post(path, dict(page.context["held"].fields))
    assert begin(user).merchant.contact_name == "刘𠮷<b>"
    assert client.get("/me/resume/").status_code == 302


def test_nobody_else_gets_what_was_typed(client, clock):
    _path, _answer = away_with_a_form(client, clock, people.merchant())
    sign_in(client, people.merchant())
    assert client.get("/me/resume/").url == "/home/"


def test_scripts_get_401_and_htmx_is_led_to_the_door(client, clock):
    client.force_login(people.reviewer())
    client.get(ACCOUNT)
    clock(31)
    answer = client.get(ACCOUNT, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/?a=1"})
    assert answer.status_code == 401 and answer["HX-Redirect"] == "/accounts/login/?next=%2Fdesk%2F%3Fa%3D1"
    client.force_login(people.reviewer())
    client.get(ACCOUNT)
    clock(31)
    assert client.post(ACCOUNT, headers={"Sec-Fetch-Mode": "cors"}).status_code == 401


def test_no_way_back_to_another_site(client, clock):
    client.force_login(people.reviewer())
    client.get(ACCOUNT)
    clock(31)
    answer = client.post(ACCOUNT, headers={"Referer": "https://evil.example/desk/"})
    assert answer.url == "/accounts/login/?next=%2Fhome%2F"

"""Where somebody is signed in, and signing out there."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from onboarding.registration.sessions import device
from tests import people
from tests.onboarding.accounts.hands import ACCOUNT, is_in, sign_in

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36 MicroMessenger/8.0"


@pytest.fixture
def two():
    """A computer and a phone, the same account."""
    user = people.merchant()
    computer, phone = Client(), Client(headers={"user-agent": PHONE})
    sign_in(computer, user)
    sign_in(phone, user)
    return computer, phone


def plain(page):
    return re.sub(r'value="\w{64}"|/me/sessions/\d+/', "", page.content.decode())


def row_of(client):
    return UserSession.objects.get(session_key=client.session.session_key)


def test_one_is_ended_and_the_other_stays(two):
    computer, phone = two
    page = computer.get(ACCOUNT).content.decode()
    assert "WeChat, Android" in page and page.count("/end_session/") == 2
    computer.post(f"/me/sessions/{row_of(phone).pk}/end_session/")
    assert phone.get(ACCOUNT).status_code == 302 and computer.get(ACCOUNT).status_code == 200


def test_all_others_are_ended_at_once(two):
    computer, phone = two
    computer.post("/accounts/sessions/")
    assert phone.get(ACCOUNT).status_code == 302 and computer.get(ACCOUNT).status_code == 200
    assert UserSession.objects.count() == 1


def test_ending_the_present_one_signs_out_here(two):
    computer, _phone = two
    answer = computer.post(f"/me/sessions/{row_of(computer).pk}/end_session/")
    assert answer.url == "/accounts/login/" and not is_in(computer)


def test_strangers_find_nothing_to_end(two, client):
    computer, phone = two
    sign_in(client, people.merchant())
    there = client.post(f"/me/sessions/{row_of(phone).pk}/end_session/")
    missing = client.post("/me/sessions/999999999/end_session/")
    assert there.status_code == missing.status_code == 404 and plain(there) == plain(missing)
    assert phone.get(ACCOUNT).status_code == 200
    assert computer.get(f"/me/sessions/{row_of(phone).pk}/end_session/").status_code == 405


@pytest.mark.parametrize(
    "agent, words",
    [
        (PHONE, "WeChat, Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Firefox/127.0", "Firefox, Mac"),
    ],
)
def test_devices_have_names(agent, words):
    assert device(agent) == words


def test_an_unknown_device_is_said(client):
    assert device("") and device("<script>alert(1)</script>") == device("")

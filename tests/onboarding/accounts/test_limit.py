"""Too often is answered kindly, with the time of the next try, and does not hit others."""

import time

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from onboarding.models import Notice
from tests import people
from tests.onboarding.accounts.hands import is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


def wrong(client, login):
    return client.post("/accounts/login/", {"login": login, "password": "not it"})


def test_wrong_passwords_stop_after_five_and_say_until_when(client, monkeypatch):
    user = people.merchant(mobile="+8613700001111")
    for _try in range(5):
        wrong(client, "13700001111")
    page = wrong(client, "13700001111")
    (sentence,) = page.context["form"].non_field_errors()
    assert "Try again at" in sentence and "5 minutes" in sentence
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    client.post("/accounts/login/", {"login": "13700001111", "password": people.PASSWORD})
    assert is_in(client) and user


def test_five_wrong_ones_for_one_number_do_not_lock_out_another(client):
    people.merchant(mobile="+8613700001111")
    other = people.merchant(mobile="+8613700002222")
    for _try in range(6):
        wrong(client, "13700001111")
    client.post("/accounts/login/", {"login": "13700002222", "password": people.PASSWORD})
    assert int(client.session["_auth_user_id"]) == other.pk


def test_unknown_and_known_accounts_are_limited_alike(client):
    people.merchant(email="known@example.com")
    seen = []
    for login in ("known@example.com", "nobody@example.com"):
        seen.append(
            [str(wrong(Client(REMOTE_ADDR=f"10.0.0.{len(seen)}"), login).context["form"].errors) for _ in "123456"]
        )
    assert seen[0] == seen[1]


def test_codes_say_when_the_next_one_may_be_asked_for(client):
    for _try in range(3):
        client.post("/accounts/login/code/", {"phone": "13912345678"})
        client.post("/accounts/logout/")
    page = client.post("/accounts/login/code/", {"phone": "13912345678"})
    assert "Try again at" in page.context["form"].errors["phone"][0] and Notice.objects.count() == 3


def test_too_many_from_one_address_get_a_page_with_a_time(client):
    for _try in range(31):
        page = client.post("/accounts/login/", {"login": "x", "password": "y"})
    assert page.status_code == 429 and 0 < int(page["Retry-After"]) <= 61
    assert "Try again at" in page.content.decode() and "Content-Security-Policy" in page.headers


def test_too_many_sign_ups_from_one_address(client):
    for number in range(11):
        page = client.post("/accounts/signup/", {"email": f"a{number}@example.com", "password1": "x"})
    assert page.status_code == 429 and "Try again at" in page.content.decode()


def test_too_many_changes_of_the_number(client):
    sign_in(client, people.merchant())
    for number in range(6):
        page = client.post("/accounts/phone/change/", {"phone": f"1391234567{number}"})
    assert page.status_code == 429 and "Try again at" in page.content.decode()


def test_resending_too_often_is_said_on_the_page(client):
    client.post("/accounts/login/code/", {"phone": "13912345678"})
    for _try in range(5):
        page = client.post("/accounts/login/code/confirm/", {"action": "resend"}, follow=True)
        assert page.status_code == 200
    assert Notice.objects.count() <= 4


def test_counters_lie_where_every_process_sees_them(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "portal_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    }
    call_command("createcachetable")
    for number in range(4):
        browser = Client(REMOTE_ADDR=f"10.0.0.{number}")
        page = browser.post("/accounts/login/code/", {"phone": "13912345678"})
    assert page.status_code == 200 and page.context["form"].errors["phone"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_cache")
        assert cursor.fetchone()[0] >= 5

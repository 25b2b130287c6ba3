"""App with codes, recovery codes, and staff who must have a second factor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from onboarding.registration.account_views import CODE_COUNTS
from tests import people
from tests.onboarding.accounts.hands import (
    FACTORS,
    by_code,
    digits,
    is_in,
    kinds,
    recovery_codes,
    sign_in,
    told,
    with_app,
)  # fmt: skip

pytestmark = pytest.mark.django_db
ACTIVATE, ASKED = f"{FACTORS}totp/activate/", f"{FACTORS}authenticate/"


def test_an_app_is_set_up_with_real_time_steps(client, django_capture_on_commit_callbacks):
    user = people.merchant(email="shop@example.com")
    sign_in(client, user)
    page = client.get(ACTIVATE)
    secret = client.session["mfa.totp.secret"]
    body = page.content.decode()
    assert "<svg" in body and "data:image" not in body and "otpauth://totp/" in body
    assert client.post(ACTIVATE, {"code": "000000" if digits(secret) != "000000" else "111111"}).context["form"].errors
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(ACTIVATE, {"code": digits(secret)})
    assert answer.url == f"{FACTORS}recovery-codes/"
    assert kinds(user) == {"totp", "recovery_codes"} and told() == [("totp_activated", "shop@example.com")]


def test_secrets_lie_encrypted(client):
    user = people.merchant()
    secret = with_app(user)
    codes = recovery_codes(user)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored and not any(code in stored for code in codes) and stored.count("t1.") == 2


@pytest.mark.parametrize("steps, good", [(0, True), (1, True), (-1, True), (3, False), (-3, False)])
def test_signing_in_asks_for_the_digits_of_now(client, steps, good):
    user = people.reviewer()
    secret = with_app(user)
    assert sign_in(client, user).url == ASKED and not is_in(client)
    assert client.get(ASKED).status_code == 200
    client.post(ASKED, {"code": digits(secret, steps)})
    assert is_in(client) is good


def test_a_code_by_sms_is_followed_by_the_second_factor_too(client):
    user = people.merchant(mobile="+8613700001111")
    with_app(user)
    assert by_code(client, "+8613700001111").url == ASKED and not is_in(client)


def test_digits_count_once_also_after_half_a_minute(client, monkeypatch):
    user = people.merchant()
    code = digits(with_app(user), 1)
    sign_in(client, user)
    client.post(ASKED, {"code": code})
    assert is_in(client)
    later, other = time.time() + 35, Client()
    monkeypatch.setattr(time, "time", lambda: later)
    sign_in(other, user)
    other.post(ASKED, {"code": code})
    assert not is_in(other)


def test_a_recovery_code_works_once(client):
    user = people.merchant()
    with_app(user)
    code, *_rest = recovery_codes(user)
    for first, browser in ((True, client), (False, Client())):
        sign_in(browser, user)
        page = browser.post(ASKED, {"code": code})
        assert is_in(browser) is first
    assert page.context["form"].errors["code"]


def test_too_many_wrong_digits_say_when_to_try_again(client):
    user = people.merchant()
    secret = with_app(user)
    sign_in(client, user)
    for _try in range(5):
        client.post(ASKED, {"code": "wrong"})
    page = client.post(ASKED, {"code": digits(secret)})
    assert not is_in(client) and ":" in page.context["form"].errors["code"][0]


@pytest.mark.parametrize("code", ["", "\x00", "鱼" * 1000, "<script>", "1' OR '1'='1", "𠮷‮"])
def test_odd_digits_are_answered_at_the_field(client, code):
    user = people.merchant()
    with_app(user)
    sign_in(client, user)
    assert client.post(ASKED, {"code": code}).context["form"].errors["code"]


@pytest.mark.parametrize("sent", ["", "{}", "[]", '"x"', "{", '{"id": 1}', '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "eA", "authenticatorData": "eA", "signature": "eA", "userHandle": "!"}}', "\x00"])  # fmt: skip  # noqa: E501
def test_odd_passkeys_are_refused_in_words(client, sent):
    user = people.merchant()
    with_app(user)
    assert client.post(f"{FACTORS}webauthn/login/", {"credential": sent}).status_code == 302
    sign_in(client, user)
    assert client.post(ASKED, {"credential": sent}).status_code == 200 and not is_in(client)
    client.force_login(user)
    assert client.get(f"{FACTORS}webauthn/add/").status_code in (200, 302)
    assert client.post(f"{FACTORS}webauthn/add/", {"credential": sent, "name": "x"}).status_code in (200, 302)


def test_new_recovery_codes_replace_the_old_ones(client):
    user = people.merchant()
    sign_in(client, user)
    with_app(user)
    old = recovery_codes(user)
    client.post(f"{FACTORS}recovery-codes/generate/")
    page = client.get(f"{FACTORS}recovery-codes/").content.decode()
    assert not any(code in page for code in old)
    saved = client.get(f"{FACTORS}recovery-codes/download/")
    assert saved.status_code == 200 and saved["Content-Disposition"].startswith("attachment")


# Staff ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def strict(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.parametrize("path", ["/home/", "/desk/", "/admin/", "/admin/onboarding/case/"])
def test_staff_without_one_are_led_to_setting_it_up(client, strict, path):
    user = people.administrator()
    sign_in(client, user)
    assert client.get(path).url == FACTORS
    assert client.get(FACTORS).status_code == 200 and client.get("/me/account/").status_code == 200
    client.get(ACTIVATE)
    client.post(ACTIVATE, {"code": digits(client.session["mfa.totp.secret"])})
    assert client.get("/admin/").status_code == 200


def test_posts_of_staff_without_one_do_nothing(client, strict):
    sign_in(client, people.administrator())
    assert client.post("/admin/onboarding/user/add/", {"username": "x"}).url == FACTORS


def test_merchants_and_sales_agents_need_none(client, strict):
    for user in (people.merchant(), people.somebody("sales_agent")):
        client.force_login(user)
        assert client.get("/me/account/").status_code == 200
        assert FACTORS not in (client.get("/home/").headers.get("Location") or "")


def test_staff_cannot_remove_their_last_one(client, strict):
    user = people.reviewer()
    secret = with_app(user)
    sign_in(client, user)
    client.post(ASKED, {"code": digits(secret)})
    page = client.post(f"{FACTORS}totp/deactivate/")
    assert page.status_code == 200 and "totp" in kinds(user)


def test_what_was_removed_elsewhere_is_demanded_again(client, strict):
    user = people.reviewer()
    secret = with_app(user)
    sign_in(client, user)
    client.post(ASKED, {"code": digits(secret)})
    assert client.get("/desk/").status_code == 200
    Authenticator.objects.filter(user=user).delete()
    client.get(FACTORS)
    assert client.get("/desk/").url == FACTORS


def test_the_demonstration_says_loudly_that_it_is_off(client, settings):
    assert settings.EMBEDDED and not settings.STAFF_SECOND_FACTOR
    client.cookies["django_language"] = "en"
    client.force_login(people.administrator())
    for path in ("/desk/", "/admin/"):
        assert "Second factor is off" in client.get(path).content.decode()
    client.force_login(people.merchant())
    assert "Second factor is off" not in client.get("/me/account/").content.decode()


def test_the_admin_has_no_door_of_its_own(client):
    assert client.get("/admin/login/?next=/admin/").url.startswith("/accounts/login/")
    user = people.administrator()
    with_app(user)
    client.post("/admin/login/", {"username": user.username, "password": people.PASSWORD})
    assert not is_in(client)


def test_other_peoples_passkeys_are_not_there(client):
    owner = people.merchant()
    key = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "k", "credential": {}})
    sign_in(client, people.merchant())
    for path in ("edit", "remove"):
        there = client.get(f"{FACTORS}webauthn/keys/{key.pk}/{path}/")
        missing = client.get(f"{FACTORS}webauthn/keys/999999/{path}/")
        assert there.status_code == missing.status_code == 404
    assert CODE_COUNTS == 600


def test_an_administrator_takes_away_a_lost_one(client, strict):
    owner, lost = people.reviewer(email="lost@example.com"), Client()
    secret = with_app(owner)
    recovery_codes(owner)
    sign_in(lost, owner)
    lost.post(ASKED, {"code": digits(secret)})
    chief = people.administrator()
    other = with_app(chief)
    sign_in(client, chief)
    client.post(ASKED, {"code": digits(other)})
    row = Authenticator.objects.get(user=owner, type="totp")
    shown = client.get(f"/admin/mfa/authenticator/{row.pk}/change/")
    assert shown.status_code == 200 and row.data["secret"] not in shown.content.decode()
    client.post(f"/admin/mfa/authenticator/{row.pk}/delete/", {"post": "yes"})
    assert not kinds(owner) and told() == [("second_factor_taken", "lost@example.com")]
    assert lost.get("/me/account/").status_code == 302
    own = Authenticator.objects.get(user=chief, type="totp")
    assert client.post(f"/admin/mfa/authenticator/{own.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("table", ["usersessions/usersession", "account/emailaddress"])
def test_sessions_and_addresses_have_no_table_in_the_admin(client, table):
    client.force_login(people.administrator())
    assert client.get(f"/admin/{table}/").status_code == 404

"""Mobile number, e-mail, password: changed by their owner, told to the old address, nothing learnt by strangers."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from onboarding.models import Notice, User
from onboarding.registration.adapter import find, find_or_make
from onboarding.tasks import letters
from tests import make, people
from tests.onboarding.accounts.hands import ACCOUNT, by_code, code_sent, is_in, sign_in, told

pytestmark = pytest.mark.django_db
OLD, NEW = "+8613700001111", "+8613912345678"
CHANGE, VERIFY = "/accounts/phone/change/", "/accounts/phone/verify/"


@pytest.fixture
def user(client):
    made = people.merchant(mobile=OLD, email="shop@example.com")
    sign_in(client, made)
    return made


def change_to(client, typed):
    client.post(CHANGE, {"phone": typed})
    return client.post(VERIFY, {"code": code_sent()}, follow=True)


def test_the_account_page_lists_all_and_shows_no_whole_number(client, user):
    page = client.get(ACCOUNT).content.decode()
    assert "137****1111" in page and "13700001111" not in page and "137 0000 1111" not in page
    assert "shop@example.com" in page and page.count("end_session") == 1
    assert f'href="{ACCOUNT}"' in client.get("/home/", follow=True).content.decode()


def test_a_new_number_counts_after_its_code_and_the_old_one_hears_of_it(client, user):
    client.post(CHANGE, {"phone": "139 1234 5678"})
    assert people.fresh(user).mobile == OLD and Notice.objects.latest("pk").address == NEW
    client.post(VERIFY, {"code": code_sent()})
    assert people.fresh(user).mobile == NEW
    assert told() == [("mobile_changed", OLD), ("mobile_changed", "shop@example.com")]
    for notice in Notice.objects.filter(template="account_changed"):
        text = letters.text(notice).text if notice.channel == "sms" else letters.letter(notice).text
        assert "400-000-0000" in text and NEW[3:] not in text


def test_a_wrong_code_changes_nothing_and_five_end_it(client, user):
    client.post(CHANGE, {"phone": "13912345678"})
    wrong = "000000" if code_sent() != "000000" else "111111"
    for _try in range(5):
        client.post(VERIFY, {"code": wrong})
    client.post(VERIFY, {"code": code_sent()})
    assert people.fresh(user).mobile == OLD and not told()


def test_a_code_is_void_after_five_minutes(client, user, monkeypatch):
    import time

    client.post(CHANGE, {"phone": "13912345678"})
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    client.post(VERIFY, {"code": code_sent()})
    assert people.fresh(user).mobile == OLD


def test_a_number_of_somebody_else_is_said_only_to_who_holds_it(client, user):
    people.merchant(mobile=NEW)
    free = client.post(CHANGE, {"phone": "13800009999"})
    client.post(VERIFY, {"action": "cancel"})
    taken = client.post(CHANGE, {"phone": "13912345678"})
    assert (free.status_code, free.url) == (taken.status_code, taken.url)
    page = client.post(VERIFY, {"code": code_sent()})
    assert page.context["form"].errors["code"] and people.fresh(user).mobile == OLD


def test_an_account_that_only_asked_for_a_code_gives_way(client, user):
    idle = find_or_make(NEW)
    change_to(client, "13912345678")
    assert people.fresh(user).mobile == NEW and not User.objects.filter(pk=idle.pk).exists()


@pytest.mark.parametrize("typed", ["", "1391234567", "\x00", "鱼" * 500, "13700001111", "<script>", "‮13912345678"])
def test_a_bad_number_is_answered_at_the_field(client, user, typed):
    page = client.post(CHANGE, {"phone": typed})
    assert page.status_code == 302 or page.context["form"].errors["phone"]
    assert people.fresh(user).mobile == OLD


def test_an_old_sign_in_is_asked_for_the_password_first(client, user, monkeypatch):
    import time

    later = time.time() + 400
    monkeypatch.setattr(time, "time", lambda: later)
    asked = client.post(CHANGE, {"phone": "13912345678"})
    assert asked.url.startswith("/accounts/reauthenticate/") and not Notice.objects.exists()
    client.post(asked.url, {"password": people.PASSWORD})
    assert Notice.objects.get().address == NEW


def test_an_address_is_added_confirmed_by_code_and_signs_in(client, user):
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.com"})
    page = client.get("/accounts/confirm-email/")
    assert page.status_code == 200 and "new@example.com" in page.content.decode()
    assert client.post("/accounts/confirm-email/", {"code": "12"}).context["form"].errors["code"]
    client.post("/accounts/confirm-email/", {"code": code_sent("email_confirmation")})
    assert EmailAddress.objects.get(email="new@example.com").verified
    client.logout()
    client.post("/accounts/login/", {"login": "new@example.com", "password": people.PASSWORD})
    assert is_in(client)


@pytest.mark.parametrize("typed", ["", "x", "a@", "\x00@example.com", "鱼" * 300 + "@example.com", "<script>@x"])
def test_a_bad_address_is_answered_at_the_field(client, user, typed):
    page = client.post("/accounts/email/", {"action_add": "", "email": typed})
    assert page.status_code == 200 and page.context["form"].errors["email"]


def test_the_main_address_changes_and_the_old_one_hears_of_it(client, user):
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    EmailAddress.objects.create(user=user, email="new@example.com", verified=True)
    client.post("/accounts/email/", {"action_primary": "", "email": "new@example.com"})
    assert people.fresh(user).email == "new@example.com"
    assert ("email_changed", "shop@example.com") in told()


def test_a_new_password_needs_the_old_one_and_signs_out_elsewhere(client, user, client_elsewhere):
    sign_in(client_elsewhere, user)
    fields = {"oldpassword": "not it", "password1": "neue-nudeln-1", "password2": "neue-nudeln-1"}
    assert client.post("/accounts/password/change/", fields).context["form"].errors["oldpassword"]
    assert client.post("/accounts/password/change/", {**fields, "oldpassword": people.PASSWORD}).url == ACCOUNT
    assert told() == [("password_changed", "shop@example.com")]
    assert client.get(ACCOUNT).status_code == 200 and client_elsewhere.get(ACCOUNT).status_code == 302


@pytest.fixture
def client_elsewhere():
    from django.test import Client

    return Client()


def test_a_first_password_for_an_account_of_codes(client):
    user = people.merchant(mobile=OLD, email="", password=make_password(None))
    User.objects.filter(pk=user.pk).update(password=make_password(None))
    by_code(client, OLD)
    fields = {"password1": "neue-nudeln-1", "password2": "neue-nudeln-1"}
    assert client.post("/accounts/password/set/", fields).url == ACCOUNT
    assert people.fresh(user).check_password("neue-nudeln-1") and told() == [("password_set", OLD)]


@pytest.mark.parametrize("password", ["", "short", "password", "12345678", "shop@example.com"])
def test_a_weak_password_is_answered_at_the_field(client, user, password):
    fields = {"oldpassword": people.PASSWORD, "password1": password, "password2": password}
    assert client.post("/accounts/password/change/", fields).context["form"].errors


def test_a_forgotten_password_is_replaced_after_a_code_to_the_mobile(client):
    user = people.merchant(mobile=OLD)
    assert "next=/me/password/" in client.get("/accounts/password/reset/").content.decode()
    assert by_code(client, OLD, after="/me/password/").url == "/me/password/"
    client.post("/me/password/", {"password1": "neue-nudeln-1", "password2": "neue-nudeln-1"})
    assert people.fresh(user).check_password("neue-nudeln-1") and client.get(ACCOUNT).status_code == 200


def test_without_a_fresh_code_the_old_password_is_asked_for(client, user, monkeypatch):
    import time

    assert client.get("/me/password/").url == "/accounts/password/change/"
    client.logout()
    by_code(client, OLD)
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    client.post("/me/password/", {"password1": "neue-nudeln-1", "password2": "neue-nudeln-1"})
    assert people.fresh(user).check_password(people.PASSWORD)


def test_a_reset_link_goes_to_confirmed_addresses_only_and_both_look_alike(client):
    user = people.merchant(email="typed@example.com")
    pages = []
    for address in ("typed@example.com", "nobody@example.com"):
        page = client.post("/accounts/password/reset/", {"email": address}, follow=True)
        pages.append(re.sub(r'value="\w{64}"', "", page.content.decode()))
    assert pages[0] == pages[1] and not Notice.objects.exists()
    EmailAddress.objects.create(user=user, email="typed@example.com", verified=True)
    client.post("/accounts/password/reset/", {"email": "typed@example.com"})
    assert Notice.objects.get().template == "password_reset_key"


def test_the_language_stays_with_the_account(client, user, client_elsewhere):
    client.post("/language/", {"language": "en", "next": ACCOUNT})
    assert people.fresh(user).language == "en"
    sign_in(client_elsewhere, user)
    assert "My account" in client_elsewhere.get(ACCOUNT).content.decode()


def test_strangers_are_led_to_the_door(client):
    for path in (ACCOUNT, "/me/password/", "/me/resume/", CHANGE, "/accounts/email/", "/accounts/sessions/"):
        assert client.get(path).url.startswith("/accounts/login/")


def test_a_case_needs_a_confirmed_number(client):
    user = people.merchant(mobile=None, mobile_verified=False)
    User.objects.filter(pk=user.pk).update(password=make_password(None))
    client.force_login(people.fresh(user))
    assert client.get("/start/").url == CHANGE
    change_to(client, "13912345678")
    assert find(NEW) == user and "/start/" in client.get(CHANGE).content.decode()
    assert client.get("/start/").url.endswith("/registration/")


def test_the_page_costs_the_same_for_many_sessions(client, user, django_assert_max_num_queries):
    make.case(by=user)
    client.get(ACCOUNT)
    with django_assert_max_num_queries(15):
        client.get(ACCOUNT)

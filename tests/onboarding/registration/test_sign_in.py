"""Signing up and in: by mobile and code, by password; wrong, late, too often; known and unknown numbers look alike."""

import json
import re
import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from onboarding.models import Case, Merchant, Notice, User
from onboarding.registration.adapter import find
from tests import make, people

pytestmark = pytest.mark.django_db
PHONE = "+8613912345678"
START, CODE = "/start/", "/accounts/login/code/confirm/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()
    yield
    cache.clear()


def code_for(phone: str = PHONE) -> str:
    """The newest code that was sent to a number."""
    codes = [n for n in Notice.objects.filter(template="sign_in_code").order_by("-pk") if n.address == phone]
    return json.loads(codes[0].context)["code"]


def ask(client, typed: str = "139 1234 5678", url: str = START):
    return client.post(url, {"phone": typed, "next": START})


def enter(client, code: str, **more):
    return client.post(CODE, {"code": code, "next": START, **more}, follow=True)


def test_a_number_a_code_and_the_first_step_is_open(client):
    assert client.get(START).status_code == 200
    assert ask(client).status_code == 302
    page = enter(client, code_for())
    user = User.objects.get()
    assert (user.mobile, user.mobile_verified, user.has_usable_password()) == (PHONE, True, False)
    assert user.roles == {"merchant"}
    case = Case.objects.get()
    assert page.redirect_chain[-1][0] == reverse("registration", args=[case.ref])
    assert case.merchant.contact_mobile == PHONE and case.channel == "web" and case.opened_by == user


def test_codes_are_six_digits_and_go_through_the_outbox(client):
    ask(client)
    notice = Notice.objects.get()
    assert (notice.channel, notice.address, notice.outcome) == ("sms", PHONE, "due")
    assert code_for().isdigit() and len(code_for()) == 6


@pytest.mark.parametrize(
    "typed", ["13912345678", "+86 139 1234 5678", "139-1234-5678", "１３９１２３４５６７８", "008613912345678"]
)
def test_a_number_may_be_typed_in_many_ways(client, typed):
    ask(client, typed)
    assert find(PHONE)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "1391234567", "23912345678", "+1 202 555 0100", "a" * 10_000, "1391234\x005678x", "📱", "021-5555"],
)
def test_a_bad_number_is_answered_at_the_field(client, typed):
    page = ask(client, typed)
    assert page.status_code == 200 and page.context["form"].errors["phone"]
    assert not User.objects.exists() and not Notice.objects.exists()


def test_a_known_and_an_unknown_number_look_alike(client):
    people.liu()
    seen = []
    for typed in ("13800138000", "13912345678"):
        client.cookies.clear()
        answer = ask(client, typed)
        shown = re.sub(r'value="\w{64}"|13[89] \d{4} \d{4}', "", client.get(answer.url).content.decode())
        seen.append((answer.status_code, answer.url, shown))
    assert seen[0] == seen[1]
    assert Notice.objects.count() == 2


def test_a_wrong_code_says_so_and_five_are_too_many(client):
    ask(client)
    wrong = "000000" if code_for() != "000000" else "111111"
    for _try in range(4):
        page = client.post(CODE, {"code": wrong})
        assert page.status_code == 200 and page.context["form"].errors["code"]
    last = client.post(CODE, {"code": wrong})
    assert last.status_code == 302
    assert enter(client, code_for()).redirect_chain[-1][0] == "/accounts/login/code/"
    assert not client.session.get("_auth_user_id")


def test_a_code_is_void_after_five_minutes(client, monkeypatch):
    ask(client)
    code, later = code_for(), time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    enter(client, code)
    assert not client.session.get("_auth_user_id")


def test_a_new_code_replaces_the_old_one(client):
    ask(client)
    old = code_for()
    client.post(CODE, {"action": "resend"})
    assert Notice.objects.count() == 2
    if old != code_for():
        assert client.post(CODE, {"code": old}).status_code == 200
    enter(client, code_for())
    assert client.session["_auth_user_id"]


def test_too_many_codes_for_one_number_are_refused_kindly(client):
    for _try in range(3):
        client.cookies.clear()
        ask(client)
    client.cookies.clear()
    page = ask(client)
    assert page.status_code == 200
    assert page.context["form"].errors["phone"]
    assert Notice.objects.count() == 3


def test_the_code_page_without_a_code_asked_for_leads_back(client):
    assert client.get(CODE).status_code == 302


@pytest.mark.parametrize("login", ["user@example.com", "USER@example.com", "13700001111", "+86 137 0000 1111"])
def test_a_password_with_mail_or_mobile(client, login):
    people.reviewer(email="user@example.com", mobile="+8613700001111")
    answer = client.post("/accounts/login/", {"login": login, "password": people.PASSWORD})
    assert answer.status_code == 302 and answer.url == "/home/"
    assert client.session["_auth_user_id"]


@pytest.mark.parametrize(
    "login", ["user@example.com", "13700001111", "nobody@example.com", "user1", "\x00", "鱼" * 5000]
)
def test_a_wrong_password_tells_nothing(client, login):
    people.reviewer(email="user@example.com", mobile="+8613700001111")
    page = client.post("/accounts/login/", {"login": login, "password": "not-it"})
    assert page.status_code == 200 and page.context["form"].errors
    assert not client.session.get("_auth_user_id")


def test_many_wrong_passwords_are_stopped(client):
    people.reviewer(email="user@example.com")
    for _try in range(5):
        client.post("/accounts/login/", {"login": "user@example.com", "password": "not-it"})
    client.post("/accounts/login/", {"login": "user@example.com", "password": people.PASSWORD})
    assert not client.session.get("_auth_user_id")


def test_a_closed_account_does_not_get_in(client):
    people.merchant(mobile=PHONE, is_active=False)
    ask(client)
    page = enter(client, code_for())
    assert not client.session.get("_auth_user_id") and page.status_code == 200


def test_coming_back_leads_to_the_open_case_and_opens_no_second(client):
    case = make.case()
    client.force_login(case.opened_by)
    for _time in range(2):
        assert client.get(START).url == reverse("registration", args=[case.ref])
    assert Case.objects.count() == 1


def test_a_further_application_is_opened_on_request_and_once(client):
    case = make.case("live")
    client.force_login(case.opened_by)
    page = client.get(START)
    assert page.status_code == 200 and case.ref in page.content.decode() and Case.objects.count() == 1
    urls = {client.post(START).url for _press in range(2)}
    assert len(urls) == 1 and Case.objects.count() == 2 and Merchant.objects.count() == 2


def test_staff_have_nothing_to_start(client):
    client.force_login(people.reviewer())
    assert client.get(START).url == "/home/" and not Case.objects.exists()


def test_the_password_link_goes_by_mail_through_the_outbox(client):
    people.reviewer(email="user@example.com")
    for address in ("user@example.com", "nobody@example.com"):
        assert client.post("/accounts/password/reset/", {"email": address}).status_code == 302
    notice = Notice.objects.get()
    assert (notice.template, notice.channel) == ("password_reset_key", "mail")
    link = json.loads(notice.context)["password_reset_url"]
    form = client.get(link, follow=True)
    done = client.post(
        form.redirect_chain[-1][0], {"password1": "neue-nudeln-1", "password2": "neue-nudeln-1"}, follow=True
    )
    assert done.status_code == 200
    assert client.login(email="user@example.com", password="neue-nudeln-1")


def test_a_changed_number_counts_after_its_code(client):
    user = people.merchant(mobile="+8613700001111")
    client.post("/accounts/login/", {"login": user.email, "password": people.PASSWORD})
    client.post("/accounts/phone/change/", {"phone": "139 1234 5678"})
    assert people.fresh(user).mobile == "+8613700001111"
    sent = Notice.objects.get(template="sign_in_code")
    client.post("/accounts/phone/verify/", {"code": json.loads(sent.context)["code"]})
    assert people.fresh(user).mobile == PHONE


PUBLIC = ["login/", "login/code/", "password/reset/", "password/reset/done/", "inactive/", "confirm-email/",
          "password/reset/key/1-abc/", "password/reset/key/done/", "signup/"]  # fmt: skip
OWN = ["email/", "password/change/", "phone/change/", "logout/", "reauthenticate/"]


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_public_account_page_is_ours(client, path, language):
    client.cookies["django_language"] = language
    page = client.get(f"/accounts/{path}", follow=True)
    assert page.status_code == 200 and 'class="card stack read"' in page.content.decode()


@pytest.mark.parametrize("path", OWN)
def test_every_account_page_behind_the_door_is_ours(client, path):
    client.force_login(people.merchant())
    page = client.get(f"/accounts/{path}", follow=True)
    assert page.status_code == 200 and 'class="card stack read"' in page.content.decode()

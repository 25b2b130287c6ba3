"""An account by e-mail and password: a code to the address, and nobody learns which addresses we know."""

import re

import pytest
from allauth.account.models import EmailAddress

from onboarding.models import Notice, User
from onboarding.tasks import letters
from tests import people
from tests.onboarding.accounts.hands import code_sent, is_in

pytestmark = pytest.mark.django_db
SIGN_UP, CONFIRM = "/accounts/signup/", "/accounts/confirm-email/"
GOOD = {"email": "liu@noodles.example", "password1": "neue-nudeln-1"}


def test_address_password_code_and_the_mobile_number_comes_next(client):
    assert client.post(SIGN_UP, GOOD).url == CONFIRM
    assert not is_in(client)
    done = client.post(CONFIRM, {"code": code_sent("email_confirmation")})
    assert done.url == "/start/" and is_in(client)
    user = User.objects.get()
    assert user.email == GOOD["email"] and user.check_password(GOOD["password1"]) and user.username.startswith("e-")
    assert EmailAddress.objects.get().verified
    assert client.get("/start/").url == "/accounts/phone/change/"


def test_the_password_alone_does_not_open_an_unconfirmed_account(client):
    client.post(SIGN_UP, GOOD)
    client.cookies.clear()
    answer = client.post("/accounts/login/", {"login": GOOD["email"], "password": GOOD["password1"]})
    assert not is_in(client) and (answer.status_code == 200 or answer.url == CONFIRM)


def test_a_known_address_looks_the_same_and_its_owner_gets_a_mail(client):
    people.merchant(email="known@example.com")
    pages = []
    for email in ("known@example.com", "other@example.com"):
        client.cookies.clear()
        answer = client.post(SIGN_UP, {**GOOD, "email": email})
        page = client.get(answer.url).content.decode()
        pages.append((answer.url, re.sub(r'value="\w{64}"|\w+@example.com', "", page)))
    assert pages[0] == pages[1]
    assert [n.template for n in Notice.objects.order_by("pk")] == ["account_already_exists", "email_confirmation"]
    assert all(letters.letter(notice).html for notice in Notice.objects.all())
    assert User.objects.count() == 2


@pytest.mark.parametrize("code", ["", "000", "-", "\x00", "鱼鱼鱼", "9" * 500])
def test_a_known_address_is_not_opened_by_any_code(client, code):
    people.merchant(email="known@example.com")
    client.post(SIGN_UP, {**GOOD, "email": "known@example.com"})
    client.post(CONFIRM, {"code": code})
    assert not is_in(client)


@pytest.mark.parametrize(
    "field, value",
    [("email", ""), ("email", "x"), ("email", "a\x00@b.cn"), ("email", "鱼" * 400), ("email", "<script>@x.cn"),
     ("password1", ""), ("password1", "short"), ("password1", "12345678")],
)  # fmt: skip
def test_a_bad_value_is_answered_at_the_field(client, field, value):
    page = client.post(SIGN_UP, {**GOOD, field: value})
    assert page.status_code == 200 and page.context["form"].errors[field] and not User.objects.exists()


def test_the_door_by_mobile_is_on_the_page(client):
    assert 'href="/start/"' in client.get(SIGN_UP).content.decode()

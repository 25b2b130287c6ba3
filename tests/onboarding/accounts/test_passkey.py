"""Passkeys in a real browser, with the authenticator that Chromium plays: added, used as second factor, used alone."""

import pytest
from playwright.sync_api import expect

from onboarding.models import User
from tests import people
from tests.onboarding.accounts.hands import kinds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person():
    return people.merchant(email="shop@example.com", language="en")


@pytest.fixture
def page(new_page):
    page = new_page(width=360, height=780, locale="en-GB")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    return page


def sign_in(page):
    page.goto("/accounts/login/")
    page.get_by_label("Mobile number or e-mail").fill("shop@example.com")
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in with the password").click()


def add(page, *, alone: bool):
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Name of this passkey").fill("我的手机")
    page.get_by_label("Sign in with it alone").set_checked(alone)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")


def sign_out(page):
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")


def test_a_passkey_signs_in_alone(page, person):
    sign_in(page)
    add(page, alone=True)
    assert kinds(person) == {"webauthn", "recovery_codes"}
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("我的手机").first).to_be_visible()
    expect(page.get_by_text("signs in alone")).to_be_visible()
    sign_out(page)
    page.goto("/accounts/login/?next=/me/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("1 passkey").wait_for()


def test_a_passkey_is_the_second_factor(page, person):
    sign_in(page)
    add(page, alone=False)
    sign_out(page)
    sign_in(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert User.objects.get(pk=person.pk).last_login


def test_no_passkey_is_said_on_the_page(new_page, person):
    page = new_page(width=360, height=780, locale="en-GB")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    page.goto("/accounts/login/")
    page.evaluate("void (navigator.credentials.get = () => Promise.reject(new Error()))")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey did not work").wait_for()

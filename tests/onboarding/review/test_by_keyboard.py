"""A reviewer signs in, marks a field, returns the case and approves the next one, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from onboarding.models import Case, Return
from tests import make, people

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, key: str, after: str) -> None:
    """Press a key on the page that says `after`, once its script listens."""
    page.get_by_text(after).first.wait_for()
    page.wait_for_selector("html.js", state="attached")
    page.keyboard.press(key)


def test_a_return_and_an_approval(new_page):
    reviewer = people.reviewer(email="chen@example.com", language="en")
    first = make.case("identity_review")
    make.person(first.merchant)
    second = make.case("application_review", by=people.merchant(), of=make.merchant(uscc="", short_name="书屋"))
    page = new_page(locale="en")
    page.goto(reverse("admin:onboarding_case_change", args=[first.ref]))
    page.fill("[name=login]", reviewer.email)
    page.fill("[name=password]", people.PASSWORD)
    page.press("[name=password]", "Enter")
    page.locator("tr", has_text="91110000600037341L").get_by_role("link").click()
    page.select_option("[name=reason]", "uscc_mismatch")
    page.fill("[name=note]", "请核对第三位")
    page.get_by_role("button", name="Mark it").click()
    press(page, "r", after="Marked.")
    page.get_by_role("heading", name="This is what the merchant will read").wait_for()
    expect(page.locator(".preview-note", has_text="请核对第三位")).to_have_count(2)  # once in each language
    page.locator("form button.btn", has_text="Return the identity papers").click()
    press(page, "j", after="Returned. The merchant has been told what to mend.")
    page.wait_for_url(f"**/{second.ref}/**")
    press(page, "a", after="Nothing is missing.")
    page.get_by_text("Approved. The agreement waits").wait_for()
    assert Return.objects.get().item == "field:merchant.uscc"
    assert Case.objects.get(pk=first.pk).state == "identity_returned"
    assert Case.objects.get(pk=second.pk).state == "signing"

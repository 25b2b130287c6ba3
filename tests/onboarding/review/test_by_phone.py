"""The return loop on a phone: the merchant reads reason, remedy and example, mends only what is marked, hands it in."""

import pytest
from django.urls import reverse

from desk.demo import people as demo
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from onboarding import services
from onboarding.flow import State
from onboarding.models import Case
from tests import make, people

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


def sign_in(page, user, place: str) -> None:
    page.goto(place)
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", people.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**{place}")


def known(user, email: str):
    """The same user with an address and the password of the tests."""
    user.email, user.language = email, "en"
    user.set_password(people.PASSWORD)
    user.save()
    return user


def test_the_return_loop(new_page):
    walk = FullWalk(Shop(1, "enterprise", "虚构市小满面馆有限公司", "小满面馆", "刘小满"), demo.staff())
    case, liu = walk.to(State.IDENTITY_REVIEW), known(walk.owner, "liu@example.com")
    reviewer = people.reviewer(email="chen.phone@example.com", language="en")
    services.mark(case.pk, "field:merchant.uscc", "uscc_mismatch", by=reviewer, note="请核对第三位")
    services.advance(case.pk, "return_identity", by=reviewer)

    old = case.merchant.uscc
    phone = new_page(locale="en", **PHONE)
    sign_in(phone, liu, reverse("identity_business", args=[case.ref]))
    for words in (
        "The credit code differs from the licence.",
        "a circle is always the digit 0",
        "请核对第三位",
        "Like this",
    ):
        phone.get_by_text(words).first.wait_for()
    assert phone.locator("form input[name=name]").count() == 0, "only the marked field is open"
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.fill("[name=uscc]", "91350100M000100Y43")
    phone.get_by_role("button", name="Save and continue").click()
    phone.wait_for_load_state()
    phone.goto(reverse("identity_check", args=[case.ref]))
    phone.locator(f"form[action='{reverse('submit_identity', args=[case.ref])}'] button").click()
    phone.get_by_text("Your papers are with us").wait_for()

    make.put(Case.objects.get(pk=case.pk), "identity_review")
    desk = new_page(locale="en")
    sign_in(desk, reviewer, reverse("admin:onboarding_case_change", args=[case.ref]))
    row = desk.locator("section", has_text="What changed since the return").locator("tr", has_text="Credit code")
    row.wait_for()
    assert old in row.inner_text() and "91350100M000100Y43" in row.inner_text()

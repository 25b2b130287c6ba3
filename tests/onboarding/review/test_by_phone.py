"""The return loop on a phone: the merchant reads reason, remedy and example, mends only what is marked, hands it in."""

import datetime

import pytest
from django.urls import reverse

from onboarding import services
from onboarding.models import Case, Document, Page
from tests import make, people

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


def sign_in(page, user, place: str) -> None:
    page.goto(place)
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", people.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**{place}")


def papers(case, by) -> None:
    """What a company hands in at this step, as rows: the test is about what is returned."""
    for number, kind in enumerate(services.markable_kinds(case, "identity")):
        row = Document.objects.create(
            case=case, kind=kind.code, original_name=f"{kind.code}.jpg", media_type="image/jpeg", size=1,
            sha256=f"{number:064d}", original="x", uploaded_by=by,
        )  # fmt: skip
        Page.objects.create(document=row, number=1, width=800, height=600, file="x", thumbnail="x")


def test_the_return_loop(new_page):
    liu = people.merchant(name="刘小满", email="liu@example.com", language="en")
    reviewer = people.reviewer(email="chen@example.com", language="en")
    case = make.case("identity_review", by=liu)
    make.person(case.merchant, id_valid_from=datetime.date(2020, 1, 1))
    papers(case, liu)
    services.mark(case.pk, "field:merchant.uscc", "uscc_mismatch", by=reviewer, note="请核对第三位")
    services.advance(case.pk, "return_identity", by=reviewer)

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
    phone.locator("form button.btn[type=submit], form button.btn:not([type])").last.click()
    phone.goto(reverse("identity_check", args=[case.ref]))
    phone.locator(f"form[action='{reverse('submit_identity', args=[case.ref])}'] button").click()
    phone.get_by_text("Your papers are with us").wait_for()

    make.put(Case.objects.get(pk=case.pk), "identity_review")
    desk = new_page(locale="en")
    sign_in(desk, reviewer, reverse("admin:onboarding_case_change", args=[case.ref]))
    row = desk.locator("section", has_text="What changed since the return").locator("tr", has_text="Credit code")
    row.wait_for()
    assert "91110000600037341L" in row.inner_text() and "91350100M000100Y43" in row.inner_text()

"""A computer and a phone side by side, in real browsers."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from onboarding.handover.computer import TOKEN
from tests import people
from tests.onboarding.documents import samples

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("JOURNEY_SHOTS")


def look(page, name):
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


def sign_in(page, user):
    page.goto("/accounts/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", people.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/home/")


def link_on(page):
    """What a camera reads from the code: the token is in nothing but the picture and the computer's session."""
    from django.contrib.sessions.backends.db import SessionStore

    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    (token,) = SessionStore(key)[TOKEN].values()
    return f"/phone/?k={token}"


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("scripts", [True, False])
def test_papers_go_from_the_phone_to_the_computer(new_page, case, liu, tmp_path, locale, scripts):
    computer = new_page(locale=locale, java_script_enabled=scripts)
    phone = new_page(width=360, height=740, locale=locale, has_touch=True, is_mobile=True)
    shot = f"handover-{locale}-{scripts}"

    def seen(selector):
        if not scripts:  # the page has a link that reads it anew
            computer.locator("#handover a.btn.text").first.click()
        computer.locator(selector).first.wait_for()

    sign_in(computer, liu)
    computer.goto(reverse("identity_document", args=[case.ref, "business_licence"]))
    computer.locator(f"form[action='{reverse('begin_handover', args=[case.ref])}'] button").click()
    code = computer.locator("#handover img")
    code.wait_for()
    look(computer, f"{shot}-1-code")

    phone.goto(link_on(computer))
    assert phone.url.endswith("/phone/")
    look(phone, f"{shot}-2-number")
    seen("#number")
    look(computer, f"{shot}-3-number")
    phone.fill("[name=number]", computer.locator("#number").inner_text())
    phone.locator("main form button").first.click()
    phone.locator("#id_camera").wait_for(state="attached")
    look(phone, f"{shot}-4-papers")

    file = tmp_path / "IMG_1.jpg"
    file.write_bytes(samples.encoded())
    with phone.expect_navigation():
        phone.set_input_files("#id_camera", str(file))
    phone.locator(".upload.good a img.thumb").wait_for()
    seen("#handover .upload img.thumb")
    look(computer, f"{shot}-5-arrived")

    phone.locator(f"form[action='{reverse('leave_handover')}'] button").click()
    look(phone, f"{shot}-6-done")
    if scripts:
        computer.locator("#handover[hx-get]").wait_for(state="detached")
    computer.goto(reverse("handover", args=[case.ref]))
    assert computer.locator("#handover form").count() == 0
    look(computer, f"{shot}-7-back")


def test_what_has_the_focus_keeps_it_while_the_page_follows(new_page, case, liu):
    computer = new_page()
    sign_in(computer, liu)
    computer.goto(reverse("identity", args=[case.ref]))
    computer.locator(f"form[action='{reverse('begin_handover', args=[case.ref])}'] button").click()
    computer.locator("#handover form button").first.focus()
    phone = new_page(width=360)
    phone.goto(link_on(computer))
    computer.locator("#number").wait_for()
    assert computer.evaluate("document.activeElement.closest('form')?.getAttribute('action')") == reverse(
        "end_handover", args=[case.ref]
    )

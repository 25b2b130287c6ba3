"""From the first page to the application that is handed in, without a mouse: the focus is never lost nor hidden."""

import pytest

from tests.journey import shop
from tests.journey.keyboard import KeyboardMerchant

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width, height", [(1280, 720), (390, 640)])
def test_a_merchant_applies_by_keyboard_alone(new_page, tmp_path, width, height):
    shop.known_to_the_registry()
    liu = KeyboardMerchant(new_page(width=width, height=height), shop.Camera(tmp_path))
    liu.to_the_end()
    assert liu.case.state == "application_screening"
    assert not liu.problems, "\n".join(dict.fromkeys(liu.problems))


def test_the_first_stop_leads_past_the_menu(new_page):
    page = new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_question_takes_the_focus_and_gives_it_back(new_page, settings):
    settings.ROOT_URLCONF = "tests.portal.gallery"
    page = new_page()
    page.goto("/gallery/")
    inside, opener = "document.activeElement.closest('dialog') !== null", page.locator("[data-open]")
    opener.focus()
    page.keyboard.press("Enter")
    for _stop in range(6):  # behind the question nothing takes the focus; the browser's own bar may
        assert page.evaluate(inside) or page.evaluate("document.activeElement === document.body")
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert opener.evaluate("one => document.activeElement === one")

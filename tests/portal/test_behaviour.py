"""The small behaviours of every page, in a real browser, with and without JavaScript."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

FAINT = Path(__file__).parents[2].joinpath("scripts/measure/drawn.js").read_text()
PICTURE = {"name": "licence.png", "mimeType": "image/png"}


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.portal.gallery"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


APOSTROPHE = """() => {
  const sign = document.createElement("span");
  Object.assign(sign, { textContent: "’", className: "btn" });
  Object.assign(sign.style, { padding: 0, border: 0, minWidth: 0 });
  document.querySelector("main").append(sign);
  return sign.getBoundingClientRect().width / parseFloat(getComputedStyle(sign).fontSize);
}"""


def wider_than_the_screen(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_front_page_fits(new_page, locale):
    page = new_page(locale=locale)
    page.goto("/")
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert not wider_than_the_screen(page), width
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 21, 20)"


def test_an_english_apostrophe_is_narrow(new_page):
    """In a font for Chinese it is as wide as a sign, on elements that set their own font as well."""
    page = new_page(locale="en")
    page.goto("/gallery/")
    assert page.evaluate(APOSTROPHE) < 0.5  # of the size of the font


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_of_the_front_page_can_be_read(new_page, scheme):
    page = new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(FAINT) == [], width


def test_language_switch_keeps_the_page_without_javascript(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/?a=1#start")
    page.locator("header").get_by_role("button", name="English").click()
    assert page.url.endswith("/?a=1") and page.locator("html").get_attribute("lang") == "en"
    page.goto("/gallery/")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("scripts", [True, False])
def test_summary_has_the_focus_and_leads_to_the_field(new_page, scripts):
    page = new_page(width=360, java_script_enabled=scripts)
    page.goto("/gallery/")
    page.get_by_role("button", name="Send").click()
    summary = page.locator(".errsum")
    summary.wait_for()
    if scripts:
        assert page.evaluate("document.activeElement.className") == "errsum"
    summary.get_by_role("link").first.click()
    page.keyboard.type("Noodles")
    expect(page.locator("#id_name")).to_have_value("Noodles")
    assert not wider_than_the_screen(page)


def test_what_was_typed_comes_back(new_page):
    page = new_page()
    page.goto("/gallery/")
    page.get_by_label("Shop").fill("Noodles")
    page.get_by_role("button", name="Send").click()
    page.locator(".errsum").wait_for()
    expect(page.get_by_label("Shop")).to_have_value("Noodles")


def test_upload_tile_shows_the_picture_before_it_is_sent(new_page, one_pixel):
    page = new_page()
    page.goto("/gallery/")
    page.locator("#id_paper").set_input_files({**PICTURE, "buffer": one_pixel})
    page.locator("[data-upload].good img.thumb").wait_for()
    assert page.locator("[data-upload-name]").inner_text() == "licence.png"


def test_upload_without_javascript_uses_the_browsers_own_control(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/gallery/")
    assert page.locator("#id_paper").bounding_box()["width"] > 100


def test_signature_goes_into_the_form_and_can_be_wiped(new_page):
    page = new_page()
    page.goto("/gallery/")
    sign(page)
    assert page.locator("#id_signature").input_value().startswith("iVBOR")
    page.locator("[data-pad-clear]").click()
    expect(page.locator("#id_signature")).to_have_value("")
    sign(page)
    page.get_by_label("Shop").fill("Noodles")
    page.get_by_label("Company").check()
    page.get_by_role("button", name="Send").click()
    said = page.locator(".note.ok").inner_text()
    assert "Saved Noodles" in said and not said.endswith("signature 0")


def test_dialog_asks_and_can_be_left(new_page):
    page = new_page()
    page.goto("/gallery/")
    page.get_by_text("Withdraw", exact=True).click()
    expect(page.locator("dialog[open]")).to_have_count(1)
    page.locator("dialog [data-close]").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_form_is_sent_once_however_often_it_is_pressed(new_page):
    page = new_page()
    page.goto("/gallery/")
    sent = []

    def stay(route):
        sent.append(route.request.method)
        route.fulfill(status=204)  # no content: the browser stays on the page

    page.route("**/gallery/", stay)
    for _ in range(3):
        page.evaluate("document.querySelector('#shop button[data-busy]').click()")
    page.get_by_text("Sending…").wait_for()
    assert sent == ["POST"]


def sign(page) -> None:
    box = page.locator("canvas[data-pad]")
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    page.mouse.move(place["x"] + 40, place["y"] + 60)
    page.mouse.down()
    page.mouse.move(place["x"] + 160, place["y"] + 90, steps=5)
    page.mouse.up()


@pytest.fixture
def one_pixel() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return out.getvalue()

"""The style guide: in DEBUG only, every part of ours in it, and every status, icon and widget."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from desk.styleguide.forms import EveryWidget
from onboarding.flow.status import STATUSES

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "templates/desk/styleguide.html").read_text()
FRAME = {  # parts of the frame of every page, or of one place only: seen there
    "account", "admin_links", "demo_banner", "foot_links", "htmx", "language", "messages", "nav", "number_shown",
    "pagination", "second_factor_off", "sign_out", "trouble", "badge",
}  # fmt: skip


@pytest.fixture
def page(client, settings) -> str:
    settings.DEBUG = True
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.get("/styleguide/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_in_debug(client, settings):
    settings.DEBUG = False
    assert client.get("/styleguide/").status_code == 404


def test_every_shared_part_is_shown():
    parts = {path.stem for path in (ROOT / "templates/includes").glob("*.html")}
    shown = set(re.findall(r"includes/(\w+)\.html", PAGE))
    assert parts - shown - FRAME == set()


def test_every_status_stands_there_in_its_tone(page):
    for one in STATUSES.values():
        assert re.search(rf'<span class="tag {one.tone}">.*?{one.word}', page)


def test_every_icon_of_the_sprite(page):
    sprite = set(re.findall(r'symbol id="([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    assert sprite - set(re.findall(r"icons\.svg#([\w-]+)", page)) == set()


def test_every_widget_with_its_label_and_with_its_error(page):
    for name, field in EveryWidget.base_fields.items():
        for form in ("right", "wrong"):
            assert f'name="{form}-{name}"' in page
        if field.required:
            assert f'id="id_wrong-{name}_error"' in page


def test_errors_say_what_to_do_and_never_only_what_is_wrong(page):
    """Django's own sentences name the fault; ours the remedy (portal.sentences)."""
    for remedy in ("Fill this in.", "Enter a date such as", "Enter a time such as", "Choose a file or take a picture.",
                   "Enter an e-mail address such as"):  # fmt: skip
        assert remedy in page
    assert "is required" not in page and "Enter a valid" not in page


def test_ids_are_unique_and_nothing_is_left_unfilled(page):
    found = re.findall(r'\sid="([^"]+)"', page)
    assert sorted({one for one in found if found.count(one) > 1}) == []
    assert not re.search(r"{[{%]|\bNone\b", page)


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_the_screen(new_page, settings, width):
    settings.DEBUG = True
    page = new_page(width=width)
    page.goto("/styleguide/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width

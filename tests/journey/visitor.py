"""A person in front of a browser. Pages and buttons are found by their address and their names, never by words, so that
a journey walks in every language."""

import os
import re
import time
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Locator, Page

PATIENCE = 45  # seconds for what a worker does in two or three on an idle machine
SHOTS = os.environ.get("JOURNEY_SHOTS")  # a folder: every page of the journey is kept there as a picture
BUTTON = "button:not([type]), button[type=submit], input[type=submit]"

WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.querySelectorAll("main *, #content *, body > *")].filter(
    one => one.getBoundingClientRect().right > width + 1);
  return out.slice(0, 6).map(one => one.outerHTML.slice(0, 120));
}"""


def until(condition, what: str, seconds: float = PATIENCE):
    """What `condition` gives as soon as it is true; fails with `what` when the time is up."""
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain for {what}"
        time.sleep(0.1)
    return result


class Visitor:
    """One person with one browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # Moving ----------------------------------------------------------------------------------------------------

    def go(self, name: str, *args, query: str = "") -> None:
        answer = self.page.goto(reverse(name, args=args) + query)
        assert answer and answer.status == 200, f"{answer and answer.status} on {self.page.url}"

    def at(self, name: str, *args) -> bool:
        return self.path == reverse(name, args=args)

    @property
    def path(self) -> str:
        return re.sub(r"^https?://[^/]+|[?#].*$", "", self.page.url)

    # Acting ----------------------------------------------------------------------------------------------------

    def fill(self, **values: object) -> None:
        """Fields of the page by name: texts, dates, choices, boxes (True)."""
        for name, value in values.items():
            self.enter(self.page.locator(f"main [name='{name}']:not([type=hidden])"), value)

    @staticmethod
    def enter(control: Locator, value: object) -> None:
        kind = control.first.evaluate("one => one.type")
        if value is True:
            control.check()
        elif kind in ("radio", "checkbox"):
            control.and_(control.page.locator(f"[value='{value}']")).check()
        elif kind.startswith("select"):
            control.select_option(str(value))
        else:
            control.fill(str(value))

    def save(self) -> None:
        """The first button of the page's own form."""
        self.click(self.page.locator("main form[method=post]").filter(has=self.page.locator(BUTTON)).first)

    def press(self, name: str, *args) -> None:
        """The button of the form that goes to the address `name`."""
        self.click(self.page.locator(f"form[action='{reverse(name, args=args)}']").first)

    def click(self, form: Locator) -> None:
        """Send a form, and stay until the next page is there."""
        with self.page.expect_navigation():
            form.locator(BUTTON).first.click()
        self.look()

    def follow(self, name: str, *args) -> None:
        with self.page.expect_navigation():
            self.page.locator(f"a[href^='{reverse(name, args=args)}']:visible").first.click()
        self.look()

    # Seeing ----------------------------------------------------------------------------------------------------

    def reload_until(self, condition, what: str) -> None:
        """As a person does who waits for news: look again until it is there."""

        def look() -> bool:
            self.page.reload()
            return bool(condition())

        until(lambda: condition() or look(), what)
        self.look()

    def sees(self, selector: str) -> bool:
        return self.page.locator(selector).count() > 0

    def reads(self, *words: str) -> None:
        text = self.page.locator("main").inner_text()
        for word in words:
            assert word in text, f"“{word}” is not on {self.page.url}: {text[:600]}"

    def look(self) -> None:
        """No page of the journey may be wider than the screen; keep a picture when somebody asked for them."""
        if SHOTS:
            name = re.sub(r"\W+", "-", self.path).strip("-") or "front"
            number = len(list(Path(SHOTS).glob("*.png")))
            self.page.screenshot(path=Path(SHOTS) / f"{number:03d}-{name}.png", full_page=True)
        wide = self.page.evaluate(WIDE)
        assert not wide, f"{self.page.url} is wider than the screen: {wide}"

    # Signing in ------------------------------------------------------------------------------------------------

    def sign_in(self, email: str, password: str) -> "Visitor":
        """As staff do: e-mail and password."""
        self.go("account_login")
        self.fill(login=email, password=password)
        self.save()
        return self

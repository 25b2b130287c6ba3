"""The workbench without a mouse, every key counted; and two reviewers on one case."""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from desk.demo import people as demo
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from onboarding.flow import State
from onboarding.models import Access, Case, Examination, Return
from onboarding.screening import register_answer
from portal.gateways.registry import Company, Found
from tests import make, people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
QUEUE = reverse("admin:onboarding_case_changelist")
MOST_KEYS = 25
NAME = "虚构市小满面馆有限公司"


class Reviewer:
    """Somebody at the workbench who only presses keys. They are counted from `begin` on."""

    def __init__(self, page: Page, user) -> None:
        self.page, self.user, self.keys = page, user, 0

    def sign_in(self, url: str = QUEUE) -> None:
        self.page.goto(url)
        self.page.fill("[name=login]", self.user.email)
        self.page.fill("[name=password]", people.PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.ready()

    def ready(self) -> None:
        """The scripts of the page listen."""
        self.page.wait_for_selector("html.js", state="attached")
        self.page.wait_for_load_state("load")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def moves_on(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)
        self.ready()

    @property
    def shown(self) -> list[str]:
        """The pages that lie open, by their names."""
        return self.page.locator("figure[data-sheet]:visible").evaluate_all("all => all.map(one => one.dataset.label)")

    def focus(self, what: str) -> str:
        return self.page.evaluate(f"document.activeElement.{what} ?? ''")

    @property
    def focus_is_seen(self) -> bool:
        """The element with the focus is drawn with an outline and lies within the window."""
        return self.page.evaluate(
            "() => { const one = document.activeElement, box = one.getBoundingClientRect();"
            " return getComputedStyle(one).outlineStyle !== 'none' && box.bottom > 0 && box.top < innerHeight }"
        )


@pytest.fixture
def at_work(new_page):
    """`at_work(user, url)`: a reviewer who has signed in."""

    def enter(user, url: str = QUEUE) -> Reviewer:
        one = Reviewer(new_page(locale="en"), user)
        one.sign_in(url)
        return one

    return enter


@pytest.fixture
def honest() -> Case:
    """An honest company at the identity review, with drawn papers and finished checks."""
    shop = Shop(1, "enterprise", NAME, "小满面馆", "刘小满")
    return FullWalk(shop, demo.staff()).to(State.IDENTITY_REVIEW)


@pytest.fixture
def chen():
    return people.reviewer(name="陈知秋", email="chen@example.com", language="en")


def page_of(case: Case) -> str:
    return reverse("admin:onboarding_case_change", args=[case.ref])


def looked_at(user) -> list[str]:
    return sorted(set(Access.objects.filter(user=user, what__startswith="page:").values_list("what", flat=True)))


def test_an_honest_case_is_decided_in_25_keys(honest, chen, at_work):
    reviewer = at_work(chen)
    reviewer.moves_on("g")
    assert Case.objects.get(pk=honest.pk).assigned_to == chen
    names = reviewer.page.locator("figure[data-sheet]").evaluate_all("all => all.map(one => one.dataset.label)")
    assert len(names) >= 3
    seen = list(reviewer.shown)
    reviewer.page.wait_for_load_state("networkidle")
    assert len(looked_at(chen)) == 1, "only what is shown is fetched and written down"
    while len(seen) < len(names):
        with reviewer.page.expect_response("**/documents/*/pages/*/"):
            reviewer.press("n")
        seen += reviewer.shown
    assert seen == names
    assert len(looked_at(chen)) == len(names)
    reviewer.press("f", "f", "f")
    assert reviewer.focus("dataset.field") != "" and reviewer.focus_is_seen
    reviewer.moves_on("a")
    reviewer.page.get_by_text("Approved.").wait_for()
    assert Case.objects.get(pk=honest.pk).state == State.APPLICATION
    print(f"\nAn honest case with {len(names)} pages: {reviewer.keys} keys")
    assert reviewer.keys <= MOST_KEYS


def test_a_fault_is_marked_and_returned_by_keyboard(honest, chen, at_work):
    register_answer.keep(honest, Company(Found.FOUND, name="虚构市小满面店有限公司", status="存续", active=True))
    reviewer = at_work(chen, page_of(honest))
    reviewer.press("d")
    assert reviewer.focus("dataset.field") == "merchant.name" and reviewer.focus_is_seen
    assert reviewer.page.locator("tr:focus del").inner_text() == "馆"
    reviewer.moves_on("m")
    reviewer.page.locator("[name=reason]").focus()
    reviewer.press("ArrowDown", "Tab", *"abc", "Tab")
    reviewer.moves_on("Enter")
    assert Return.objects.get().item == "field:merchant.name"
    reviewer.moves_on("r")
    reviewer.page.get_by_role("heading", name="This is what the merchant will read").wait_for()
    reviewer.page.locator("form button.btn", has_text="Return the identity papers").focus()
    reviewer.moves_on("Enter")
    assert Case.objects.get(pk=honest.pk).state == State.IDENTITY_RETURNED


def test_a_field_shows_its_place_on_the_paper(honest, chen, at_work):
    paper = honest.documents.get(kind="id_portrait")
    name = [{"field": "name", "value": "刘小蒲", "page": 1, "box": [0.2, 0.1, 0.5, 0.2], "sure": 1, "mended": False}]
    Examination.objects.update_or_create(document=paper, defaults={"result": "done", "sealed": json.dumps(name)})
    reviewer = at_work(chen, page_of(honest))
    assert reviewer.shown != ["Identity card, portrait side"]
    reviewer.press("d")
    assert reviewer.focus("dataset.field") == "person.name"
    assert reviewer.shown == ["Identity card, portrait side"]
    box, picture = (reviewer.page.locator(one).bounding_box() for one in ("rect.is-on", "figure:visible .turn img"))
    assert box["x"] - picture["x"] == pytest.approx(0.2 * picture["width"], abs=4)
    assert box["width"] == pytest.approx(0.3 * picture["width"], abs=6)
    reviewer.press("b")
    assert not reviewer.page.locator("rect").first.is_visible()


def test_zoom_turn_and_compare(honest, chen, at_work):
    reviewer = at_work(chen, page_of(honest))
    first, space = reviewer.shown, reviewer.page.locator("figure:visible .space").first
    small = space.bounding_box()
    reviewer.press("+")
    assert space.bounding_box()["width"] == pytest.approx(small["width"] * 1.5, abs=20)
    reviewer.press("t")
    turned = space.bounding_box()
    assert turned["height"] / turned["width"] == pytest.approx(small["width"] / small["height"], rel=0.02)
    reviewer.press("0")
    assert space.bounding_box() == small
    reviewer.press("c")
    assert len(reviewer.shown) == 2 and reviewer.shown[0] == first[0]
    reviewer.press("n")
    assert len(reviewer.shown) == 2 and reviewer.shown[0] == first[0]
    said = reviewer.page.locator("[data-said]").inner_text()
    assert said == f"Beside each other: {reviewer.shown[0]} and {reviewer.shown[1]}"
    reviewer.press("c")
    assert reviewer.shown == first
    reviewer.press("p")
    assert reviewer.shown == first, "there is none before the first"


def test_two_papers_beside_each_other_without_scripts(honest, chen, new_page):
    page = new_page(locale="en", java_script_enabled=False)
    Reviewer(page, chen)
    page.goto(page_of(honest))
    page.fill("[name=login]", chen.email)
    page.fill("[name=password]", people.PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("figure[data-sheet]:visible")).to_have_count(1)
    page.get_by_role("link", name="Compare two").click()
    expect(page.locator("figure[data-sheet]:visible")).to_have_count(2)
    page.get_by_role("link", name="Compare two").click()
    expect(page.locator("figure[data-sheet]:visible")).to_have_count(1)
    page.get_by_role("link", name="Next paper").click()
    expect(page.locator("figure[data-sheet]:visible")).to_have_count(1)
    expect(page.locator(".by-script:visible")).to_have_count(0)


def test_keys_do_nothing_while_typing(honest, chen, at_work):
    reviewer = at_work(chen, page_of(honest))
    page, before = reviewer.page, reviewer.shown
    page.locator("#id_text").focus()
    page.keyboard.type("napr gxj?dmc+")
    assert page.locator("#id_text").input_value() == "napr gxj?dmc+"
    assert reviewer.shown == before and page.url.endswith(page_of(honest))
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert Case.objects.get(pk=honest.pk).state == State.IDENTITY_REVIEW


def test_the_help_sheet_and_switching_keys_off(honest, chen, at_work):
    reviewer = at_work(chen, page_of(honest))
    page, before = reviewer.page, reviewer.shown
    reviewer.press("?")
    assert page.evaluate("document.activeElement.closest('dialog')?.id") == "keys"
    reviewer.press("n", "a")
    assert reviewer.shown == before, "behind the sheet nothing moves"
    reviewer.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    reviewer.press("?")
    page.locator("[data-keys]").focus()
    reviewer.press("Space", "Escape", "n", "d", "a")
    assert reviewer.shown == before
    page.reload()
    reviewer.ready()
    reviewer.press("n")
    assert reviewer.shown == before, "the choice is kept"
    assert Case.objects.get(pk=honest.pk).state == State.IDENTITY_REVIEW


def test_two_reviewers_on_one_case(chen, at_work):
    case = make.case("identity_review")
    make.person(case.merchant)
    he = people.reviewer(name="何望舒", email="he@example.com", language="en")
    first, second = at_work(chen, page_of(case)), at_work(he, page_of(case))
    second.page.get_by_text("陈知秋 has this case open now.").wait_for()
    first.page.reload()
    first.page.get_by_text("何望舒 has this case open now.").wait_for()
    first.page.get_by_role("button", name="Take it").press("Enter")
    first.page.get_by_text("This case is yours now.").wait_for()
    second.page.get_by_role("button", name="Take it").press("Enter")
    second.page.get_by_text("陈知秋 has taken this case. Choose another one, or talk to them.").wait_for()
    second.ready()
    first.ready()
    first.moves_on("a")
    first.page.get_by_text("Approved.").wait_for()
    second.moves_on("a")
    second.page.get_by_text("A colleague changed this case a moment ago.").wait_for()
    assert Case.objects.get(pk=case.pk).state == State.APPLICATION


def test_a_warning_before_it_goes_back_and_a_key_keeps_it(chen, at_work, settings):
    settings.REVIEW_IDLE_MINUTES, settings.REVIEW_IDLE_WARNING_MINUTES = 30, 5
    case = make.case("identity_review")
    reviewer = at_work(chen, page_of(case))
    reviewer.page.get_by_role("button", name="Take it").press("Enter")
    reviewer.page.get_by_text("This case is yours now.").wait_for()
    reviewer.ready()
    reviewer.page.wait_for_load_state("networkidle")
    settings.REVIEW_IDLE_WARNING_MINUTES = 60  # from the first minute on
    reviewer.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    reviewer.page.get_by_text("goes back into the queue in 29 minutes").wait_for()
    settings.REVIEW_IDLE_WARNING_MINUTES = 5
    reviewer.press("Shift")
    reviewer.page.get_by_text("goes back into the queue").wait_for(state="detached")

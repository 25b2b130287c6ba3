"""A returned case as its merchant mends it: on a phone of 360 pixels, by finger, in Chinese; then the reviewer's next
round, with what changed."""

import re

import pytest
from django.urls import reverse

from desk.demo import papers
from desk.demo import people as demo
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from onboarding import services
from onboarding.flow import State
from onboarding.models import Case, Document, Merchant, Reason
from onboarding.rules import Who
from onboarding.tasks import examine, screening
from tests import people
from tests.journey.visitor import BUTTON, Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
RIGHT, WRONG = "虚构市小满面馆有限公司", "虚构市小满面店有限公司"
FIELD, PAPER = "field:merchant.name", "document:business_licence"
NOTE = "执照右下角反光，看不清日期。"
NEW_SEED = 90_001  # of the drawing: another photograph of the same licence


class Phone(Visitor):
    """Touched, never clicked; each page it comes to is measured and kept in mind."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.passed: list[str] = []

    def look(self) -> None:
        super().look()
        self.passed.append(self.path)

    def click(self, form) -> None:
        self._taps(form.locator(BUTTON).first)

    def follow(self, name: str, *args) -> None:
        self._taps(self.page.locator(f"main a[href^='{reverse(name, args=args)}']:visible").first)

    def _taps(self, target) -> None:
        with self.page.expect_navigation():
            target.tap()
        self.look()

    @property
    def links(self) -> list[str]:
        """Where the page leads."""
        return self.page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")


@pytest.fixture
def walk():
    """A company whose application stands at the identity review; it has mistyped its name by one character."""
    made = FullWalk(Shop(1, "enterprise", RIGHT, "小满面馆", "刘小满"), demo.staff())
    made.to(State.IDENTITY_REVIEW)
    Merchant.objects.filter(pk=made.case.merchant_id).update(name=WRONG)
    return made


@pytest.fixture
def returned(walk) -> Case:
    reviewer = walk.staff[Who.REVIEWER]
    services.mark(walk.case.pk, FIELD, "name_mismatch", by=reviewer)
    services.mark(walk.case.pk, PAPER, "glare", by=reviewer, note=NOTE)
    services.advance(walk.case.pk, "return_identity", by=reviewer)
    return walk.case


@pytest.fixture
def liu(new_page, client, live_server, walk) -> Phone:
    client.force_login(walk.owner)
    page = new_page(width=360, height=800, has_touch=True, is_mobile=True)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return Phone(page)


@pytest.fixture
def chen(new_page) -> Visitor:
    chen = people.reviewer(name="陈知秋")
    return Visitor(new_page()).sign_in(chen.email, people.PASSWORD)


def test_the_merchant_mends_it_and_the_reviewer_sees_what_changed(walk, returned, liu, chen, tmp_path):
    ref = returned.ref
    finds_out_what_is_asked(liu, ref)
    mends_the_name(liu, ref)
    new = photographs_the_licence_again(liu, walk, tmp_path)
    nothing_else_is_open(liu, ref)
    hands_in_again(liu, ref)
    assert len(set(liu.passed)) >= 6, liu.passed

    screening.screen()
    now = Case.objects.get(pk=returned.pk)
    assert (now.ref, now.state, now.round) == (ref, State.IDENTITY_REVIEW, 2)
    reviewer_sees_what_changed(chen, now, new)


def finds_out_what_is_asked(liu: Phone, ref: str) -> None:
    """From the first page: whose turn it is, until when, and each of the two things by its own link."""
    liu.go("home")
    liu.look()
    turn = liu.page.locator("section.need").first
    assert "退回" in turn.inner_text() and turn.locator("time").count() == 1
    asked = turn.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert reverse("identity_business", args=[ref]) in asked
    assert reverse("identity_document", args=[ref, "business_licence"]) in asked


def reads_why(liu: Phone, code: str, *more: str) -> None:
    """Reason, remedy, and the drawn or written example, above what is to be done."""
    reason = Reason.objects.get(code=code)
    liu.reads(reason.sentence_zh, reason.remedy_zh, *more)
    assert liu.page.locator("section.need.bad [role=group] figure").count() == 2, "how it must not be, and how it is"


def mends_the_name(liu: Phone, ref: str) -> None:
    liu.follow("identity_business", ref)
    reads_why(liu, "name_mismatch")
    fields = liu.page.locator("main form[method=post] :is(input, select, textarea):not([type=hidden])")
    assert fields.evaluate_all("all => all.map(one => one.name)") == ["name"], "the marked one alone"
    assert fields.input_value() == WRONG
    liu.fill(name=RIGHT)
    liu.save()
    assert Merchant.objects.get().name == RIGHT


def photographs_the_licence_again(liu: Phone, walk: FullWalk, folder) -> Document:
    """The page after the name is the next thing that was asked for."""
    assert liu.at("identity_document", walk.case.ref, "business_licence"), liu.path
    reads_why(liu, "glare", NOTE)
    file = folder / "IMG_0001.jpg"
    file.write_bytes(papers.draw("business_licence", walk.shop.about(), NEW_SEED).jpeg())
    with liu.page.expect_navigation():
        liu.page.set_input_files("input[type=file]", str(file))
    liu.look()
    new = Document.objects.get(kind="business_licence", replaced_at=None)
    assert liu.sees("section.need.us [role=group] figure") and not liu.sees("section.need.bad"), "no more reproach"
    examine(new.pk)
    liu.page.locator(".upload progress").wait_for(state="detached")
    liu.look()
    assert liu.sees(".upload.good img.thumb") and not liu.sees(".note.warn")
    return new


def nothing_else_is_open(liu: Phone, ref: str) -> None:
    """Every other page of the step shows and takes nothing."""
    for name in ("identity_person", "identity_handler", "identity_owners"):
        liu.go(name, ref)
        assert liu.at("identity", ref), f"{name} sends back to the list"
    liu.look()
    liu.go("identity_document", ref, "id_portrait")
    liu.look()
    assert liu.sees("img.thumb") and not liu.sees("input[type=file], main form")


def hands_in_again(liu: Phone, ref: str) -> None:
    liu.go("identity", ref)
    liu.follow("identity_check", ref)
    liu.reads(RIGHT)
    changeable = [
        link for link in liu.links if re.search(r"/identity/(business|person|handler|owners|documents)", link)
    ]
    assert {link.split("?")[0] for link in changeable} == {
        reverse("identity_business", args=[ref]),
        reverse("identity_document", args=[ref, "business_licence"]),
    }
    liu.press("submit_identity", ref)
    assert liu.at("case", ref), liu.page.locator("main").inner_text()
    assert Case.objects.get(ref=ref).state == State.IDENTITY_SCREENING
    assert liu.page.locator("section.need").first.evaluate("one => one.classList.contains('us')"), "our turn now"


def reviewer_sees_what_changed(chen: Visitor, case: Case, new: Document) -> None:
    """Old beside new, for the field and for the paper."""
    chen.page.goto(reverse("admin:onboarding_case_change", args=[case.ref]))
    chen.look()
    rows = chen.page.locator("table.diff.as-cards tr.is-diff")
    assert rows.count() == 2
    name = rows.filter(has_text=WRONG)
    assert (name.locator("s").inner_text(), name.locator("td b").inner_text()) == (WRONG, RIGHT)
    paper = rows.filter(has=chen.page.locator("img"))
    old = Document.objects.exclude(replaced_at=None).get(kind="business_licence", removed_at=None)
    shown = paper.locator("img").evaluate_all("all => all.map(one => one.getAttribute('src'))")
    assert shown == [reverse("document_thumbnail", args=[one.pk, 1]) for one in (old, new)]
    paper.scroll_into_view_if_needed()
    for picture in paper.locator("img").all():
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")

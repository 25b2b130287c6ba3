"""How many queries each page makes: every address of the URLconf that somebody can open.

The counts are recorded in query_counts.json per crowd and page (the highest over the states of a case). They are the
same with one child and with fifty of everything. `RECORD_QUERIES=1` writes the file anew; a change of it is read in
review like any other. A new page that no crowd can open here fails: bring the world to it, or say why in NOT_OPENED.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from devices.models import AcceptanceTest, Terminal, VisitPhoto
from onboarding import services, workdays
from onboarding.facts import kept
from onboarding.flow import State
from onboarding.models import Case, Document, Invitation, Membership, Person
from onboarding.rules import Who
from support import services as support
from tests import make, people
from tests.world import TABLE, Address, World, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FILE = Path(__file__).with_name("query_counts.json")
RECORD = bool(os.environ.get("RECORD_QUERIES"))
MANY = 50
LIMITS = {"merchant": 15, "everybody": 15, "administrator": 60}  # queries of a page; of everybody else's STAFF
STAFF = 25
WORKBENCH = "admin:onboarding_case_change", 30
MADE_ON_FIRST_SIGHT = {"agreement", "order"}  # the first reader makes the row: counted from the second on
ONCE = {"account_logout", "admin:logout"}  # reading it may end the session
NOT_OPENED = {  # pattern of names -> why nobody opens it here
    "account_.*|mfa_.*|new_password|resume": "needs a step of signing in before it",
    "admin:login": "shows the door of allauth",
    "admin:(view_on_site|autocomplete|onboarding_case_(add|delete))": "answers only to what our tables do not use",
    "admin:(unmask|add_note|mark|unmark|claim|release|rerun)|unmask": "leads back to the case",
    "(take_back|correct|send)_invitation|.*_(remove|restore|turn)|identity_owner_add": "leads back to the page of it",
    "claim": "needs the key of an invitation",
    "order_paid|complete_registration|submit_.*|sign_agreement": "leads on to another page",
    "admin:uphold|appeal.*": "only after a rejection",
    "reopen|finish_closing": "only for a case that has ended or is ending",
    "on_phone|handover_qr|join_handover|(begin|leave|end)_handover": "only while two devices are tied",
    "article|outbox_.*|styleguide": "no such row, or not in production",
    "readyz": "tells of the parts; 503 without a worker",
}
GROWN = (State.IDENTITY, State.APPLICATION, State.IDENTITY_REVIEW, State.LIVE)
WALKS = (State.IDENTITY, State.APPLICATION, State.SIGNING, State.ORDERING, State.INSTALLATION)
WHOLE = ("everybody", "merchant", Who.REVIEWER, Who.ADMINISTRATOR)  # the others walk the pages of their own work
ROLES = (
    Who.REVIEWER, Who.CALL_CENTRE_AGENT, Who.SALES_AGENT, Who.TECHNICIAN, Who.DISPATCHER, Who.WAREHOUSE_CLERK,
    Who.OPERATIONS_MANAGER, Who.ADMINISTRATOR,
)  # fmt: skip


class Crowd:
    """Somebody, and the case whose pages they open."""

    def __init__(self, name: str, user, case: Case) -> None:
        self.name, self.user, self.case = name, user, case


class Everything(World):
    """A world with a case in every state that has pages of its own, each of another merchant."""

    def __init__(self) -> None:
        super().__init__()
        merchants = [self._begun(number, state) for number, state in enumerate(WALKS, 2)]
        starter = people.merchant()
        fresh = make.case(State.REGISTRATION, by=starter)
        review = self._walked(9).to(State.IDENTITY_REVIEW)
        self.crowds = [
            Crowd("everybody", None, self.case),
            Crowd("merchant", self.owner, self.case),
            Crowd("merchant", starter, fresh),
            *(Crowd("merchant", walk.owner, walk.case) for walk in merchants),
            *(Crowd(who, self.staff[who], review if who is Who.REVIEWER else self.case) for who in ROLES),
        ]

    def _walked(self, number: int) -> FullWalk:
        return FullWalk(
            Shop(number, "enterprise", f"虚构市{number}号面馆有限公司", f"{number}号面馆", "刘满"), self.staff
        )

    def _begun(self, number: int, state: State) -> FullWalk:
        """At this state, with its papers and answers there and not handed in."""
        walk = self._walked(number)
        walk.to(state)
        if state in (State.IDENTITY, State.APPLICATION):
            walk.fire = lambda *args, **kwargs: None
            walk.steps()[state]()
        return walk

    def pages(self, crowd: Crowd) -> Iterator[tuple[Address, str]]:
        """What this crowd may ask for; the tables of the admin are walked by the administrator alone."""
        whole, self.case = self.case, crowd.case
        page = crowd.case.documents.first() or whole.documents.first()
        person = Person.objects.filter(merchant=crowd.case.merchant).first() or Person.objects.first()
        known = {"document": page.pk, "owner": person.pk, "row": person.pk}
        for address in addresses():
            in_admin = address.name.startswith("admin:")
            if address.name in ONCE or in_admin and crowd.name in ("everybody", "merchant", "sales_agent"):
                continue
            if crowd.name not in WHOLE and address.route.startswith(("cases/", "accounts/", "me/", "admin/")):
                continue
            if TABLE.match(address.name) and not (crowd.name == Who.ADMINISTRATOR and address.name.endswith("list")):
                continue
            if crowd.name != "merchant" or crowd.case == whole or address.route.startswith("cases/"):
                yield address, address.url({**self.values(address), **known})
        self.case = whole

    def grow(self) -> None:
        """Fifty more of everything that a page may list."""
        members = [people.merchant() for _number in range(MANY)]
        for crowd in self.crowds:
            if crowd.case.state in GROWN and crowd.name in ("merchant", Who.REVIEWER):
                self._grown(crowd.case, members)
        for member in members:
            make.case("identity_review", by=member)
        for number in range(MANY):
            support.open_ticket(self.case.pk, by=self.owner, subject=f"问题 {number}", text="打印不清楚")
        self._more_terminals()

    def _grown(self, case: Case, members: list) -> None:
        reviewer = self.staff[Who.REVIEWER]
        for number in range(MANY):
            services.record(case.pk, "called", by=reviewer, data={"number": number})
            services.add_note(case.pk, f"已电话联系 {number}", by=reviewer)
        more_documents(case)
        owner = {"merchant": case.merchant, "role": Person.Role.BENEFICIAL_OWNER, "name": "刘股东"}
        for member in members:
            Person.objects.create(**owner)
            Membership.objects.create(merchant=case.merchant, user=member, role=Membership.Role.CASHIER)
        for number in range(MANY):
            Invitation.objects.create(
                case=case, merchant=case.merchant, role="cashier", invited_by=case.opened_by or reviewer,
                address=f"+86191{case.pk:04d}{number:04d}",
            )  # fmt: skip

    def _more_terminals(self) -> None:
        test = AcceptanceTest.objects.filter(rollout__case=self.case).first()
        terminal, photo = test.terminal, VisitPhoto.objects.first()
        for number in range(MANY):
            terminal.pk, terminal.serial = None, f"99999902MANY{number:06d}"
            terminal.save(force_insert=True)
            test.pk, test.terminal = None, terminal
            test.save(force_insert=True)
            photo.pk = None
            photo.save(force_insert=True)
        assert Terminal.objects.filter(line__order__rollout__case=self.case).count() > MANY


def more_documents(case: Case) -> None:
    """Fifty more parts of one paper, each with its page."""
    first = Document.objects.filter(case=case).first()
    page = first.pages.first() if first else None
    for number in range(MANY if first else 0):
        first.pk, first.part = None, number + 50
        first.save(force_insert=True)
        page.pk, page.document = None, first
        page.save(force_insert=True)


@pytest.fixture
def world(monkeypatch) -> Everything:
    monkeypatch.setattr(kept, "_tick", lambda: 0)  # tables that are kept for minutes are read before, not in between
    monkeypatch.setattr(workdays, "KEPT_SECONDS", 10**9)
    return Everything()


class Counts:
    """Crowd and page -> the highest count; which pages only take POST; which answer nobody with a page."""

    def __init__(self, world: Everything, only: "Counts | None" = None) -> None:
        self.only = only  # the pages that were opened before
        self.of: dict[tuple[int, str], int] = {}
        self.acting, self.asked = set(), set()
        for number, crowd in enumerate(world.crowds):
            self._walk(number, crowd, world)

    def _walk(self, number: int, crowd: Crowd, world: Everything) -> None:
        client = Client(raise_request_exception=False)
        if crowd.user:
            client.force_login(crowd.user)
            client.get("/me/")  # the first page of a session notes when somebody was seen
        pages = list(world.pages(crowd))
        for address, url in pages:
            if address.name in MADE_ON_FIRST_SIGHT:
                client.get(url)
        for address, url in pages:
            if self.only and (number, address.name) not in self.only.of or address.name in self.acting:
                continue
            self.asked.add(address.name)
            ContentType.objects.clear_cache()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(url)
            if answer.status_code == 405:
                self.acting.add(address.name)
            elif answer.status_code == 200:
                self.of[number, address.name] = len(queries)

    def recorded(self, world: Everything) -> dict[str, dict[str, int]]:
        """As query_counts.json has them."""
        found: dict[str, dict[str, int]] = {}
        for (number, page), count in sorted(self.of.items()):
            mine = found.setdefault(str(world.crowds[number].name), {})
            mine[page] = max(count, mine.get(page, 0))
        return found


def test_every_page_asks_little_and_no_more_for_fifty(world):
    few = Counts(world)
    world.grow()
    many = Counts(world, only=few)
    grown = {
        f"{world.crowds[number].name} {page}": (count, many.of[number, page])
        for (number, page), count in few.of.items()
        if many.of.get((number, page), 0) > count
    }
    counts = few.recorded(world)
    if RECORD:
        FILE.write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n")
    assert (grown, dear(counts), unopened(few)) == ({}, [], set()), "more for fifty; too dear; opened by nobody"
    assert counts == json.loads(FILE.read_text())


def dear(counts: dict[str, dict[str, int]]) -> list[str]:
    return [
        f"{who} {page}: {count}"
        for who, pages in counts.items()
        for page, count in pages.items()
        if count > (WORKBENCH[1] if page == WORKBENCH[0] else LIMITS.get(who, STAFF))
    ]


def unopened(counts: Counts) -> set[str]:
    opened = {page for _number, page in counts.of}
    patterns = [re.compile(one) for one in NOT_OPENED]
    rest = counts.asked - opened - counts.acting
    return {one for one in rest if not any(pattern.fullmatch(one) for pattern in patterns)}

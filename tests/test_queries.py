"""How many queries a page makes: recorded in query_counts.json, and the same for one child and for fifty.

`RECORD_QUERIES=1` writes the file anew; a change of it is read in review like any other.
"""

import json
import os
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.demo import people as demo
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from devices import demo as devices
from devices.models import Visit
from onboarding import services
from onboarding.flow import State
from onboarding.models import Document
from onboarding.rules import Who
from support import services as support
from tests import make, people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FILE = Path(__file__).with_name("query_counts.json")
RECORD = bool(os.environ.get("RECORD_QUERIES"))
MANY = 50


@pytest.fixture
def staff():
    devices.seed()
    return demo.staff()


@pytest.fixture
def walk(staff):
    return FullWalk(Shop(1, "enterprise", "虚构市小满面馆有限公司", "小满面馆", "刘小满"), staff)


def counted(user, url: str) -> int:
    """Queries of a page that has been opened before."""
    client = Client()
    client.force_login(user)
    assert client.get(url).status_code == 200, url
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def same(page: str, user, url: str, grow) -> None:
    """The recorded count of `page`, before and after `grow` has added fifty of everything on it."""
    one = counted(user, url)
    grow()
    many = counted(user, url)
    assert many <= one, f"{page}: {one} queries with one child, {many} with {MANY + 1}"
    recorded = json.loads(FILE.read_text()) if FILE.exists() else {}
    if RECORD:
        FILE.write_text(json.dumps({**recorded, page: one}, indent=1, sort_keys=True) + "\n")
    else:
        assert recorded.get(page) == one, f"{page}: {one} queries, recorded are {recorded.get(page)}"


def more_entries(case, by) -> None:
    for number in range(MANY):
        services.record(case.pk, "called", by=by, data={"number": number})


def more_notes(case, by) -> None:
    for number in range(MANY):
        services.add_note(case.pk, f"已电话联系 {number}", by=by)


def more_documents(case) -> None:
    """Fifty more parts of one paper, each with its page."""
    first = Document.objects.filter(case=case).first()
    page = first.pages.first()
    for number in range(MANY):
        first.pk, first.part = None, number + 2
        first.save(force_insert=True)
        page.pk, page.document = None, first
        page.save(force_insert=True)


def more_cases(state: str, by=None) -> None:
    for _number in range(MANY):
        make.case(state, by=by or people.merchant())


def test_home(walk):
    case = walk.to(State.IDENTITY)
    make.case("identity", by=walk.owner)
    same("home", walk.owner, reverse("home"), lambda: more_cases("identity", walk.owner))
    assert case


def test_case_page(walk, staff):
    case = walk.to(State.LIVE)
    same("case", walk.owner, case.get_absolute_url(), lambda: more_entries(case, staff[Who.REVIEWER]))


def test_case_page_of_staff(walk, staff):
    case = walk.to(State.LIVE)
    reviewer = staff[Who.REVIEWER]
    same("case_of_staff", reviewer, case.get_absolute_url(), lambda: more_entries(case, reviewer))


@pytest.mark.parametrize("page", ["desk", "desk_cases", "desk_late"])
def test_desk(staff, page):
    make.case("identity_review", by=people.merchant())
    same(page, staff[Who.OPERATIONS_MANAGER], reverse(page), lambda: more_cases("identity_review"))


@pytest.mark.parametrize("page", ["tickets", "desk_tickets"])
def test_tickets(staff, page):
    liu = people.liu()
    case = make.case("live", by=liu)

    def ask(times: int) -> None:
        for number in range(times):
            support.open_ticket(case.pk, by=liu, subject=f"问题 {case.tickets.count()} {number}", text="打印不清楚")

    ask(1)
    same(page, liu if page == "tickets" else staff[Who.SUPPORT_AGENT], reverse(page), lambda: ask(MANY))


def test_visit(walk, staff):
    case = walk.to(State.LIVE)
    visit = Visit.objects.get(rollout__case=case)
    url = reverse("visit", args=[visit.pk])
    same("visit", staff[Who.TECHNICIAN], url, lambda: more_entries(case, staff[Who.REVIEWER]))


def test_queue(staff):
    make.case("identity_review", by=people.merchant())
    url = reverse("admin:onboarding_case_changelist")
    same("queue", staff[Who.REVIEWER], url, lambda: more_cases("identity_review"))


def test_workbench(walk, staff):
    case = walk.to(State.IDENTITY_REVIEW)
    reviewer = staff[Who.REVIEWER]

    def grow() -> None:
        more_entries(case, reviewer)
        more_notes(case, reviewer)
        more_documents(case)

    same("workbench", reviewer, reverse("admin:onboarding_case_change", args=[case.ref]), grow)

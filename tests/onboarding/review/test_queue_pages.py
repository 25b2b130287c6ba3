"""The queue's pages by key: every case once and in order, however they move meanwhile, and no page dearer."""

import datetime
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from onboarding import services
from onboarding.admin.case import CaseAdmin
from onboarding.admin.review import queue
from onboarding.flow import REVIEWS
from onboarding.models import Case
from onboarding.services import handling
from tests import make, people

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:onboarding_case_changelist")
A_PAGE = 3
STRANGE = (
    "", "x", "0", "0.1", "1.1.1", "2.1", "9.1.1", "-1.1", "0.1.2.3", "0.999999999999999999.1",
    "0.-999999999999999999.1", "0.1.9999999999999999999", "0.٣.1", "0.1.1\x00", "0.1.1 ", "1.5;--", "9" * 5000,
)  # fmt: skip


@pytest.fixture
def client(reviewer, signed_in, monkeypatch):
    monkeypatch.setattr(CaseAdmin, "list_per_page", A_PAGE)
    return signed_in(reviewer)


@pytest.fixture
def look(client):
    """The list as one address shows it."""
    return lambda url="": client.get(QUEUE + url).context["cl"]


def waiting(*hours: int | None) -> list[Case]:
    """Cases due so many hours from one moment; None: nobody has promised anything."""
    now, owner = timezone.now(), people.merchant()
    due = [None if one is None else now + datetime.timedelta(hours=one) for one in hours]
    return [make.case("identity_review", by=owner, of=make.merchant(uscc=""), due_at=one) for one in due]


def walk(look, url: str, way: str) -> list[list[Case]]:
    """Every page from this one on."""
    pages = [look(url)]
    while further := getattr(pages[-1], way):
        pages.append(look(further))
    return [page.result_list for page in pages]


def test_forward_and_back_every_case_stands_once_and_what_has_no_promise_last(look):
    made = waiting(5, None, 1, 1, 1, 1, None, -2, 9, None, None)
    ordered = [made[number] for number in (7, 2, 3, 4, 5, 0, 8, 1, 6, 9, 10)]
    pages = [ordered[start : start + A_PAGE] for start in range(0, len(ordered), A_PAGE)]
    assert walk(look, "", "next_url") == pages
    last = look(look(look(look().next_url).next_url).next_url)
    assert last.result_list == pages[-1] and last.next_url == ""
    assert walk(look, last.previous_url, "previous_url") == pages[-2::-1]
    assert look(last.first_url).result_list == pages[0] and look().previous_url == look().first_url == ""
    assert queue.upcoming(people.reviewer()) == ordered[: queue.NEXT]
    assert list(handling.free_for(people.reviewer())) == ordered


def test_the_same_order_whatever_the_address_says_about_sorting(look, client):
    made = waiting(3, 2, 1, 0)
    assert look("?o=-1.4").result_list == look("?p=1").result_list == [made[3], made[2], made[1]]
    assert "o=" not in look("?o=-1.4").next_url
    assert "sortable" not in client.get(QUEUE).content.decode()


def test_links_keep_filter_and_search_and_a_filter_begins_at_the_beginning(look, client):
    waiting(*range(7))
    Case.objects.update(risk_tier="high")
    first = look("?at=identity_review&risk_tier__exact=high&q=小满")
    second = look(first.next_url)
    assert len(second.result_list) == A_PAGE
    for url in (first.next_url, second.previous_url, second.next_url, second.first_url):
        assert "at=identity_review" in url and "risk_tier__exact=high" in url and "q=%E5%B0%8F%E6%BB%A1" in url
    assert "after" not in second.first_url and "before" not in second.next_url
    page = client.get(QUEUE + second.next_url).content.decode()
    filters = page[page.index('id="changelist-filter"') :]
    assert "risk_tier__exact=low" in filters and "after=" not in filters
    assert 'name="after"' not in page, "a search begins at the beginning as well"


@pytest.mark.parametrize("way", ["after", "before"])
def test_a_place_that_we_never_said_is_the_first_page(look, client, way):
    made = waiting(0, 1, 2, 3)
    for said in STRANGE:
        answer = client.get(QUEUE, {way: said})
        assert (answer.status_code, answer.context["cl"].result_list) == (200, made[:A_PAGE]), said
    assert look("?after=0.1.1&after=x").result_list == made[:A_PAGE]


def test_a_case_that_moves_between_two_pages_is_neither_an_error_nor_there_twice(look):
    made = waiting(*range(7))
    second = look().next_url
    make.put(made[2], "identity_returned")  # the one that the place is named after
    make.put(made[0], "identity_review", due_at=made[4].due_at)
    assert look(second).result_list == [made[3], made[0], made[4]]
    make.put(made[5], "identity_review", due_at=made[0].due_at - datetime.timedelta(days=1))
    third = look(look(second).next_url)
    assert third.result_list == [made[6]]
    assert look(third.previous_url).result_list == [made[3], made[0], made[4]]


def test_a_page_that_has_become_empty_is_the_first_one(look, reviewer):
    made = waiting(*range(4))
    further = look("?whose=free").next_url
    services.claim(made[3].pk, by=reviewer)
    shown = look(further)
    assert (shown.result_list, shown.previous_url, shown.next_url) == (made[:A_PAGE], "", "")


def test_back_where_less_than_a_page_is_left_is_a_whole_first_page(look, reviewer):
    made = waiting(*range(6))
    back = look(look("?whose=free").next_url).previous_url
    services.claim(made[0].pk, by=reviewer)
    assert look(back).result_list == made[1:4] and look(back).previous_url == ""


def test_how_many_there_are_is_told_where_all_are_shown(client):
    waiting(1, 2)
    assert "2 cases" in client.get(QUEUE).content.decode()
    waiting(3, 4)
    page = client.get(QUEUE).content.decode()
    assert "3 cases" not in page and "Next page" in page and "Previous page" not in page


# What the database does for it -----------------------------------------------------------------------------------

INDEXES = {
    "": "queue_waiting",
    "?whose=free": "queue_free",
    "?whose=late": "queue_waiting",
    "?risk_tier__exact=high": "queue_waiting",
    "?at=identity_review": "queue_identity_review|case_queue",
}


@pytest.fixture
def many(reviewer):
    """3,000 cases that wait, a third of them taken, among as many that do not; the planner knows about them."""
    with transaction.atomic():  # taken back before anybody asks for their entries
        make.many_cases(6_000, [*REVIEWS, "live", "ordering", "application", "closed"], reviewer)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE onboarding_case")
        yield
        transaction.set_rollback(True)


@pytest.mark.postgres
def test_pages_and_the_next_case_are_read_from_an_index_and_nothing_is_sorted(many, reviewer, signed_in):
    """By the planner's own choice, on the first page and on deep ones, forward and back."""
    client = signed_in(reviewer)
    for view, index in INDEXES.items():
        rows = list(client.get(QUEUE + view).context["cl"].queryset.by_promise())
        deep = QUEUE + view + ("&" if view else "?")
        place = place_of(rows[-200])
        for url in (QUEUE + view, f"{deep}after={place}", f"{deep}before={place}"):
            plan = planned(client, url)
            assert read_from(index, plan) and in_order(plan), plan
            assert url == QUEUE + view or re.search(r"Index Cond: .*\(ROW\(.*due_at, .*id\) [<>] ROW", plan), plan
    free = handling.free_for(reviewer)[:1].explain()
    assert read_from("queue_free", free) and in_order(free), free


def place_of(case: Case) -> str:
    """What a link says about a page that begins after this case, or ends before it."""
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    return f"0.{(case.due_at - epoch) // datetime.timedelta(microseconds=1)}.{case.pk}"


def planned(client, url: str) -> str:
    """How PostgreSQL reads the rows of this page; it needs one query, and 51 rows of it."""
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(url).context["cl"].result_list) == CaseAdmin.list_per_page
    asked = [one["sql"] for one in queries.captured_queries if "ORDER BY" in one["sql"] and "LIMIT 51" in one["sql"]]
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + asked[0])
        return "\n".join(line for (line,) in cursor.fetchall())


def read_from(index: str, plan: str) -> bool:
    return re.search(rf"Index Scan (Backward )?using ({index}) on onboarding_case", plan) is not None


def in_order(plan: str) -> bool:
    return "Sort" not in plan and "Seq Scan on onboarding_case" not in plan

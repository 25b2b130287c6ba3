"""The queue: mine, free, late, by the day that was promised; its numbers; and what it tells a reviewer first."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from onboarding import services
from onboarding.models import Case
from tests import make, people

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:onboarding_case_changelist")


def waiting(hours: float) -> Case:
    due = timezone.now() + datetime.timedelta(hours=hours)
    return make.case("identity_review", by=people.merchant(), due_at=due)


@pytest.fixture
def shown(reviewer, signed_in):
    """The cases of one view of the queue, in their order."""
    client = signed_in(reviewer)
    return lambda view="": list(client.get(QUEUE + view).context["cl"].result_list)


def test_mine_free_late_and_by_promise(reviewer, shown):
    next_week, late, mine = waiting(24 * 6), waiting(-1), waiting(0)
    services.claim(mine.pk, by=reviewer)
    make.case("live", by=people.merchant())
    assert shown() == [late, mine, next_week], "the most urgent first"
    assert shown("?whose=mine") == [mine]
    assert shown("?whose=free") == [late, next_week]
    assert late in shown("?whose=late") and next_week not in shown("?whose=late")
    assert next_week not in shown("?promised=today") and late in shown("?promised=today")
    assert next_week in shown("?promised=week")


def test_its_numbers_are_those_of_the_views(reviewer, signed_in, shown):
    for hours in (-2, -1, 5, 6, 7):
        waiting(hours)
    services.claim_next(by=reviewer)
    page = signed_in(reviewer).get(QUEUE).content.decode()
    for view, number in (("", 5), ("?whose=mine", 1), ("?whose=free", 4), ("?whose=late", 2)):
        assert len(shown(view)) == number
        assert f"<b>{number}</b>" in page


def test_the_numbers_are_not_counted(reviewer, signed_in):
    """Whatever the number of cases: no count over all of them, and the same number of queries."""
    client = signed_in(reviewer)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        return [query["sql"] for query in queries.captured_queries]

    waiting(1)
    asked()
    few = asked()
    for _one in range(20):
        waiting(2)
    many = asked()
    assert len(many) == len(few)
    counts = [sql for sql in many if "COUNT(" in sql and "onboarding_case" in sql]
    assert counts and all("LIMIT" in sql for sql in counts), "only bounded ones"


def test_a_word_about_a_case_stands_above_the_queue_until_it_is_read(case, reviewer, signed_in, at):
    services.reassign(case.pk, to=reviewer, by=people.senior_reviewer(name="沈又青"), reason="请接手")
    client = signed_in(reviewer)
    assert "请接手" in client.get(QUEUE).content.decode()
    client.post(at("read_words", case))
    assert "请接手" not in client.get(QUEUE).content.decode()


def test_only_who_reviews_is_offered_the_next_case(case, reviewer, signed_in):
    address = reverse("admin:claim_next")
    assert address in signed_in(reviewer).get(QUEUE).content.decode()
    for role in ("auditor", "operations_manager", "risk_officer"):
        assert address not in signed_in(people.somebody(role)).get(QUEUE).content.decode()

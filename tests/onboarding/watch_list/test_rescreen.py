"""When a list is published, everybody with us is compared: in batches, resumable, each hit once, with its ten days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onboarding import tasks
from onboarding.models import Check, Merchant, Notice, Rescreening, WatchHit, WatchKey
from onboarding.tasks import rescreening
from tests import make, people
from tests.watching import NUMBER, line, published

pytestmark = pytest.mark.django_db


def shop(state="live", **fields):
    case = make.case(state, by=people.merchant())
    make.person(case.merchant, **fields)
    return case


def test_everybody_with_us_is_compared_and_nobody_else():
    live, review, draft, closed = (shop(state) for state in ("live", "identity_review", "identity", "closed"))
    row = published(line(name="刘小慢"))
    assert tasks.rescreen() == 2
    hits = {hit.case_id: hit for hit in WatchHit.objects.all()}
    assert set(hits) == {live.pk, review.pk}
    assert hits[live.pk].due_at == row.published_at + timedelta(days=10)
    job = Rescreening.objects.get(watchlist=row)
    assert (job.outcome, job.done, job.total) == ("done", 2, 2)
    assert draft.pk not in hits and closed.pk not in hits


def test_a_check_that_has_passed_says_so_no_more():
    case = shop("identity_review")
    check = make.check(case, "watch_list", "passed")
    published(line(name="谁也不像", identifiers=NUMBER))
    tasks.rescreen()
    check.refresh_from_db()
    assert (check.result, check.findings[0]["code"]) == ("failed", "watch_number")


def test_it_goes_on_where_a_killed_worker_stopped(monkeypatch):
    """Killed within the second batch, after its hits and before its row: the successor repeats that batch only."""
    for _number in range(5):
        shop()
    published(line(name="刘小慢"))
    monkeypatch.setattr(rescreening, "AT_ONCE", 2)
    real, seen = rescreening._compare, []

    def dies(merchants, listed):
        seen.append([one.pk for one in merchants])
        real(merchants, listed)
        if len(seen) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(rescreening, "_compare", dies)
    with pytest.raises(KeyboardInterrupt):
        tasks.rescreen()
    job = Rescreening.objects.get()
    assert (job.outcome, job.done, job.position) == ("due", 2, seen[0][-1])
    assert tasks.rescreen() == 0, "still its lease"
    Rescreening.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    tasks.rescreen()
    ids = list(Merchant.objects.order_by("pk").values_list("pk", flat=True))
    assert seen == [ids[:2], ids[2:4], ids[2:4], ids[4:]]
    assert WatchHit.objects.count() == 5 == len(set(WatchHit.objects.values_list("merchant", flat=True)))
    job.refresh_from_db()
    assert (job.outcome, job.done) == ("done", 5)


def test_a_fault_is_tried_again_and_given_up_in_the_end(monkeypatch, caplog):
    shop()
    published(line(name="刘小慢"))

    def breaks(*args):
        raise ValueError("刘小满")

    monkeypatch.setattr(rescreening, "_compare", breaks)
    for _time in range(Rescreening.MAX_ATTEMPTS + 1):
        tasks.rescreen()
        Rescreening.objects.update(due_at=timezone.now(), leased_until=None)
    assert Rescreening.objects.get().outcome == "failed" and "刘小满" not in caplog.text


def test_a_superseded_comparison_ends_and_its_keys_go():
    shop()
    first = published(line(name="刘小慢"))
    second = published(line("W-2", name="刘小满"))
    tasks.rescreen()
    assert list(Rescreening.objects.values_list("outcome", flat=True)) == ["done", "done"]
    assert WatchHit.objects.get().entry.watchlist == second
    assert not WatchKey.objects.filter(watchlist=first).exists()


def test_those_who_decide_are_reminded_once_before_the_day():
    officer, senior, reviewer = people.risk_officer(), people.senior_reviewer(), people.reviewer()
    case = shop()
    published(line(name="刘小慢"))
    tasks.rescreen()
    assert not Notice.objects.filter(template="watch_due").exists()
    WatchHit.objects.update(due_at=timezone.now() + timedelta(days=2))
    tasks.rescreen()
    tasks.rescreen()
    told = Notice.objects.filter(template="watch_due")
    assert set(told.values_list("recipient", flat=True)) >= {officer.pk, senior.pk}
    assert not told.filter(recipient__in=(reviewer.pk, case.opened_by_id)).exists()
    assert told.filter(recipient=officer).count() == 1
    assert Check.objects.count() == 0

"""A draft of the risk table tried on decided cases, batch by batch: who kills the worker loses at most one batch."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from onboarding.flow import State
from onboarding.models import BackTest, BackTestChange, Score
from onboarding.scoring import Route, Seen, Table, add_up, digest, read_table, route
from onboarding.tasks.claiming import claim, confirm, within

BUDGET = 80  # seconds; what is left goes on in the next job
AT_ONCE = 200
DUE, DONE, FAILED, CANCELLED = (
    BackTest.Outcome.DUE,
    BackTest.Outcome.DONE,
    BackTest.Outcome.FAILED,
    BackTest.Outcome.CANCELLED,
)


@shared_task(name="onboarding.back_test", time_limit=BackTest.TIME_LIMIT, soft_time_limit=BackTest.TIME_LIMIT - 10)
def back_test() -> int:
    """Go on with the back-tests that are due; returns how many cases were tried."""
    tried = 0
    for row in claim(BackTest.objects.filter(outcome=DUE).select_related("table"), 1):
        tried += _run(row)
    return tried


def _run(row: BackTest) -> int:
    """As far as the time allows. Stops when somebody stops it, another worker took it, or the draft has changed."""
    table = read_table(row.table)
    if row.attempts > BackTest.MAX_ATTEMPTS or digest(table) != row.digest:
        confirm(row, outcome=FAILED, ended_at=timezone.now())
        return 0
    _measure(row)
    before = row.done
    for _tick in within(BUDGET):
        batch = list(_left(row)[:AT_ONCE])
        if not batch:
            confirm(row, outcome=DONE, ended_at=timezone.now())
            return row.done - before
        if not _batch(row, table, batch):
            return row.done - before
    confirm(row, due_at=timezone.now(), attempts=0)
    return row.done - before


def _measure(row: BackTest) -> None:
    """Which cases belong to it, counted once."""
    if not row.last:
        row.last = _all().aggregate(last=Max("pk"))["last"] or 0
        row.total = _all().filter(pk__lte=row.last).count()
        BackTest.objects.filter(pk=row.pk).update(last=row.last, total=row.total)


def _all() -> QuerySet[Score]:
    return Score.objects.decided().exclude(facts={})


def _left(row: BackTest) -> QuerySet[Score]:
    return _all().filter(pk__gt=row.cursor, pk__lte=row.last).select_related("case").order_by("pk")


@dataclasses.dataclass(frozen=True, slots=True)
class Tried:
    """One decided step: as it was, and as the draft would have had it."""

    score: Score
    points: int
    tier: str
    old_route: Route
    route: Route

    @property
    def rejected(self) -> bool:
        return self.score.decided == "reject" or self.score.case.state == State.REJECTED

    @property
    def alarm(self) -> bool:
        return self.rejected and self.route is Route.MACHINE

    @property
    def changes(self) -> bool:
        return self.tier != self.score.tier or self.route is not self.old_route or self.alarm


def _tried(score: Score, table: Table) -> Tried:
    seen = Seen(**score.facts)
    total = add_up(seen, table)
    return Tried(score, total.points, total.tier, route(score.tier, seen), route(total.tier, seen))


def _batch(row: BackTest, table: Table, scores: list[Score]) -> bool:
    """One transaction: the changes and how far it is. False when the row is not ours to go on with."""
    results = [_tried(score, table) for score in scores]
    counts = _counted(row.counts, results)
    with transaction.atomic():
        mine = BackTest.objects.select_for_update().filter(pk=row.pk, outcome=DUE, leased_until=row.leased_until)
        if not mine.exists():
            return False
        BackTestChange.objects.bulk_create([_change(row, one) for one in results if one.changes])
        until = timezone.now() + BackTest.LEASE
        mine.update(cursor=scores[-1].pk, done=row.done + len(scores), counts=counts, leased_until=until, attempts=1)
    row.cursor, row.done, row.counts, row.leased_until = scores[-1].pk, row.done + len(scores), counts, until
    return True


def _change(row: BackTest, one: Tried) -> BackTestChange:
    return BackTestChange(
        test=row, score=one.score, points=one.points, tier=one.tier, old_route=one.old_route, route=one.route,
        alarm=one.alarm,
    )  # fmt: skip


def _counted(before: dict[str, Any], results: Iterable[Tried]) -> dict[str, Any]:
    """The counts so far with these: tiers and routes as "old>new", and the draft's way against the final decision."""
    names = ("tiers", "routes", "decisions", "alarms")
    counters = {name: Counter(before.get(name, {})) for name in names}
    for one in results:
        counters["tiers"][f"{one.score.tier}>{one.tier}"] += 1
        counters["routes"][f"{one.old_route}>{one.route}"] += 1
        counters["decisions"][f"{'rejected' if one.rejected else 'other'}>{one.route}"] += 1
        counters["alarms"]["rejected"] += one.alarm
    return {name: dict(counter) for name, counter in counters.items()}

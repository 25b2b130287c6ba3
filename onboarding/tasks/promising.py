"""Promises: remind the merchant once when time grows short; when we are late, say so, give a new date and escalate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from celery import shared_task
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from onboarding import services, workdays
from onboarding.flow import TURN
from onboarding.models import Case, Entry, Promise
from onboarding.rules import Who
from onboarding.tasks.claiming import within

BUDGET = 15  # seconds
AT_ONCE = 200  # rows of one query
REMEMBERED = timedelta(days=7)  # a reminder later than this would only confuse
MERCHANTS = [state for state, who in TURN.items() if who is Who.MERCHANT]


@shared_task(name="onboarding.promises", time_limit=50, soft_time_limit=40)
def promises() -> int:
    """Remind and escalate; returns how many cases."""
    told = 0
    late = ((services.miss_promise, case_id) for case_id in missed())
    soon = ((services.remind, case_id) for case_id in short_of_time())
    for _tick, (service, case_id) in zip(within(BUDGET), chain(late, soon), strict=False):
        told += service(case_id) is not None
    return told


def missed() -> Iterator[int]:
    """Cases on our side that are past their promise and have not said so in this state."""
    late = Case.objects.filter(due_at__lte=timezone.now(), due_at__gt=timezone.now() - REMEMBERED)
    yield from _not_yet(late.exclude(state__in=MERCHANTS), "promise_missed").values_list("pk", flat=True)[:AT_ONCE]


def short_of_time() -> Iterator[int]:
    """Cases where it is the merchant's turn, past their warn time, without a reminder in this state."""
    now = timezone.now()
    for row in Promise.objects.filter(kind="state", subject__in=MERCHANTS):
        began = now - timedelta(hours=row.warn_at_hours)
        here = Case.objects.filter(state=row.subject, since__lte=began, since__gt=began - REMEMBERED)
        if row.tier != "all":
            here = here.filter(risk_tier=row.tier)
        for pk, since in _not_yet(here, "reminded").values_list("pk", "since")[:AT_ONCE]:
            if warns_at(row, since) <= now:
                yield pk


def warns_at(row: Promise, since: datetime) -> datetime:
    """When time grows short for a case that entered its state at `since`."""
    if row.clock == "calendar":
        return since + timedelta(hours=row.warn_at_hours)
    return workdays.after_working_hours(since, row.warn_at_hours)[0]


def _not_yet(cases: QuerySet[Case], fact: str) -> QuerySet[Case]:
    said = Entry.objects.filter(case=OuterRef("pk"), verb=f"fact:{fact}", at__gte=OuterRef("since"))
    return cases.filter(~Exists(said)).order_by("due_at", "pk")

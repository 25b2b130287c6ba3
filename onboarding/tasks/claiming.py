"""How a worker takes rows that wait: claim in a short transaction, act outside of any, confirm if it is still ours."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from onboarding.models import BackTest, Check, Examination, Export, Notice, Rescreening, WatchList

Row = TypeVar("Row", BackTest, Notice, Check, Export, Examination, WatchList, Rescreening)
FIRST_WAIT, LONGEST_WAIT = 15, 600  # seconds between two attempts


def claim(rows: QuerySet[Row], most: int) -> list[Row]:
    """Up to `most` of the due rows, for this worker alone until the row's LEASE is over; counts the attempt.

    Two workers never get the same row: PostgreSQL skips what the other one has locked, SQLite lets one in at a time.
    """
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = rows.filter(free, due_at__lte=now).order_by("due_at", "id")
    if not due.exists():  # most rings find nothing: no lock for those
        return []
    with transaction.atomic():
        claimed = list(due.select_for_update(skip_locked=True, of=("self",))[:most])
        until = now + rows.model.LEASE
        rows.model._base_manager.filter(pk__in=[row.pk for row in claimed]).update(
            leased_until=until, attempts=F("attempts") + 1
        )
    for row in claimed:
        row.leased_until, row.attempts = until, row.attempts + 1
    return claimed


def confirm(row: Row, **values: Any) -> bool:
    """Write what became of a claimed row and let it go; False when the claim had run out and somebody else took it."""
    mine = type(row)._base_manager.filter(pk=row.pk, leased_until=row.leased_until)
    return mine.update(leased_until=None, **values) == 1


def release(row: Row) -> None:
    """Give a claimed row back untried."""
    confirm(row, attempts=F("attempts") - 1)


def wait(attempts: int) -> datetime:
    """When to try again: twice as long after each attempt, a quarter more or less by chance, ten minutes at most."""
    seconds = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts - 1, 10))
    return timezone.now() + timedelta(seconds=seconds * random.uniform(0.75, 1.25))


def within(seconds: float) -> Iterator[None]:
    """Yields until the time is used up: what a job has not begun by then is left to the next one."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield

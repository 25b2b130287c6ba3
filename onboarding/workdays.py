"""The Chinese working calendar, over the table `CalendarDay`; provisional for a year without official days."""

from __future__ import annotations

import time
from datetime import date, datetime
from functools import lru_cache

from onboarding.formats.calendar import Calendar, add_working_days, add_working_hours
from onboarding.models import CalendarDay

KEPT_SECONDS = 600  # a process reads the table again after ten minutes: it changes once a year


def calendar() -> Calendar:
    """Every day the table knows."""
    return _calendar(int(time.monotonic() // KEPT_SECONDS))


def forget() -> None:
    """Read the table again at the next question (after an import, and in tests)."""
    _calendar.cache_clear()


def after_working_hours(start: datetime, hours: float) -> tuple[datetime, bool]:
    """(the moment `hours` working hours after `start`, provisional)."""
    due = add_working_hours(calendar(), start, hours)
    return due.moment, due.provisional


def after_working_days(start: date, count: int) -> tuple[date, bool]:
    """(the `count`-th working day after `start`, provisional)."""
    due = add_working_days(calendar(), start, count)
    return due.day, due.provisional


@lru_cache(maxsize=1)
def _calendar(_tick: int) -> Calendar:
    return Calendar(dict(CalendarDay.objects.values_list("date", "kind")))

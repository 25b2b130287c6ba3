"""Working days and working hours in China over a given calendar: which days are holidays or make-up days is data.

A day that the calendar does not cover counts as working from Monday to Friday, and the answer says `provisional`: the
holidays of a year are announced only in the autumn before it. Settlement may follow a calendar of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = time(9), time(18)
WORKING = frozenset({"workday", "makeup"})
KINDS = WORKING | {"off", "holiday"}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day that was reckoned; provisional when a day on the way is not covered by the calendar."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class DueMoment:
    """An aware moment in Asia/Shanghai that was reckoned; provisional as in DueDay."""

    moment: datetime
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """Days and their kind: workday, makeup (a weekend day that is worked), off (weekend), holiday."""

    kinds: Mapping[date, str]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> "Calendar":
        """From rows with `date` (ISO) and `kind`, such as data/calendar.csv; ValueError for another date or kind."""
        kinds = {date.fromisoformat(row["date"]): row["kind"] for row in rows}
        if strange := set(kinds.values()) - KINDS:
            raise ValueError(f"unknown kinds of day: {sorted(strange)}")
        return cls(kinds)

    def covers(self, day: date) -> bool:
        """True when the calendar knows this day."""
        return day in self.kinds

    def works(self, day: date) -> bool:
        """True for a working day; Monday to Friday where the calendar does not cover the day."""
        return self.kinds[day] in WORKING if self.covers(day) else day.weekday() < 5

    @property
    def last_covered_year(self) -> int | None:
        """The latest year whose every day is known, or None."""
        counts: dict[int, int] = {}
        for day in self.kinds:
            counts[day.year] = counts.get(day.year, 0) + 1
        full = [year for year, n in counts.items() if n == (date(year, 12, 31) - date(year, 1, 1)).days + 1]
        return max(full, default=None)


def add_working_days(calendar: Calendar, start: date, n: int) -> DueDay:
    """The n-th working day after `start` (T+n); for n = 0 `start` itself, or the next working day if it is closed."""
    if n < 0:
        raise ValueError("n must not be negative")
    day = start if n == 0 else start + ONE_DAY
    left, provisional = max(n, 1), False
    while True:
        provisional |= not calendar.covers(day)
        left -= calendar.works(day)
        if not left:
            return DueDay(day, provisional)
        day += ONE_DAY


def add_working_hours(calendar: Calendar, start: datetime, hours: float) -> DueMoment:
    """The moment when `hours` working hours (9:00 to 18:00) have passed since `start`, which must be aware.

    What begins outside working hours counts from the next opening; what is due at closing time is due that evening.
    """
    if hours < 0:
        raise ValueError("hours must not be negative")
    local, left = _local(start), timedelta(hours=hours)
    due = add_working_days(calendar, local.date(), 0)
    moment, provisional = max(local, _at(due.day, OPENS)), due.provisional
    while moment + left > (closing := _at(moment.date(), CLOSES)):
        left -= max(closing - moment, timedelta(0))
        due = add_working_days(calendar, moment.date(), 1)
        moment, provisional = _at(due.day, OPENS), provisional or due.provisional
    return DueMoment(moment + left, provisional)


def working_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The working time from `start` to `end`, both aware; nothing when `end` is not later."""
    first, last = _local(start), _local(end)
    total, day = timedelta(0), first.date()
    while day <= last.date():
        if calendar.works(day):
            total += max(min(last, _at(day, CLOSES)) - max(first, _at(day, OPENS)), timedelta(0))
        day += ONE_DAY
    return total


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("the moment must be aware")
    return moment.astimezone(SHANGHAI)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SHANGHAI)

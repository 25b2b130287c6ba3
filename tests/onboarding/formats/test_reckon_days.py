"""Working days and hours: the vectors, and laws that hold for every start."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.data import rows
from onboarding.formats.calendar import (
    SHANGHAI,
    Calendar,
    DueDay,
    add_working_days,
    add_working_hours,
    working_time_between,
)

CALENDAR = Calendar.from_rows(rows("calendar.csv"))
days = st.dates(date(2025, 1, 1), date(2027, 3, 1))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 3, 1)).map(lambda moment: moment.replace(tzinfo=SHANGHAI))
counts = st.integers(1, 30)
hours = st.integers(0, 60)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("02-13", "02-14"),  # a Saturday that is worked
        ("02-14", "02-24"),
        ("04-30", "05-06"),
        ("05-08", "05-09"),
        ("09-18", "09-20"),  # a Sunday
        ("09-30", "10-08"),
        ("10-09", "10-10"),
        ("11-20", "11-23"),
    ],
)
def test_the_next_working_day(start, due):
    expected = DueDay(date.fromisoformat(f"2026-{due}"), provisional=False)
    assert add_working_days(CALENDAR, date.fromisoformat(f"2026-{start}"), 1) == expected


def test_an_uncovered_year_is_provisional():
    assert add_working_days(CALENDAR, date(2026, 12, 31), 1) == DueDay(date(2027, 1, 1), provisional=True)
    assert CALENDAR.last_covered_year == 2026
    assert not CALENDAR.covers(date(2027, 1, 1))
    assert Calendar({}).last_covered_year is None


def test_today_counts_when_no_day_is_added():
    assert add_working_days(CALENDAR, date(2026, 11, 23), 0).day == date(2026, 11, 23)
    assert add_working_days(CALENDAR, date(2026, 11, 21), 0).day == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "worked", "due"),
    [
        ("11-23T09:00", 4, "11-23T13:00"),
        ("11-23T09:00", 9, "11-23T18:00"),
        ("11-23T16:00", 4, "11-24T11:00"),
        ("11-23T07:00", 1, "11-23T10:00"),
        ("11-23T21:00", 1, "11-24T10:00"),
        ("11-21T12:00", 1, "11-23T10:00"),  # Saturday
        ("02-13T17:00", 2, "02-14T10:00"),  # into the Saturday that is worked
        ("02-14T17:00", 2, "02-24T10:00"),  # over the Spring Festival
        ("11-23T09:00", 0.5, "11-23T09:30"),
    ],
)
def test_working_hours(start, worked, due):
    reckoned = add_working_hours(CALENDAR, at(start), worked)
    assert (reckoned.moment, reckoned.provisional) == (at(due), False)


def test_hours_are_reckoned_in_china_whatever_the_zone_of_the_start():
    reckoned = add_working_hours(CALENDAR, datetime(2026, 11, 23, 1, tzinfo=UTC), 1)
    assert reckoned.moment == at("11-23T10:00")
    assert reckoned.moment.tzinfo is SHANGHAI


def test_hours_into_an_uncovered_year_are_provisional():
    assert add_working_hours(CALENDAR, at("12-31T17:00"), 2).provisional
    assert not add_working_hours(CALENDAR, at("12-31T17:00"), 1).provisional


def test_what_cannot_be_reckoned():
    with pytest.raises(ValueError):
        add_working_hours(CALENDAR, datetime(2026, 11, 23), 1)
    with pytest.raises(ValueError):
        add_working_hours(CALENDAR, at("11-23T09:00"), -1)
    with pytest.raises(ValueError):
        add_working_days(CALENDAR, date(2026, 11, 23), -1)
    with pytest.raises(ValueError):
        Calendar.from_rows([{"date": "2026-01-01", "kind": "party"}])


@given(days, counts, counts)
def test_days_add_up(start, first, second):
    halfway = add_working_days(CALENDAR, start, first)
    rest = add_working_days(CALENDAR, halfway.day, second)
    whole = add_working_days(CALENDAR, start, first + second)
    assert rest.day == whole.day > halfway.day > start
    assert whole.provisional == (halfway.provisional or rest.provisional)


@given(days, counts)
def test_exactly_n_days_are_worked_on_the_way(start, n):
    due = add_working_days(CALENDAR, start, n)
    between = [start + timedelta(days=i) for i in range(1, (due.day - start).days + 1)]
    assert sum(map(CALENDAR.works, between)) == n
    assert CALENDAR.works(due.day)
    assert due.provisional == any(not CALENDAR.covers(day) for day in between)


@given(moments, hours, hours)
def test_hours_add_up(start, first, second):
    halfway = add_working_hours(CALENDAR, start, first).moment
    assert (
        add_working_hours(CALENDAR, halfway, second).moment == add_working_hours(CALENDAR, start, first + second).moment
    )


@given(moments, hours)
def test_the_time_worked_until_the_due_moment_is_what_was_asked(start, worked):
    due = add_working_hours(CALENDAR, start, worked).moment
    assert working_time_between(CALENDAR, start, due) == timedelta(hours=worked)
    assert working_time_between(CALENDAR, due, start) <= timedelta(0) or due == start


@given(moments, moments, hours)
def test_who_begins_later_is_not_due_earlier(one, other, worked):
    early, late = sorted((one, other))
    assert add_working_hours(CALENDAR, early, worked).moment <= add_working_hours(CALENDAR, late, worked).moment

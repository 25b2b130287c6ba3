"""Pages of a long list by the keys of their first and last row: a deep page costs what the first one does.

A list is one section after the other, each in the ascending order of a key. Where a page begins travels in its address
as the number of the section and the values of the key, so a row that has moved meanwhile neither breaks a page nor
stands on it twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import DateTimeField, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

AFTER, BEFORE = "after", "before"  # in the address: the last row of the page before, the first row of the page behind
NUMBERS = re.compile(r"-?[0-9]{1,18}(\.-?[0-9]{1,18})+")  # 18 digits fit every database's integers
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Section:
    """The rows that fit `where`, by `key`: names of whole numbers and times, none null there, the last one unique.

    An index on `key` that knows of `where` makes a page as cheap as its rows.
    """

    where: Q
    key: tuple[str, ...]


PROMISED = Section(Q(due_at__isnull=False), ("due_at", "id"))
BY_PROMISE = (PROMISED, Section(Q(due_at__isnull=True), ("id",)))  # the soonest first, what has no promise last


@dataclass(frozen=True)
class Page:
    """`previous` and `next` are what BEFORE and AFTER have to be for the pages beside it; empty where there is none."""

    rows: list[Any]
    previous: str
    next: str

    def urls(self, asked: Mapping[str, Any]) -> dict[str, str]:
        """What includes/pages.html needs: addresses on the same list, with all else that was asked of it."""
        kept = {name: value for name, value in asked.items() if name not in (AFTER, BEFORE)}
        return {
            "first_url": f"?{urlencode(kept)}" if self.previous else "",
            "previous_url": f"?{urlencode({**kept, BEFORE: self.previous})}" if self.previous else "",
            "next_url": f"?{urlencode({**kept, AFTER: self.next})}" if self.next else "",
        }


def page(rows: QuerySet[Any], sections: Sequence[Section], asked: Mapping[str, Any], size: int) -> Page:
    """The page that `asked` names. The first one where it names none, or none that still is there; never an error."""
    book = _Book(rows, sections, size)
    return book.after(asked.get(AFTER, "")) or book.before(asked.get(BEFORE, "")) or book.first()


Found = list[tuple[int, Any]]  # each row with the number of its section
Place = tuple[int, list[Any]]


@dataclass(frozen=True)
class _Book:
    rows: QuerySet[Any]
    sections: Sequence[Section]
    size: int

    def first(self) -> Page:
        found = self._found((0, []))
        return self._page(found[: self.size], more_before=False, more_behind=len(found) > self.size)

    def after(self, said: str) -> Page | None:
        """None when nothing is there any more."""
        found = self._found(place) if (place := self._place(said)) else []
        more = len(found) > self.size
        return self._page(found[: self.size], more_before=True, more_behind=more) if found else None

    def before(self, said: str) -> Page | None:
        """None when less than a page is there: then the first page shows it, and is full."""
        found = self._found(place, back=True) if (place := self._place(said)) else []
        if len(found) < self.size:
            return None
        return self._page(found[: self.size][::-1], more_before=len(found) > self.size, more_behind=True)

    def _page(self, found: Found, more_before: bool, more_behind: bool) -> Page:
        previous = self._said(*found[0]) if more_before else ""
        following = self._said(*found[-1]) if more_behind else ""
        return Page([row for _number, row in found], previous, following)

    def _found(self, place: Place, back: bool = False) -> Found:
        """From the place on, or back from it, one row more than a page has."""
        number, key = place
        found: Found = []
        for one in range(number, -1, -1) if back else range(number, len(self.sections)):
            rows = self._in_section(one, key if one == number else [], back)
            found += [(one, row) for row in rows[: self.size + 1 - len(found)]]
            if len(found) > self.size:
                break
        return found

    def _in_section(self, number: int, key: list[Any], back: bool) -> QuerySet[Any]:
        section = self.sections[number]
        rows = self.rows.filter(section.where).order_by(*(f"-{name}" if back else name for name in section.key))
        if not key:
            return rows
        # One comparison of whole keys: an index is read from the key on, where "or" would read all before it too.
        return rows.filter((TupleLessThan if back else TupleGreaterThan)(section.key, key))

    # Places in an address ----------------------------------------------------------------------------------------

    def _said(self, number: int, row: Any) -> str:
        values = (getattr(row, name) for name in self.sections[number].key)
        return ".".join(str(one) for one in (number, *map(_number, values)))

    def _place(self, said: str) -> Place | None:
        """None for what we never said."""
        if not NUMBERS.fullmatch(said):
            return None
        number, *values = (int(one) for one in said.split("."))
        if not 0 <= number < len(self.sections) or len(values) != len(self.sections[number].key):
            return None
        try:
            return number, [self._value(*one) for one in zip(self.sections[number].key, values, strict=True)]
        except OverflowError:  # a year that no calendar has
            return None

    def _value(self, name: str, number: int) -> Any:
        is_time = isinstance(self.rows.model._meta.get_field(name), DateTimeField)
        return EPOCH + number * MICROSECOND if is_time else number


def _number(value: Any) -> int:
    """A time as microseconds, which is all that it has."""
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else int(value)

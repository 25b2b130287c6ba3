"""Region codes of GB/T 2260 inside identifiers. The tables have year precision and go stale: they only raise doubts."""

from datetime import date
from functools import cache
from typing import Literal

from onboarding.data import rows

# The province part of a code. It has not changed since 1997 (Chongqing, 50), so an unknown one is impossible.
_PER_DECADE = {1: "12345", 2: "123", 3: "1234567", 4: "123456", 5: "01234", 6: "12345", 7: "1", 8: "12"}
PROVINCES = frozenset(f"{tens}{unit}" for tens, units in _PER_DECADE.items() for unit in units)

Standing = Literal["in_force", "not_then", "unknown"]


@cache
def _spans() -> dict[str, tuple[date, date]]:
    """Code -> first and last day in force; open ends are the ends of time."""
    tables = rows("divisions.csv") + rows("divisions_former.csv")
    return {row["code"]: (_day(row["valid_from"], date.min), _day(row["valid_to"], date.max)) for row in tables}


def _day(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise


@cache
def _cities() -> frozenset[str]:
    return frozenset(code[:4] for code in _spans())


def standing(code: str, day: date) -> Standing:
    """Whether the six-digit code is known, and whether it was in force on that day."""
    span = _spans().get(code)
    if span is None:
        return "unknown"
    return "in_force" if span[0] <= day <= span[1] else "not_then"


def is_city_known(code: str) -> bool:
    """True when the first four digits name a known city: development zones use codes of their own below it."""
    return code[:4] in _cities()

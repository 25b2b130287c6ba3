"""Points of a table for facts: the sum with its addends, the tier, and the way that follows from it. Pure."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from onboarding.models import Case, RiskTable, RiskWeight
from onboarding.models.score import worst
from onboarding.scoring.facts import Seen

TIERS = Case.Tier.values


class Route(StrEnum):
    """Who decides a step."""

    MACHINE = "machine"
    ONE = "one"
    TWO = "two"


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A risk table as it is calculated with. `weights`: (fact, value) -> points."""

    medium_from: int
    high_from: int
    weights: Mapping[tuple[str, str], int]


@dataclasses.dataclass(frozen=True, slots=True)
class Total:
    """What a table comes to. `addends`: {"fact", "value", "points"}, the largest first."""

    points: int
    tier: str
    addends: tuple[dict[str, Any], ...]


def read_table(row: RiskTable) -> Table:
    """A stored table with its weights. One query."""
    weights = {(one.fact, one.value): one.points for one in row.weights.all()}
    return Table(row.medium_from, row.high_from, weights)


def add_up(seen: Seen, table: Table) -> Total:
    """The points of `table` for these facts. The sum is never below zero."""
    found = sorted(_addends(seen, table), key=lambda one: (-one["points"], one["fact"], one["value"]))
    points = max(sum(one["points"] for one in found), 0)
    return Total(points, _tier(points, table), tuple(found))


def _addends(seen: Seen, table: Table) -> Iterator[dict[str, Any]]:
    for (fact, value), points in table.weights.items():
        if points and fact not in RiskWeight.MEASURED and value in seen.named.get(fact, ()):
            yield {"fact": fact, "value": value, "points": points}
    for fact in RiskWeight.MEASURED:
        reached = _reached(fact, seen, table)
        if reached is not None and (points := table.weights[fact, str(reached)]):
            yield {"fact": str(fact), "value": str(reached), "points": points}


def _reached(fact: str, seen: Seen, table: Table) -> int | None:
    """The highest number of the table that this fact has reached: only that one counts."""
    if fact not in seen.measured:
        return None
    numbers = [int(value) for one, value in table.weights if one == fact]
    return max((number for number in numbers if number <= seen.measured[fact]), default=None)


def _tier(points: int, table: Table) -> str:
    if points >= table.high_from:
        return Case.Tier.HIGH
    return Case.Tier.MEDIUM if points >= table.medium_from else Case.Tier.LOW


def route(tier: str, seen: Seen) -> Route:
    """Who decides at this tier, raised to what a person set, by the policy and the answers of that time."""
    reached = TIERS.index(worst(tier, seen.floor))
    if reached >= TIERS.index(seen.second_from):
        return Route.TWO
    return Route.MACHINE if seen.straight and seen.passed and not reached else Route.ONE


def digest(table: Table) -> str:
    """SHA-256 of exactly this content: thresholds and weights."""
    weights = sorted([fact, value, points] for (fact, value), points in table.weights.items())
    content = json.dumps([table.medium_from, table.high_from, weights], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()

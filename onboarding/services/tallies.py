"""How many cases are in each state and in whose hands, without counting them.

Whoever moves or hands over a case adds two rows in the same transaction: one less there, one more here. Nobody waits
for anybody. A sweep folds the rows; the sum is exact before, while and after it does.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from onboarding.models import Case, Tally

AT_ONCE = 5_000  # rows that one fold takes


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a case is counted."""

    state: str
    holder: int | None


def place(case: Case) -> Place:
    return Place(str(case.state), case.assigned_to_id)


def moved(before: Place | None, after: Place) -> None:
    """Count a case in its new place; `before` is None for a new case. In the transaction of the move, one statement."""
    if before != after:
        _add({after: 1, **({before: -1} if before else {})})


def counted(states: Iterable[str], holder: int | None = None) -> dict[str, int]:
    """`all`, `free` and `mine` (of `holder`) over these states. One query over the few rows that are left unfolded."""
    rows = Tally.objects.filter(state__in=list(states))
    sums = {"all": Q(), "free": Q(holder=None), "mine": Q(holder=holder, holder__isnull=False)}
    return rows.aggregate(**{name: Coalesce(Sum("change", filter=where or None), 0) for name, where in sums.items()})


def fold() -> int:
    """Replace the oldest rows by one per place; returns how many rows fewer there are. Twice at once does no harm."""
    with transaction.atomic():
        rows = list(Tally.objects.select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE])
        sums: Counter[Place] = Counter()
        for row in rows:
            sums[Place(row.state, row.holder_id)] += row.change
        kept = {where: change for where, change in sums.items() if change}
        if len(kept) == len(rows):
            return 0
        Tally.objects.filter(pk__in=[row.pk for row in rows]).delete()
        _add(kept)
    return len(rows) - len(kept)


def drift() -> dict[Place, int]:
    """By how much the sums are wrong, place by place: empty as long as nobody wrote past the services.

    Cases and rows are read in one statement, so that a move that happens meanwhile is in both or in neither.
    """
    cases = Case.objects.order_by().values("state", holder=F("assigned_to")).annotate(n=Count("pk"))
    rows = Tally.objects.order_by().values("state", "holder").annotate(n=-Sum("change"))
    difference: Counter[Place] = Counter()
    for state, holder, number in cases.values_list("state", "holder", "n").union(
        rows.values_list("state", "holder", "n"), all=True
    ):
        difference[Place(state, holder)] += number
    return {where: number for where, number in difference.items() if number}


def recount() -> int:
    """Put the sums right; returns how many places were wrong."""
    with transaction.atomic():
        wrong = drift()
        _add(wrong)
    return len(wrong)


def _add(changes: dict[Place, int]) -> None:
    rows = [Tally(state=where.state, holder_id=where.holder, change=change) for where, change in changes.items()]
    Tally.objects.bulk_create(rows)

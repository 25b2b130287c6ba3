"""The list of what a draft of the risk table would change: alarms first, by key, as many as there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from onboarding.models import BackTest, BackTestChange, Case
from onboarding.scoring import Route

A_PAGE = 50
AFTER = re.compile(r"([01])-(\d{1,18})")  # whether the last row before was an alarm, and its id
STRICTNESS = (Route.MACHINE, Route.ONE, Route.TWO)


def _way(milder: bool) -> Q:
    """Changes to fewer people's eyes, or to more; where as many decide, to a lower risk tier or a higher one."""
    found = Q(pk=None)
    for old, new in _pairs(STRICTNESS, milder):
        found |= Q(old_route=old.value, route=new.value)
    for old, new in _pairs(Case.Tier.values, milder):
        found |= Q(old_route=F("route"), score__tier=old, tier=new)
    return found


def _pairs(ranks: Sequence[Any], down: bool) -> Iterator[tuple[Any, Any]]:
    """(before, after) of every step down these ranks, or up."""
    for higher, lower in combinations(reversed(ranks), 2):
        yield (higher, lower) if down else (lower, higher)


KINDS: dict[str, tuple[Any, Q]] = {
    "": (_("All"), Q()),
    "alarms": (_("Rejected, and would pass"), Q(alarm=True)),
    "milder": (_("Milder"), _way(milder=True)),
    "stricter": (_("Stricter"), _way(milder=False)),
}


def changes(test: BackTest | None, asked: QueryDict) -> dict[str, Any]:
    """One page: changes, kinds (title, address, whether it is this one), next_url, first_url (empty: already there)."""
    kind = asked.get("show", "") if asked.get("show", "") in KINDS else ""
    after = AFTER.fullmatch(asked.get("after", ""))
    rows = list(_rows(test, kind, after)[: A_PAGE + 1]) if test else []
    last = rows[A_PAGE - 1] if len(rows) > A_PAGE else None
    return {
        "changes": rows[:A_PAGE],
        "kinds": [(title, "?" + urlencode({"show": name}), name == kind) for name, (title, _q) in KINDS.items()],
        "next_url": "?" + urlencode({"show": kind, "after": f"{int(last.alarm)}-{last.pk}"}) if last else "",
        "first_url": "?" + urlencode({"show": kind}) if after else "",
    }


def _rows(test: BackTest, kind: str, after: re.Match[str] | None) -> Any:
    rows = BackTestChange.objects.filter(KINDS[kind][1], test=test).select_related("score__case")
    if after:
        alarm, key = after[1] == "1", int(after[2])
        rows = rows.filter(Q(alarm=alarm, pk__gt=key) | (Q(alarm=False) if alarm else Q(pk=None)))
    return rows.order_by("-alarm", "id")

"""The list of what a draft of the risk table would change: alarms first, by key, as many as there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from onboarding.models import BackTest, BackTestChange, Case
from onboarding.scoring import Route
from portal import by_key

A_PAGE = 50
ALARMS_FIRST = (by_key.Section(Q(alarm=True), ("id",)), by_key.Section(Q(alarm=False), ("id",)))
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
    """One page: changes, kinds (title, address, whether it is this one), addresses for includes/pages.html."""
    kind = asked.get("show", "") if asked.get("show", "") in KINDS else ""
    page = by_key.page(_rows(test, kind), ALARMS_FIRST, asked, A_PAGE)
    return {
        "changes": page.rows,
        "kinds": [(title, _url(name), name == kind) for name, (title, _q) in KINDS.items()],
        **page.urls({"show": kind}),
    }


def _rows(test: BackTest | None, kind: str) -> QuerySet[BackTestChange]:
    changed = BackTestChange.objects.filter(KINDS[kind][1], test=test) if test else BackTestChange.objects.none()
    return changed.select_related("score__case")


def _url(kind: str) -> str:
    return "?" + urlencode({"show": kind})

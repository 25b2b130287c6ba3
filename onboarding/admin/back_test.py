"""The list of what a draft of the risk table would change: alarms first, by key, as many as there are."""

from __future__ import annotations

import re
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from onboarding.models import BackTest, BackTestChange
from onboarding.scoring import Route

A_PAGE = 50
AFTER = re.compile(r"([01])-(\d{1,18})")  # whether the last row before was an alarm, and its id
STRICTNESS = (Route.MACHINE, Route.ONE, Route.TWO)


def _way(freer: bool) -> Q:
    """Changes to fewer people's eyes, or to more."""
    found = Q(pk=None)
    for old, new in product(STRICTNESS, STRICTNESS):
        if old != new and (STRICTNESS.index(new) < STRICTNESS.index(old)) is freer:
            found |= Q(old_route=old.value, route=new.value)
    return found


KINDS: dict[str, tuple[Any, Q]] = {
    "": (_("All"), Q()),
    "alarms": (_("Rejected, and would pass"), Q(alarm=True)),
    "freer": (_("Fewer people decide"), _way(freer=True)),
    "stricter": (_("More people decide"), _way(freer=False)),
}


def changes(test: BackTest | None, asked: QueryDict) -> dict[str, Any]:
    """One page: changes, kinds (title, address, whether it is this one), next_url (empty: the end), begun."""
    kind = asked.get("show", "") if asked.get("show", "") in KINDS else ""
    after = AFTER.fullmatch(asked.get("after", ""))
    rows = list(_rows(test, kind, after)[: A_PAGE + 1]) if test else []
    last = rows[A_PAGE - 1] if len(rows) > A_PAGE else None
    return {
        "changes": rows[:A_PAGE],
        "kinds": [(title, "?" + urlencode({"show": name}), name == kind) for name, (title, _q) in KINDS.items()],
        "next_url": "?" + urlencode({"show": kind, "after": f"{int(last.alarm)}-{last.pk}"}) if last else "",
        "begun": bool(after),
    }


def _rows(test: BackTest, kind: str, after: re.Match[str] | None) -> Any:
    rows = BackTestChange.objects.filter(KINDS[kind][1], test=test).select_related("score__case")
    if after:
        alarm, key = after[1] == "1", int(after[2])
        rows = rows.filter(Q(alarm=alarm, pk__gt=key) | (Q(alarm=False) if alarm else Q(pk=None)))
    return rows.order_by("-alarm", "id")

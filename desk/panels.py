"""What the page of a case shows of the desk's own work: possible matches, to those who decide them and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk.watch.showing import line, rows
from onboarding.models import Case, User
from onboarding.panels import panel

SHOWN = 20


@panel("watch", "desk/watch/panel.html", audience="staff", order=10)
def watch(case: Case, user: User) -> Mapping[str, Any] | None:
    """Every possible match of the merchant; nothing, not even a heading, where there is none."""
    if not user.has_perm("onboarding.view_watchhit"):
        return None
    found = rows(user).filter(merchant=case.merchant_id).order_by("-verdict", "due_at", "pk")[:SHOWN]
    lines = [line(hit) for hit in found]
    return {"lines": lines} if lines else None

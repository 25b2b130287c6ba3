"""What the page of a case shows of support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onboarding.flow import State
from onboarding.models import Case, User
from onboarding.panels import panel
from support.flow import STANDING
from support.models import Ticket
from support.services import may

SHOWN = 5


@panel("tickets", "support/panel.html", audience="merchant", order=800)
def for_merchant(case: Case, user: User) -> Mapping[str, Any] | None:
    """Tickets that are not solved, and the way to ask."""
    return None if case.state == State.REGISTRATION else _context(case, user)


@panel("tickets", "support/panel.html", audience="staff", order=800)
def for_staff(case: Case, user: User) -> Mapping[str, Any] | None:
    """The same for colleagues who look after tickets; nobody else."""
    return _context(case, user) if may(user, "view") and case.state != State.REGISTRATION else None


def _context(case: Case, user: User) -> dict[str, Any]:
    rows = Ticket.objects.filter(case=case, state__in=STANDING).order_by("-pk")
    return {"tickets": list(rows[:SHOWN]), "may_ask": may(user, "open")}

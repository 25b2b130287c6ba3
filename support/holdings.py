"""What support holds about a case: what was asked and answered."""

from __future__ import annotations

from typing import Any

from onboarding.holdings import forgets, tells
from onboarding.models import Case, Notice
from support.models import Message, Ticket


@forgets
def tickets(case: Case) -> None:
    for ref in Ticket.objects.filter(case=case).values_list("ref", flat=True):
        Notice.objects.filter(key__contains=ref).update(address="", context="{}")
    Message.objects.filter(ticket__case=case).update(text="")
    Ticket.objects.filter(case=case).update(subject="")


@tells("tickets")
def told_tickets(case: Case) -> list[dict[str, Any]]:
    """Never what colleagues wrote to each other."""
    columns = ("ticket__ref", "ticket__subject", "from_us", "text", "created_at")
    rows = Message.objects.filter(ticket__case=case, internal=False)
    return list(rows.order_by("pk").values(*columns))

"""What happens to a promise by itself: one reminder, and one honest word when we are late. Each once per state."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from onboarding import deadlines, notices
from onboarding.flow import TURN, State
from onboarding.models import Case, Entry
from onboarding.rules import Who
from onboarding.services.moves import _entered, _locked
from onboarding.services.permissions import SYSTEM


def remind(case_id: int) -> Entry | None:
    """Remind the merchant, if it is still their turn and nobody has in this state; None when there is nothing to do."""
    with transaction.atomic():
        case = _locked(case_id)
        if TURN[case.state] is not Who.MERCHANT or _said(case, "reminded"):
            return None
        entry = _entered(case, "fact:reminded", case.state, SYSTEM, "", None, public=True)
        case.save(update_fields=["version", "head"])
        notices.write(case, entry)
    return entry


def miss_promise(case_id: int) -> Entry | None:
    """Say that we are late: a new date, a mail to the merchant and to those it escalates to; None if not (any more)."""
    with transaction.atomic():
        case = _locked(case_id)
        row = deadlines.row_for(case.state, case.risk_tier)
        if row is None or not _late(case) or TURN[case.state] is Who.MERCHANT or _said(case, "promise_missed"):
            return None
        entry = _promised_anew(case)
        notices.write(case, entry)
        notices.escalate(case, entry, row.escalate_to)
    return entry


def _late(case: Case) -> bool:
    return case.due_at is not None and case.due_at <= timezone.now()


def _promised_anew(case: Case) -> Entry:
    """The entry, and another date. While a case is paused the merchant hears neither: that would tip them off."""
    missed, (due, provisional) = case.due_at, deadlines.promise(case)
    case.due_at, case.due_provisional = due, provisional
    data = {"missed": missed and missed.isoformat(), "until": due and due.isoformat()}
    public = case.state != State.SUSPENDED
    entry = _entered(case, "fact:promise_missed", case.state, SYSTEM, "", data, public=public)
    case.save(update_fields=["version", "head", "due_at", "due_provisional"])
    return entry


def _said(case: Case, fact: str) -> bool:
    return bool(Entry.objects.filter(case=case, verb=f"fact:{fact}", at__gte=case.since).exists())

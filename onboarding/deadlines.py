"""The promise of a state: until when it is done, warned about, and to whom it escalates (table `Promise`)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from onboarding import workdays
from onboarding.models import Case, Promise


def promise(case: Case, state: str = "") -> tuple[datetime | None, bool]:
    """(promised by, provisional) of a case that enters its state, or `state`, now; (None, False) without a promise."""
    row = row_for(state or case.state, case.risk_tier)
    if row is None:
        return None, False
    now = timezone.now()
    if row.clock == "calendar":
        return now + timedelta(hours=row.target_hours), False
    return workdays.after_working_hours(now, row.target_hours)


def row_for(subject: str, tier: str, kind: str = "state") -> Promise | None:
    """The promise of a subject at a risk tier; a row for tier "all" serves every tier."""
    return Promise.objects.filter(kind=kind, subject=subject, tier__in=(tier, "all")).first()

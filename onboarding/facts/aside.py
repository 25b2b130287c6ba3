"""Papers that no step asks for: what keeps a promise, and what goes with a request for reconsideration."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from onboarding.flow import State
from onboarding.models import Appeal, Case, Condition

PROMISE, APPEAL = "promise", "appeal"
ASIDE = (PROMISE, APPEAL)  # they stand where a step stands: documents are taken in for one of them
APPEAL_PAPER = "appeal_paper"


def open_aside(case: Case, what: str) -> frozenset[str]:
    """The kinds of paper that may be handed in now: of promises not handed in yet, or before the request is sent."""
    if what == PROMISE:
        owed = Condition.objects.filter(case=case.pk, handed_in_at=None).open()
        return frozenset(owed.values_list("kind__document", flat=True))
    return frozenset({APPEAL_PAPER} if may_appeal(case) else ())


def may_appeal(case: Case) -> bool:
    """Whether a reconsideration can be asked for: rejected, in time, and never asked for before."""
    in_time = timezone.now() <= case.since + timedelta(days=settings.APPEAL_DAYS)
    return case.state == State.REJECTED and in_time and not Appeal.objects.filter(case=case.pk).exists()

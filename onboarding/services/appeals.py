"""One reconsideration after a rejection: asked for by the merchant, decided by a senior reviewer who had no part."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding import deadlines, notices, workdays
from onboarding.flow import VERBS, State
from onboarding.models import Appeal, Case, Entry, PublicReason, Reason, User
from onboarding.rules import Who
from onboarding.services.errors import NotAllowed, NotNow, Refused
from onboarding.services.moves import _entered, _locked
from onboarding.services.permissions import ACTING, NOT_MEMBER, Actor, acts_as, barred

ONCE = _("A reconsideration can be asked for once, and you have asked already.")
TOO_LATE = _("The time for asking for reconsideration is over. You may start a new application.")
NOT_REJECTED = _("A reconsideration can be asked for after a rejection only.")
SAY_WHAT = _("Tell us what we should look at again.")
NOT_WAITING = _("No reconsideration waits here.")
NOT_FITTING = _("This sentence does not fit here. Choose one from the list.")
SUBJECT = "appeal"  # kind and subject of its promise, and what its reasons apply to


def ends_at(case: Case) -> datetime:
    """Until when a rejected case may be asked about again."""
    return case.since + timedelta(days=settings.APPEAL_DAYS)


def why_not(case: Case) -> Any | None:
    """The sentence that says why no reconsideration can be asked for now; None: it can."""
    if case.state != State.REJECTED:
        return NOT_REJECTED
    if Appeal.objects.filter(case=case).exists():
        return ONCE
    return TOO_LATE if timezone.now() > ends_at(case) else None


def appeal(case_id: int, text: str, *, by: User) -> Appeal:
    """Ask for it. Raises NotAllowed, NotNow or Refused, with sentences."""
    with transaction.atomic():
        case = _locked(case_id)
        if acts_as(case, by) not in ACTING:
            raise NotAllowed(NOT_MEMBER)
        if sentence := why_not(case):
            raise NotNow(sentence)
        if not text.strip():
            raise Refused(SAY_WHAT)
        due = _promise(case)
        row = Appeal.objects.create(case=case, text=text.strip()[: Appeal.LONGEST], made_by=by, due_at=due)
        entry = _write(case, "appealed", by)
        notices.ask_group(case, entry, Who.SENIOR_REVIEWER, "appeal_waits")
    return row


def uphold(case_id: int, reason: str, *, by: User, note: str = "") -> Appeal:
    """The rejection stands; the merchant reads the sentence of `reason`, colleagues `note`. Raises as `appeal` does."""
    with transaction.atomic():
        case = _locked(case_id)
        row = Appeal.objects.filter(case=case, outcome=Appeal.Outcome.WAITING).first()
        if case.state != State.REJECTED or row is None:
            raise NotNow(NOT_WAITING)
        if sentence := barred(case, VERBS["reopen"], by):
            raise NotAllowed(sentence)
        row.reason = _reason(reason)
        row.outcome, row.decided_by, row.decided_at = Appeal.Outcome.UPHELD, by, timezone.now()
        row.save(update_fields=["reason", "outcome", "decided_by", "decided_at"])
        _write(case, "appeal_upheld", by, note=note, reason=PublicReason.of(row.reason))
    return row


def sentences() -> list[Reason]:
    """What a merchant may be told when the rejection stands."""
    return list(Reason.objects.filter(applies_to=SUBJECT, audience=Reason.Audience.MERCHANT).order_by("pk"))


def _reason(code: str) -> Reason:
    found = next((one for one in sentences() if one.code == code), None)
    if found is None:
        raise Refused(NOT_FITTING)
    return found


def _promise(case: Case) -> datetime:
    """When we answer (table Promise); without a row of its own as long as the law of objections allows."""
    row = deadlines.row_for(SUBJECT, case.risk_tier, kind=SUBJECT)
    if row is None:
        return timezone.now() + timedelta(days=15)
    if row.clock == "calendar":
        return timezone.now() + timedelta(hours=row.target_hours)
    return workdays.after_working_hours(timezone.now(), row.target_hours)[0]


def _write(case: Case, fact: str, by: Actor, *, note: str = "", reason: PublicReason | None = None) -> Entry:
    data = {"reason": reason.code} if reason else {}
    entry = _entered(case, f"fact:{fact}", case.state, by, note, data, public=True)
    case.save(update_fields=["version", "head"])
    notices.write(case, entry)
    return entry

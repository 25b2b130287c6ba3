"""Approving on a promise: proposed under review, agreed by the approval, kept, moved, or broken by its date.

A broken promise suspends the case by itself; keeping it afterwards resumes it. What the merchant hears of it are public
facts with neutral words: it is their own promise, no finding of ours.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding import notices
from onboarding.flow import AFTER_FIRST_REVIEW, VERBS, State
from onboarding.models import Case, Condition, ConditionKind, Document, Entry, User
from onboarding.rules import Who
from onboarding.services.errors import NotAllowed, NotNow, Refused
from onboarding.services.moves import _entered, _locked, _move
from onboarding.services.permissions import ACTING, NAMED_IN_IT, NOT_MEMBER, SYSTEM, acts_as, barred, named_in
from onboarding.services.returns import NOT_UNDER_REVIEW, step_under_review

REMIND_DAYS = 7  # before the last day; a shorter promise is reminded of half way
NOT_OFFERED = _("This promise does not belong to the step under review.")
TOO_EARLY = _("Choose a day after today.")
TOO_LATE = _("At most %(days)s days from today.")
ASKED_ALREADY = _("This promise is open already: move its date instead.")
GONE = _("This promise is kept, broken for good, or no longer part of the case.")
NOTHING_THERE = _("Upload what you promised first.")
ONLY_REVIEWERS = _("Only reviewers do this.")
SAY_WHY = _("Say why: the merchant reads it.")
SUSPENDED_NOTE = _("A promise was not kept in time.")
RESUMED_NOTE = _("The promise is kept.")


def today() -> date:
    """In Shanghai."""
    return timezone.localdate()


def proposable(case: Case) -> list[ConditionKind]:
    """The promises that may be asked for at the step under review and are not open yet."""
    step = step_under_review(case)
    taken = Condition.objects.filter(case=case, kept_at=None, void_at=None).values("kind")
    return list(ConditionKind.objects.filter(step=step or "").exclude(pk__in=taken))


def propose(case_id: int, kind: str, due_on: date, *, by: User) -> Condition:
    """Ask for a promise with the approval to come. Raises NotNow, NotAllowed or Refused, with sentences."""
    with transaction.atomic():
        case = _under_review(case_id, by)
        chosen = ConditionKind.objects.filter(pk=kind, step=step_under_review(case) or "").first()
        if chosen is None:
            raise Refused(NOT_OFFERED)
        if chosen not in proposable(case):
            raise Refused(ASKED_ALREADY)
        _fits(due_on, chosen)
        return Condition.objects.create(case=case, kind=chosen, due_on=due_on, set_by=by)


def drop(case_id: int, condition_id: int, *, by: User) -> None:
    """Take a proposal back; one that is gone already is no fault. Raises NotNow or NotAllowed."""
    with transaction.atomic():
        case = _under_review(case_id, by)
        Condition.objects.filter(pk=condition_id, case=case, agreed_at=None).delete()


def hand_in(condition_id: int, *, by: User) -> Condition:
    """The merchant has uploaded what they promised; again changes nothing. Raises NotAllowed, NotNow or Refused."""
    with transaction.atomic():
        row, case = _open(condition_id)
        if acts_as(case, by) not in ACTING:
            raise NotAllowed(NOT_MEMBER)
        if row.handed_in_at is None:
            if not _papers(row).exclude(status=Document.Status.RETURNED).exists():
                raise Refused(NOTHING_THERE)
            row.handed_in_at = timezone.now()
            row.save(update_fields=["handed_in_at"])
            _write(case, "condition_handed_in", by, row)
    return row


def accept(condition_id: int, *, by: User) -> Condition:
    """It is kept: a case that was suspended for it goes on. Raises NotAllowed, NotNow or Refused."""
    with transaction.atomic():
        row, case = _open(condition_id)
        _may_judge(case, by)
        if row.handed_in_at is None:
            raise Refused(_("Nothing has been handed in yet."))
        row.kept_at, row.refused_note = timezone.now(), ""
        row.save(update_fields=["kept_at", "refused_note"])
        _papers(row).update(status=Document.Status.ACCEPTED)
        _write(case, "condition_kept", by, row)
    _resume(row.case_id)
    return row


def refuse(condition_id: int, note: str, *, by: User) -> Condition:
    """It is not yet what was promised; the merchant reads `note` and hands it in again, by the same date."""
    with transaction.atomic():
        row, case = _open(condition_id)
        _may_judge(case, by)
        if not note.strip():
            raise Refused(SAY_WHY)
        row.handed_in_at, row.refused_note = None, note.strip()[:300]
        row.save(update_fields=["handed_in_at", "refused_note"])
        _papers(row).update(status=Document.Status.RETURNED)
        _write(case, "condition_refused", by, row)
    return row


def move(condition_id: int, due_on: date, why: str, *, by: User) -> Condition:
    """Another date, with the reason for the record; a case that was suspended for it goes on until then."""
    with transaction.atomic():
        row, case = _open(condition_id)
        _may_judge(case, by)
        if not why.strip():
            raise Refused(_("Say why: the note is kept with the decision."))
        _fits(due_on, row.kind)
        before, row.due_on = row.due_on, due_on
        row.broken_at = row.reminded_on = None
        row.save(update_fields=["due_on", "broken_at", "reminded_on"])
        _write(case, "condition_moved", by, row, note=why, before=before.isoformat())
    _resume(row.case_id)
    return row


def remind(condition_id: int) -> Entry | None:
    """One reminder before the date; None when there is nothing to say (any more)."""
    with transaction.atomic():
        row, case = _fetched(condition_id)
        if not _owed(row) or row.reminded_on or today() < remind_on(row) or today() > row.due_on:
            return None
        row.reminded_on = today()
        row.save(update_fields=["reminded_on"])
        return _write(case, "condition_due", SYSTEM, row)


def break_promise(condition_id: int) -> Entry | None:
    """The date is over and nothing came: say so, and suspend the case where it can be. Once; None the next time."""
    with transaction.atomic():
        row, case = _fetched(condition_id)
        if not _owed(row) or row.broken_at or today() <= row.due_on:
            return None
        row.broken_at = timezone.now()
        row.save(update_fields=["broken_at"])
        entry = _write(case, "condition_broken", SYSTEM, row)
        if case.state in AFTER_FIRST_REVIEW:
            _move(case.pk, "suspend", by=SYSTEM, note=str(SUSPENDED_NOTE), data={"condition": row.kind_id})
    return entry


def remind_on(row: Condition) -> date:
    """The day from which the merchant is reminded."""
    agreed: datetime = row.agreed_at or row.set_at
    half = (row.due_on - timezone.localdate(agreed)) // 2
    return row.due_on - min(timedelta(days=REMIND_DAYS), half)


def _resume(case_id: int) -> None:
    """Resume a case that the portal suspended for a promise, once no broken one is left."""
    with transaction.atomic():
        case = _locked(case_id)
        broken = Condition.objects.filter(case=case).open().exclude(broken_at=None)
        if case.state == State.SUSPENDED and not broken.exists() and _suspended_for_promise(case):
            _move(case.pk, "resume", by=SYSTEM, note=str(RESUMED_NOTE))


def _suspended_for_promise(case: Case) -> bool:
    """Whether the newest suspension was the portal's own, for a promise: one by a risk officer stays."""
    newest = Entry.objects.filter(case=case, verb="suspend").order_by("-seq").first()
    return newest is not None and newest.role == Who.SYSTEM and "condition" in newest.data


def _under_review(case_id: int, by: User) -> Case:
    case = _locked(case_id)
    step = step_under_review(case)
    if step is None:
        raise NotNow(NOT_UNDER_REVIEW)
    if sentence := barred(case, VERBS[f"return_{step}"], by):
        raise NotAllowed(sentence)
    return case


def _fetched(condition_id: int) -> tuple[Condition, Case]:
    """The row, read again under the lock of its case."""
    case = _locked(Condition.objects.values_list("case_id", flat=True).get(pk=condition_id))
    return Condition.objects.select_related("kind").get(pk=condition_id), case


def _open(condition_id: int) -> tuple[Condition, Case]:
    row, case = _fetched(condition_id)
    if row.agreed_at is None or row.kept_at or row.void_at:
        raise NotNow(GONE)
    return row, case


def _owed(row: Condition) -> bool:
    return not (row.agreed_at is None or row.handed_in_at or row.kept_at or row.void_at)


def _may_judge(case: Case, by: User) -> None:
    if not (by.is_superuser or by.plays(Who.REVIEWER, Who.SENIOR_REVIEWER)):
        raise NotAllowed(ONLY_REVIEWERS)
    if named_in(case, by):
        raise NotAllowed(NAMED_IN_IT)


def _fits(due_on: date, kind: ConditionKind) -> None:
    if due_on <= today():
        raise Refused(TOO_EARLY)
    if due_on > today() + timedelta(days=kind.most_days):
        raise Refused(TOO_LATE % {"days": kind.most_days})


def _papers(row: Condition) -> Any:
    return Document.objects.filter(case=row.case_id, kind=row.kind.document).current()


def _write(case: Case, fact: str, by: Any, row: Condition, *, note: str = "", **more: str) -> Entry:
    """A fact that the merchant reads, with its notices; it holds the promise's code and date, never a value."""
    data = {"condition": row.kind_id, "due_on": row.due_on.isoformat(), **more}
    entry = _entered(case, f"fact:{fact}", case.state, by, note, data, public=True)
    case.save(update_fields=["version", "head"])
    notices.write(case, entry)
    return entry

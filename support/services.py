"""What happens to a ticket: one function per verb, each one transaction. Nothing else writes tickets.

Locks are taken in this order: case, ticket. Errors are those of `onboarding.services`, with sentences to show.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding import deadlines, workdays
from onboarding.flow import State
from onboarding.formats.bank_card import contains_card
from onboarding.models import Case, User
from onboarding.services import NotAllowed, NotNow, Refused, record
from support import telling
from support.flow import TicketState, can_proceed
from support.models import Message, Ticket

SAME_WITHIN = timedelta(minutes=1)  # the same words again so soon are a second press of the button

CARD = _(
    "This looks like a full card number. We never keep those: write only its last four digits, then send it again."
)
EMPTY = _("Write what it is about.")
NOT_YOURS = _("Your account may not do this. Ask your manager.")
TOO_EARLY = _("Finish the registration first: tickets belong to an application. Until then call us.")


def open_ticket(case_id: int, *, by: User, subject: str, text: str, priority: str = Ticket.Priority.P3) -> Ticket:
    """Open a ticket in any state after registration; the same words again within a minute are the same ticket.

    Tells our people, or the merchant when one of us opened it. Raises NotAllowed, NotNow or Refused;
    Case.DoesNotExist for an unknown id.
    """
    subject, text = _clean(subject), _clean(text)
    with transaction.atomic():
        case = _locked_case(case_id)
        _demand(by, "open_ticket", case)
        if case.state == State.REGISTRATION:
            raise NotNow(TOO_EARLY)
        if twin := _twin(case, by, subject, text):
            return twin
        ticket = Ticket(case=case, opened_by=by, subject=subject, priority=priority, due_at=_promise(priority))
        ticket.save()
        message = _written(ticket, by, text)
        record(case.pk, "ticket_opened", by=by, data={"ticket": ticket.ref})
        telling.opened(ticket, message)
    return ticket


def take(ticket_id: int, *, by: User) -> Ticket:
    """A colleague makes the ticket theirs, also from another colleague."""
    with transaction.atomic():
        ticket = _locked(ticket_id, by, "take_ticket")
        ticket.assigned_to = by
        _walk(ticket, "take")
    return ticket


def answer(ticket_id: int, *, by: User, text: str) -> Ticket:
    """Write to the other side: ours makes it the merchant's turn, theirs makes it ours with a new promise."""
    text = _clean(text)
    with transaction.atomic():
        ticket = _locked(ticket_id, by, "answer_ticket")
        if _said_just_now(ticket, by, text):
            return ticket
        if by.works_here:
            ticket.assigned_to = ticket.assigned_to or by
            _walk(ticket, "answer", due_at=None)
        else:
            _walk(ticket, "reply", due_at=_next_promise(ticket))
        telling.answered(ticket, _written(ticket, by, text))
    return ticket


def note(ticket_id: int, *, by: User, text: str) -> Ticket:
    """Write something that only colleagues read; nothing else changes, in any state."""
    text = _clean(text)
    with transaction.atomic():
        ticket = _locked(ticket_id, by, "note_ticket")
        if not _said_just_now(ticket, by, text, internal=True):
            _written(ticket, by, text, internal=True)
    return ticket


def resolve(ticket_id: int, *, by: User) -> Ticket:
    """It is solved: nothing is promised any more. The other side may open it again."""
    with transaction.atomic():
        ticket = _locked(ticket_id, by, "resolve_ticket")
        _walk(ticket, "resolve", due_at=None)
        record(ticket.case_id, "ticket_resolved", by=by, data={"ticket": ticket.ref})
        telling.resolved(ticket, by)
    return ticket


def close(ticket_id: int, *, by: User) -> Ticket:
    """Put a solved ticket away."""
    with transaction.atomic():
        ticket = _locked(ticket_id, by, "close_ticket")
        _walk(ticket, "close", due_at=None)
    return ticket


def reopen(ticket_id: int, *, by: User, text: str) -> Ticket:
    """It was not solved: our turn again, with a new promise and the words that say why."""
    text = _clean(text)
    with transaction.atomic():
        ticket = _locked(ticket_id, by, "reopen_ticket")
        if _said_just_now(ticket, by, text):
            return ticket
        _walk(ticket, "reopen", due_at=_promise(ticket.priority))
        message = _written(ticket, by, text)
        record(ticket.case_id, "ticket_reopened", by=by, data={"ticket": ticket.ref})
        telling.answered(ticket, message)
    return ticket


def escalate(most: int = 100) -> int:
    """Hand tickets past their promise to the managers of the promise table, once per promise; returns how many."""
    overdue = Ticket.objects.late().filter(escalated_at=None).order_by("due_at")
    return sum(_escalate(ticket_id) for ticket_id in list(overdue.values_list("pk", flat=True)[:most]))


def may(user: User, verb: str) -> bool:
    """Whether this user's groups allow a verb at all; whose ticket it is decides `Ticket.visible_to`."""
    return user.is_active and user.has_perm(f"support.{verb}_ticket")


def _escalate(ticket_id: int) -> int:
    """1 when this call did it; somebody quicker, or an answer in between, makes it 0."""
    with transaction.atomic():
        still = Ticket.objects.late().filter(pk=ticket_id, escalated_at=None)
        if not still.update(escalated_at=timezone.now()):
            return 0
        telling.late(Ticket.objects.select_related("case__merchant").get(pk=ticket_id))
    return 1


def _demand(by: User, permission: str, case: Case) -> None:
    allowed = by.is_active and by.has_perm(f"support.{permission}")
    if not allowed or not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotAllowed(NOT_YOURS)


def _locked_case(case_id: int) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=case_id)


def _locked(ticket_id: int, by: User, permission: str) -> Ticket:
    """The ticket, locked after its case; raises NotAllowed. Ticket.DoesNotExist for an unknown id."""
    case = _locked_case(Ticket.objects.values_list("case_id", flat=True).get(pk=ticket_id))
    _demand(by, permission, case)
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("case__merchant", "assigned_to")
    return rows.get(pk=ticket_id)


def _walk(ticket: Ticket, verb: str, **values: Any) -> None:
    method = getattr(ticket, verb)
    if not can_proceed(method):
        state = TicketState(ticket.state).label
        raise NotNow(_("This is not possible now: the ticket is at “%(state)s”. Look at it again.") % {"state": state})
    method()
    if "due_at" in values and values["due_at"] != ticket.due_at:
        ticket.due_at, ticket.escalated_at = values["due_at"], None
    ticket.save(update_fields=["state", "assigned_to", "due_at", "escalated_at"])


def _clean(text: str) -> str:
    """The text without blanks around it; refused when it is empty or holds a card number."""
    if not text.strip():
        raise Refused(EMPTY)
    if contains_card(text):
        raise Refused(CARD)
    return text.strip()


def _written(ticket: Ticket, by: User, text: str, *, internal: bool = False) -> Message:
    return Message.objects.create(ticket=ticket, by=by, from_us=by.works_here, internal=internal, text=text)


def _twin(case: Case, by: User, subject: str, text: str) -> Ticket | None:
    since = timezone.now() - SAME_WITHIN
    mine = Ticket.objects.filter(case=case, opened_by=by, subject=subject, created_at__gte=since)
    return mine.filter(messages__text=text, messages__by=by, messages__internal=False).first()


def _said_just_now(ticket: Ticket, by: User, text: str, *, internal: bool = False) -> bool:
    """Whether this person's newest message of that kind is the same, a moment ago."""
    newest = Message.objects.filter(ticket=ticket, internal=internal).order_by("-pk").first()
    if newest is None or (newest.by_id, newest.text) != (by.pk, text):
        return False
    return newest.created_at >= timezone.now() - SAME_WITHIN


def _next_promise(ticket: Ticket) -> datetime | None:
    """A standing promise stays: writing more does not move it."""
    return ticket.due_at or _promise(ticket.priority)


def _promise(priority: str) -> datetime | None:
    row = deadlines.row_for(priority, "all", "ticket")
    if row is None:
        return None
    if row.clock == "calendar":
        return timezone.now() + timedelta(hours=row.target_hours)
    return workdays.after_working_hours(timezone.now(), row.target_hours)[0]

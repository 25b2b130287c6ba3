"""What the pages of tickets show: the thread, and lists newest first."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from onboarding.models import User
from support.flow import CLOSED, OURS, STANDING, TicketState
from support.knowledge import search
from support.models import Article, Message, Ticket
from support.services import may
from support.tickets.forms import AnswerForm, NoteForm, ReopenForm

PER_PAGE = 20
CASES = 20  # cases that a merchant may choose from when asking
MESSAGES = 200  # newest messages of one thread

TONES: dict[str, str] = {
    TicketState.NEW: "us",
    TicketState.OPEN: "us",
    TicketState.WAITING: "turn",
    TicketState.RESOLVED: "ok",
    TicketState.CLOSED: "todo",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One message as its reader sees it."""

    at: datetime
    who: Any
    text: str
    mine: bool
    internal: bool


def thread(ticket: Ticket, user: User, **forms: Any) -> dict[str, Any]:
    """The context of support/tickets/ticket.html; `forms` replaces an empty form by one with errors."""
    staff = user.works_here
    return {
        "ticket": ticket,
        "case": ticket.case,
        "staff": staff,
        "tone": tone(ticket, staff=staff),
        "our_turn": ticket.state in OURS,
        "lines": lines(ticket, user),
        "articles": _meanwhile(ticket, user),
        "answer_form": AnswerForm(),
        "note_form": NoteForm(prefix="note"),
        "reopen_form": ReopenForm(prefix="again"),
        **_doors(ticket, user),
        **forms,
    }


def lines(ticket: Ticket, user: User) -> list[Line]:
    """The messages, oldest first; internal ones only for colleagues. One query."""
    rows = Message.objects.filter(ticket=ticket).select_related("by").order_by("-pk")
    if not user.works_here:
        rows = rows.filter(internal=False)
    return [_line(message, user) for message in reversed(rows[:MESSAGES])]


def tone(ticket: Ticket, *, staff: bool) -> str:
    """Amber is the reader's turn: to a colleague an answered ticket is somebody else's."""
    if staff and ticket.state == TicketState.WAITING:
        return ""
    return TONES[ticket.state]


def page(rows: QuerySet[Ticket], request: HttpRequest) -> tuple[list[Ticket], int | None]:
    """(one page newest first, the number to ask the next one with)."""
    before = number(request, "before")
    rows = rows.order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: PER_PAGE + 1])
    return found[:PER_PAGE], found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None


def number(request: HttpRequest, name: str) -> int | None:
    """A number of the address; nothing where somebody wrote something else."""
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None


def _line(message: Message, user: User) -> Line:
    """Merchants read which side wrote and, on their own side, who; colleagues read every name."""
    mine = message.by_id == user.pk
    us = _("Kaitong") if not user.works_here else message.by
    who: Any = _("You") if mine else us if message.from_us else message.by
    return Line(message.created_at, who, message.text, mine, message.internal)


def _meanwhile(ticket: Ticket, user: User) -> list[Article]:
    """Articles that may help while the merchant waits."""
    return [] if user.works_here or ticket.state in CLOSED else search(ticket.subject, 3)


def _doors(ticket: Ticket, user: User) -> dict[str, bool]:
    """Which verbs this reader finds on the page."""
    standing, staff = ticket.state in STANDING, user.works_here
    return {
        "may_take": ticket.state in OURS and ticket.assigned_to_id != user.pk and may(user, "take"),
        "may_answer": standing and may(user, "answer"),
        "may_note": staff and may(user, "note"),
        "may_resolve": standing and may(user, "resolve"),
        "may_close": ticket.state == TicketState.RESOLVED and may(user, "close"),
        "may_reopen": ticket.state in CLOSED and may(user, "reopen"),
    }

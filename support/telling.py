"""Who hears of a ticket: the team of its promise, or the people who act for the merchant. Never of internal notes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from onboarding import deadlines
from onboarding.models import Notice, User
from onboarding.notices import tell, told
from onboarding.rules import Who
from portal import words
from support.models import Message, Ticket

MAIL, SMS = Notice.Channel.MAIL, Notice.Channel.SMS


def opened(ticket: Ticket, message: Message) -> None:
    """A new ticket: to the team, and to the merchant when one of us wrote it down for them."""
    for user in _merchants(ticket) if message.from_us else ():
        _tell("ticket_opened", ticket, user, str(message.pk), ours=False)
    for user in _team(ticket):
        if user.pk != message.by_id:
            _tell("ticket_opened", ticket, user, str(message.pk), ours=True)


def answered(ticket: Ticket, message: Message) -> None:
    """A message, to the other side."""
    if message.internal:
        return
    for user in _merchants(ticket) if message.from_us else _team(ticket):
        _tell("ticket_answered", ticket, user, str(message.pk), ours=not message.from_us)


def resolved(ticket: Ticket, by: User) -> None:
    """Solved: the merchant hears it when we say so. Our own queue shows it anyway."""
    for user in _merchants(ticket) if by.works_here else ():
        count = ticket.case.version  # the fact before this call made it a new number
        _tell("ticket_resolved", ticket, user, f"resolved{count}", ours=False)


def late(ticket: Ticket) -> None:
    """Past its promise: to the managers who take over."""
    row = deadlines.row_for(ticket.priority, "all", "ticket")
    for user in _group(row.escalate_to if row else Who.OPERATIONS_MANAGER.value):
        _tell("ticket_late", ticket, user, f"late{ticket.due_at:%Y%m%d%H%M%S}", ours=True)


def _merchants(ticket: Ticket) -> list[User]:
    return told(ticket.case)


def _team(ticket: Ticket) -> list[User]:
    """Whoever has the ticket; while it is free, the group whose turn it is by the promise table."""
    if ticket.assigned_to:
        return [ticket.assigned_to]
    row = deadlines.row_for(ticket.priority, "all", "ticket")
    return _group(row.whose_turn if row else Who.SUPPORT_AGENT.value)


def _group(name: str) -> list[User]:
    return list(User.objects.filter(groups__name=name, is_active=True).exclude(email=""))


def _tell(template: str, ticket: Ticket, user: User, what: str, *, ours: bool) -> None:
    """By mail where there is an address, by SMS otherwise."""
    channel, address = (MAIL, user.email) if user.email else (SMS, user.mobile)
    if not address:
        return
    tell(
        template, key=f"{ticket.ref}:{what}:{user.pk}", channel=channel, address=address, language=user.language,
        recipient=user, context=_context(ticket, user, ours),
    )  # fmt: skip


def _context(ticket: Ticket, user: User, ours: bool) -> dict[str, Any]:
    """What the templates get; the moment of the promise as words in the reader's language."""
    with override(user.language):
        due = f"{words.day(ticket.due_at)} {words.hour(ticket.due_at)}" if ticket.due_at else ""
    site = settings.SITE_URL.rstrip("/")
    return {
        "ticket": ticket.ref,
        "subject_line": ticket.subject,
        "merchant": str(ticket.case.merchant),
        "due": due,
        "ours": ours,
        "url": site + ticket.get_absolute_url(),
        "short_url": site + reverse("ticket_short", args=[ticket.ref]),
    }

"""The small machine of a ticket.

The only importer of django_fsm in this app. A verb here is a door and nothing more: who may go through, and what is
written with it, is decided by `support.services`, one function per verb.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, can_proceed, transition

__all__ = ["CLOSED", "OURS", "STANDING", "TicketFlow", "TicketState", "can_proceed"]


class TicketState(models.TextChoices):
    NEW = "new", pgettext_lazy("ticket", "New")
    OPEN = "open", pgettext_lazy("ticket", "In work")
    WAITING = "waiting_merchant", pgettext_lazy("ticket", "Answered")
    RESOLVED = "resolved", pgettext_lazy("ticket", "Solved")
    CLOSED = "closed", pgettext_lazy("ticket", "Closed")


T = TicketState
OURS = (T.NEW, T.OPEN)  # our turn: these have a promise
STANDING = (*OURS, T.WAITING)
CLOSED = (T.RESOLVED, T.CLOSED)


class TicketFlow(ConcurrentTransitionMixin, models.Model):
    """A question, a fault, an objection: from the first word to the last."""

    state = FSMField(_("state"), max_length=20, default=T.NEW, choices=T.choices, protected=True)

    class Meta:
        abstract = True

    @transition(field="state", source=OURS, target=T.OPEN)
    def take(self) -> None:
        """A colleague makes it theirs."""

    @transition(field="state", source=STANDING, target=T.WAITING)
    def answer(self) -> None:
        """We have answered; it is the merchant's turn."""

    @transition(field="state", source=STANDING, target=T.OPEN)
    def reply(self) -> None:
        """The merchant wrote again; it is our turn."""

    @transition(field="state", source=STANDING, target=T.RESOLVED)
    def resolve(self) -> None:
        """It is solved, says the merchant or a colleague."""

    @transition(field="state", source=T.RESOLVED, target=T.CLOSED)
    def close(self) -> None:
        """Put away."""

    @transition(field="state", source=CLOSED, target=T.OPEN)
    def reopen(self) -> None:
        """It was not solved after all."""

"""A ticket and its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case
from onboarding.models.case import new_ref
from support.flow import OURS, TicketFlow

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models import User

SUBJECT_LENGTH, TEXT_LENGTH = 80, 4000


def ticket_ref() -> str:
    """A public reference such as TK-7Q4M-2HX9, made like a case's."""
    return "TK" + new_ref().removeprefix("KT")


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, user: User | AnonymousUser) -> TicketQuerySet:
        """Colleagues who look after tickets see all; others those of the cases that are their own."""
        if user.is_anonymous or not user.is_active:
            return self.none()
        if user.works_here:
            return self if user.has_perm("support.view_ticket") else self.none()
        return self.filter(case__in=Case.objects.visible_to(user))

    def ours(self) -> TicketQuerySet:
        """Those that wait for us."""
        return self.filter(state__in=OURS)

    def late(self) -> TicketQuerySet:
        return self.ours().filter(due_at__lt=timezone.now())


class Ticket(TicketFlow):
    """A question, a fault, an objection or a complaint about one case."""

    class Priority(models.TextChoices):
        """Rows of the promise table, kind "ticket"."""

        P1 = "P1", _("We cannot take payments")
        P2 = "P2", _("Something does not work, or money has not arrived")
        P3 = "P3", _("A question about how to do something")
        P4 = "P4", _("A suggestion, or something else")
        OBJECTION = "objection", _("An objection to a limit or a measure")
        COMPLAINT = "complaint", _("A complaint")

    ref = models.CharField(_("ticket number"), max_length=12, unique=True, default=ticket_ref, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="tickets", verbose_name=_("case"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("assigned to"),
    )  # fmt: skip
    subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority.choices, default=Priority.P3)
    due_at = models.DateTimeField(_("promised by"), null=True, blank=True)  # none while it is the merchant's turn
    escalated_at = models.DateTimeField(_("handed to a manager at"), null=True, blank=True)  # once per promise
    created_at = models.DateTimeField(_("opened at"), auto_now_add=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        indexes = [
            models.Index(fields=["due_at", "id"], name="ticket_queue", condition=models.Q(state__in=OURS)),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("ticket", args=[self.ref])


class Message(models.Model):
    """One message of a ticket. Internal ones never leave the house."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages", verbose_name=_("ticket"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    from_us = models.BooleanField(_("from us"))  # kept: somebody's groups may change later
    internal = models.BooleanField(_("internal"), default=False)
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.ticket_id}/{self.pk}"

"""Notices: who is to be told what. The rows are the outbox."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.entry import Entry
from portal.crypto import EncryptedTextField


class Notice(models.Model):
    """One message to one recipient over one channel, written in the transaction of its cause.

    A worker claims it (leased_until), sends outside any transaction, then confirms. `client_ref` goes to the gateway,
    which counts a repeated one once; a mail carries it as its Message-ID.
    """

    TIME_LIMIT: ClassVar = 50  # seconds a delivery job may run before it is killed
    LEASE: ClassVar = timedelta(seconds=TIME_LIMIT + 5)  # never shorter: a killed job's rows are free at the next sweep
    MAX_ATTEMPTS: ClassVar = 8

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-mail")
        SMS = "sms", _("SMS")

    class Outcome(models.TextChoices):
        DUE = "due", _("Due")
        SENT = "sent", _("Sent")
        UNKNOWN = "unknown", _("Fate unknown")
        DEAD = "dead", _("Given up")

    key = models.CharField(_("key"), max_length=120, unique=True)
    template = models.CharField(_("template"), max_length=48)  # a folder below templates/emails/
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notices", verbose_name=_("recipient")
    )
    address = EncryptedTextField(_("address"), context="onboarding.Notice.address")
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="notices", verbose_name=_("entry"))
    context = EncryptedTextField(_("context"), context="onboarding.Notice.context", default="{}")  # JSON
    client_ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, default=Outcome.DUE)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=200, blank=True, default="")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["due_at", "id"], name="notice_due", condition=models.Q(outcome__in=["due", "unknown"]))
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.channel} #{self.pk}"

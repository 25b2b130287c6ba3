"""What a person asks about their own data, and what waits to be destroyed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models.user import User


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: User | AnonymousUser) -> ExportQuerySet:
        """One's own, nobody else's: not even staff fetch a copy that somebody asked for."""
        return self.none() if user.is_anonymous or not user.is_active else self.filter(user=user)

    def standing(self) -> ExportQuerySet:
        """Waiting, or ready to be fetched."""
        return self.filter(outcome__in=(Export.Outcome.DUE, Export.Outcome.READY))


class Export(models.Model):
    """A copy of everything we hold about a person, made by a worker, sealed, and destroyed when it expires."""

    TIME_LIMIT: ClassVar = 110  # seconds a job may run before it is killed
    LEASE: ClassVar = timedelta(seconds=TIME_LIMIT + 5)
    MAX_ATTEMPTS: ClassVar = 5

    class Outcome(models.TextChoices):
        DUE = "due", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")
        GONE = "gone", _("Deleted")

    ref = models.UUIDField(_("reference"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports", verbose_name=_("user"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, default=Outcome.DUE)
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)
    done = models.PositiveIntegerField(_("parts done"), default=0)
    total = models.PositiveIntegerField(_("parts in all"), default=0)
    file = models.CharField(max_length=120, blank=True, default="")  # name in the private storage
    size = models.PositiveBigIntegerField(_("size (bytes)"), default=0)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of personal data")
        verbose_name_plural = _("copies of personal data")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(outcome__in=["due", "ready"]), name="one_standing_export_per_user"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def context(self) -> str:
        """What the file is bound to by its encryption."""
        return f"export:{self.ref}"

    @property
    def is_ready(self) -> bool:
        """To be fetched now; false from the moment it expires, even if no sweep has come by."""
        return self.outcome == self.Outcome.READY and self.expires_at is not None and self.expires_at > timezone.now()


class Erasure(models.Model):
    """Somebody asked us to delete their data. Nothing new is processed from then on; a purge ends it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="erasures", verbose_name=_("user"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("deletion request")
        verbose_name_plural = _("deletion requests")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(taken_back_at=None, done_at=None),
                name="one_open_erasure_per_user",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Shredding(models.Model):
    """A sealed file that no row names any more. Written in the transaction that let go of it; a job deletes it."""

    name = models.CharField(max_length=120, unique=True)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"#{self.pk}"

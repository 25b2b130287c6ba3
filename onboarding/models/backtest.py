"""A draft of the risk table, tried on cases that were decided: a job with its progress, and what would change."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onboarding.models.case import Case
from onboarding.models.score import RiskTable, Score


class BackTest(models.Model):
    """The row is the job: `cursor` is the last score that was looked at, so that another worker can go on."""

    TIME_LIMIT: ClassVar = 110  # seconds a job may run before it is killed
    LEASE: ClassVar = timedelta(seconds=TIME_LIMIT + 5)
    MAX_ATTEMPTS: ClassVar = 5  # without getting any further

    class Outcome(models.TextChoices):
        DUE = "due", pgettext_lazy("back-test", "Running")
        DONE = "done", pgettext_lazy("back-test", "Finished")
        CANCELLED = "cancelled", pgettext_lazy("back-test", "Stopped")
        FAILED = "failed", pgettext_lazy("back-test", "Broke off")

    table = models.ForeignKey(RiskTable, models.CASCADE, related_name="back_tests", verbose_name=_("risk table"))
    digest = models.CharField(_("content tested"), max_length=64)  # onboarding.scoring.digest
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.DUE)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    last = models.BigIntegerField(default=0)  # id of the newest score that belongs to it
    cursor = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(_("cases done"), default=0)
    total = models.PositiveIntegerField(_("cases in all"), default=0)
    counts = models.JSONField(_("counts"), default=dict)  # {"tiers": {"low>high": n}, "routes": {…}, "decisions": {…}}
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("back-test")
        verbose_name_plural = _("back-tests")
        constraints = [
            models.UniqueConstraint(
                fields=["table"], condition=models.Q(outcome="due"), name="one_running_back_test_per_table"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class BackTestChange(models.Model):
    """One decided step that the draft would have sent another way."""

    test = models.ForeignKey(BackTest, models.CASCADE, related_name="changes")
    score = models.ForeignKey(Score, models.CASCADE, related_name="+")
    points = models.IntegerField(_("points"))
    tier = models.CharField(_("risk tier"), max_length=8, choices=Case.Tier.choices)
    old_route = models.CharField(max_length=8)  # onboarding.scoring.Route
    route = models.CharField(max_length=8)
    alarm = models.BooleanField(_("rejected, and would pass by machine alone"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["test", "score"], name="one_change_per_score")]
        indexes = [models.Index(fields=["test", "-alarm", "id"], name="back_test_changes")]

    def __str__(self) -> str:
        return f"#{self.pk}"

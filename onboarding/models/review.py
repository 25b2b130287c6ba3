"""What machine and person found: checks, returns, opinions, notes of the staff."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.case import Case
from portal.crypto import EncryptedTextField


class Step(models.TextChoices):
    """The two steps that are screened and reviewed."""

    IDENTITY = "identity", _("Identity")
    APPLICATION = "application", _("Application")


class Check(models.Model):
    """One machine check of one step in one round. The row is written when the case enters screening, then done."""

    class Result(models.TextChoices):
        DUE = "due", _("Waiting")
        PASSED = "passed", _("Passed")
        WARNING = "warning", _("Look at this")
        FAILED = "failed", _("Failed")
        ERROR = "error", _("No answer")

    TIME_LIMIT: ClassVar = 110  # seconds a screening job may run before it is killed
    LEASE: ClassVar = timedelta(seconds=TIME_LIMIT + 5)
    MAX_ATTEMPTS: ClassVar = 5

    case = models.ForeignKey(Case, models.PROTECT, related_name="checks", verbose_name=_("case"))
    name = models.CharField(_("check"), max_length=40)  # a module below onboarding/screening/
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    round = models.PositiveSmallIntegerField(_("round"))
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, default=Result.DUE)
    findings = models.JSONField(_("findings"), default=list)  # [{"code": …, "params": {…}}], never personal values
    stale = models.BooleanField(_("stale"), default=False)
    client_ref = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "name", "step", "round"], condition=models.Q(stale=False), name="one_check_per_round"
            )
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="check_due", condition=models.Q(result="due"))]

    def __str__(self) -> str:
        return f"{self.name} {self.result}"


class Reason(models.Model):
    """A reason for a return or a rejection, in both languages. Internal ones never reach a merchant."""

    class Audience(models.TextChoices):
        MERCHANT = "merchant", _("Shown to the merchant")
        INTERNAL = "internal", _("Staff only")

    code = models.CharField(_("code"), max_length=48, unique=True)
    applies_to = models.CharField(_("applies to"), max_length=200)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience.choices)
    sentence_zh = models.CharField(_("sentence (Chinese)"), max_length=300)
    sentence_en = models.CharField(_("sentence (English)"), max_length=300)
    remedy_zh = models.CharField(_("remedy (Chinese)"), max_length=300, blank=True, default="")
    remedy_en = models.CharField(_("remedy (English)"), max_length=300, blank=True, default="")
    shown_as = models.CharField(_("shown as"), max_length=48, blank=True, default="")
    example = models.CharField(_("example"), max_length=32, blank=True, default="")  # a key of onboarding.examples

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")

    def __str__(self) -> str:
        return self.code


class Return(models.Model):
    """One marked item: a document kind or a field that the merchant must mend. Open until the next submission."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="returns", verbose_name=_("case"))
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    round = models.PositiveSmallIntegerField(_("round"))
    item = models.CharField(_("item"), max_length=60)  # "document:business_licence" or "field:uscc"
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="+", verbose_name=_("reason"))
    note = models.CharField(_("note to the merchant"), max_length=300, blank=True, default="")
    before = EncryptedTextField(_("value then"), context="onboarding.Return.before", default="")  # of a field, masked
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("marked by")
    )
    marked_at = models.DateTimeField(_("marked at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)  # when the case was returned
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)  # a field: edited since it was returned
    mended_at = models.DateTimeField(_("mended at"), null=True, blank=True)  # handed in again

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "round", "item"], name="one_return_per_item_and_round")
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.reason})"


class StaffNote(models.Model):
    """A remark for colleagues. Never shown to a merchant."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="staff_notes", verbose_name=_("case"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    text = models.TextField(_("note"), max_length=2000)

    class Meta:
        verbose_name = _("staff note")
        verbose_name_plural = _("staff notes")

    def __str__(self) -> str:
        return f"#{self.pk}"


class ReviewPolicy(models.Model):
    """How a merchant type is decided: by machine alone, by one reviewer, or by two."""

    merchant_type = models.CharField(_("merchant type"), max_length=16, unique=True)
    straight_through = models.BooleanField(_("low risk may pass by machine alone"), default=False)
    second_review_from = models.CharField(
        _("second review from tier"), max_length=8, choices=Case.Tier.choices, default=Case.Tier.MEDIUM
    )
    go_live_by_machine = models.BooleanField(_("low risk may go live by itself"), default=True)
    sample_machine_ppm = models.PositiveIntegerField(
        _("blind re-check of what the machine passed (ppm)"), default=50_000, validators=[MaxValueValidator(1_000_000)]
    )
    sample_reviewer_ppm = models.PositiveIntegerField(
        _("blind re-check of what one reviewer decided (ppm)"), default=20_000,
        validators=[MaxValueValidator(1_000_000)],
    )  # fmt: skip

    class Meta:
        verbose_name = _("review policy")
        verbose_name_plural = _("review policies")

    def __str__(self) -> str:
        return self.merchant_type

"""How risky a case is: the table of weights that people edit, and what it came to for one case, step and round."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onboarding.models.case import Case
from onboarding.models.review import Step


class RiskTable(models.Model):
    """Weights and thresholds of one version: draft, published by a second person after a back-test, superseded."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("risk table", "Draft")
        PUBLISHED = "published", pgettext_lazy("risk table", "Published")
        SUPERSEDED = "superseded", pgettext_lazy("risk table", "Superseded")

    version = models.PositiveIntegerField(_("version"), unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    medium_from = models.PositiveIntegerField(_("medium risk from (points)"), default=20)
    high_from = models.PositiveIntegerField(_("high risk from (points)"), default=50)
    why = models.CharField(_("what this version changes"), max_length=300, blank=True, default="")
    accepted = models.CharField(_("why rejected cases may pass"), max_length=300, blank=True, default="")
    # None: there were no alarms to accept, or it was published before the number was kept.
    accepted_alarms = models.PositiveIntegerField(_("alarms accepted"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("published by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("risk table")
        verbose_name_plural = _("risk tables")
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=models.Q(status="published"), name="one_published_risk_table"
            ),
            models.UniqueConstraint(fields=["status"], condition=models.Q(status="draft"), name="one_draft_risk_table"),
            models.CheckConstraint(
                condition=models.Q(high_from__gt=models.F("medium_from")),
                name="high_risk_above_medium",
                violation_error_message=_("High risk has to begin above medium risk."),
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class RiskWeight(models.Model):
    """Points for one fact. A named fact counts when it has this value, a measured one from this number on."""

    class Fact(models.TextChoices):
        MERCHANT_TYPE = "merchant_type", _("Type of merchant")
        CHANNEL = "channel", _("How the case came")
        REGION = "region", _("Region of the store")
        MCC_RISK = "mcc_risk", _("Risk class of the category")
        PREMISES = "premises", _("Premises")
        CHECK = "check", _("Answer of a check")
        FINDING = "finding", _("Finding of a check")
        FAILED = "failed", _("Checks that failed, at least")
        SILENT = "silent", _("Checks without an answer, at least")
        WARNED = "warned", _("Checks with a warning, at least")
        OWNER_AGE = "owner_age", _("Age of the responsible person, at least (years)")
        BUSINESS_AGE = "business_age", _("Age of the business, at least (months)")
        TURNOVER = "turnover", _("Takings against the usual of its type, at least (%)")
        AMOUNT = "amount", _("Largest amount against the usual of its type, at least (%)")
        TERMINALS = "terminals", _("Terminals, at least")

    MEASURED = (
        Fact.FAILED, Fact.SILENT, Fact.WARNED, Fact.OWNER_AGE, Fact.BUSINESS_AGE, Fact.TURNOVER, Fact.AMOUNT,
        Fact.TERMINALS,
    )  # fmt: skip

    table = models.ForeignKey(RiskTable, models.CASCADE, related_name="weights", verbose_name=_("risk table"))
    fact = models.CharField(_("fact"), max_length=16, choices=Fact.choices)
    value = models.CharField(_("value"), max_length=60)
    points = models.IntegerField(_("points"))

    class Meta:
        verbose_name = _("risk weight")
        verbose_name_plural = _("risk weights")
        ordering = ["fact", "value", "pk"]
        constraints = [models.UniqueConstraint(fields=["table", "fact", "value"], name="one_weight_per_fact_and_value")]

    def __str__(self) -> str:
        return f"{self.fact} {self.value}"


class ScoreQuerySet(models.QuerySet["Score"]):
    def decided(self) -> ScoreQuerySet:
        """Those whose step was decided in that round."""
        return self.exclude(decided="")


class Score(models.Model):
    """What the published table came to. It keeps the facts of that time, so that another table can be tried on them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="scores", verbose_name=_("case"))
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    round = models.PositiveSmallIntegerField(_("round"))
    table = models.ForeignKey(RiskTable, models.PROTECT, related_name="+", verbose_name=_("risk table"))
    points = models.IntegerField(_("points"))
    tier = models.CharField(_("risk tier"), max_length=8, choices=Case.Tier.choices)
    addends = models.JSONField(_("addends"), default=list)  # [{"fact", "value", "points"}], the largest first
    facts = models.JSONField(_("facts"), default=dict)  # onboarding.scoring.facts.Seen: codes and numbers, no names
    made_at = models.DateTimeField(_("made at"))
    decided = models.CharField(_("decided by"), max_length=32, blank=True, default="")  # the verb that ended the step
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk score")
        verbose_name_plural = _("risk scores")
        constraints = [models.UniqueConstraint(fields=["case", "step", "round"], name="one_score_per_round")]
        indexes = [models.Index(fields=["id"], name="score_decided", condition=~models.Q(decided=""))]

    def __str__(self) -> str:
        return f"{self.points} {self.tier}"


def worst(*tiers: str) -> Any:
    """The highest of these risk tiers; empty ones count as low."""
    order = Case.Tier.values
    return max((tier or Case.Tier.LOW for tier in tiers), key=order.index)

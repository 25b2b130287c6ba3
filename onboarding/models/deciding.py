"""What reviewers leave behind when they decide: opinions, promises asked of a merchant, and one reconsideration."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.case import Case
from onboarding.models.review import Reason, Step
from portal.crypto import EncryptedTextField


class Opinion(models.Model):
    """What one reviewer thinks of one step in one round. Kept for good; a second reviewer gives theirs unseen."""

    class Verdict(models.TextChoices):
        APPROVE = "approve", _("Approve")
        RETURN = "return", _("Return")
        REJECT = "reject", _("Reject")

    case = models.ForeignKey(Case, models.PROTECT, related_name="opinions", verbose_name=_("case"))
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    round = models.PositiveSmallIntegerField(_("round"))
    verdict = models.CharField(_("opinion"), max_length=8, choices=Verdict.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    note = EncryptedTextField(_("note"), context="onboarding.Opinion.note", default="", blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "round", "by"], name="one_opinion_per_reviewer_and_round")
        ]

    def __str__(self) -> str:
        return f"{self.verdict} #{self.pk}"


class ConditionKind(models.Model):
    """A promise that a merchant may be asked for when something cannot be there yet, in both languages."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    sentence_zh = models.CharField(_("promise (Chinese)"), max_length=300)
    sentence_en = models.CharField(_("promise (English)"), max_length=300)
    consequence_zh = models.CharField(_("consequence (Chinese)"), max_length=300)
    consequence_en = models.CharField(_("consequence (English)"), max_length=300)
    document = models.CharField(_("kind of document"), max_length=40)  # what keeps it; of the document matrix
    days = models.PositiveSmallIntegerField(_("usual time (days)"))
    most_days = models.PositiveSmallIntegerField(_("longest time (days)"))

    class Meta:
        verbose_name = _("kind of promise")
        verbose_name_plural = _("kinds of promise")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ConditionQuerySet(models.QuerySet["Condition"]):
    def agreed(self) -> ConditionQuerySet:
        """Part of an approval, and not void: whether kept, open or broken."""
        return self.exclude(agreed_at=None).filter(void_at=None)

    def open(self) -> ConditionQuerySet:
        """Agreed and not kept: the merchant owes it, or we have to look at what came."""
        return self.agreed().filter(kept_at=None)


class Condition(models.Model):
    """A promise under which a case was approved: what, and until when. Proposed first, agreed by the approval."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="conditions", verbose_name=_("case"))
    kind = models.ForeignKey(ConditionKind, models.PROTECT, related_name="+", verbose_name=_("kind of promise"))
    due_on = models.DateField(_("promised for"))  # the last day, in Shanghai
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set at"), auto_now_add=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)  # when the case was approved
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    refused_note = models.CharField(_("what is still wrong"), max_length=300, blank=True, default="")  # they read it
    kept_at = models.DateTimeField(_("kept at"), null=True, blank=True)
    broken_at = models.DateTimeField(_("broken at"), null=True, blank=True)
    void_at = models.DateTimeField(_("void since"), null=True, blank=True)  # the case ended, or begins anew

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise of a merchant")
        verbose_name_plural = _("promises of merchants")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(kept_at=None, void_at=None),
                name="one_open_condition_per_kind",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="condition_due",
                condition=models.Q(
                    agreed_at__isnull=False, handed_in_at=None, kept_at=None, broken_at=None, void_at=None
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} #{self.pk}"


class Appeal(models.Model):
    """The one reconsideration that a merchant may ask for after a rejection."""

    class Outcome(models.TextChoices):
        WAITING = "", _("Waiting")
        REOPENED = "reopened", _("Opened again")
        UPHELD = "upheld", _("Upheld")

    LONGEST: ClassVar = 1000  # letters of its text

    case = models.OneToOneField(Case, models.PROTECT, related_name="appeal", verbose_name=_("case"))
    text = EncryptedTextField(_("what they say"), context="onboarding.Appeal.text")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    due_at = models.DateTimeField(_("answer promised by"))
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING, blank=True
    )
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="+", verbose_name=_("reason"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reconsideration")
        verbose_name_plural = _("reconsiderations")
        indexes = [models.Index(fields=["due_at", "id"], name="appeal_waiting", condition=models.Q(outcome=""))]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def waits(self) -> bool:
        return self.outcome == self.Outcome.WAITING

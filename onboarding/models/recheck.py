"""The blind re-check: a sample of what machine or one reviewer decided, decided again by somebody who does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onboarding.models.case import Case
from onboarding.models.merchant import Membership
from onboarding.models.review import Step

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models.user import User


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def visible_to(self, user: User | AnonymousUser) -> RecheckQuerySet:
        """Reviewers see what they may decide, and what they have decided; never a decision of their own to re-check."""
        if user.is_anonymous or not user.is_active or not user.has_perm("onboarding.view_recheck"):
            return self.none()
        if not user.has_perm("onboarding.decide_recheck"):
            return self
        named = Membership.objects.filter(user=user).values("merchant")
        open_to_me = models.Q(opinion="") & ~models.Q(first_by=user) & ~models.Q(case__opened_by=user)
        return self.filter(models.Q(by=user) | open_to_me & ~models.Q(case__merchant__in=named))

    def waiting(self) -> RecheckQuerySet:
        return self.filter(opinion="")


class Recheck(models.Model):
    """Drawn when a step is decided. `first_by` is empty where the machine decided alone."""

    class Opinion(models.TextChoices):
        APPROVE = "approve", pgettext_lazy("opinion", "Approve")
        RETURN = "return", pgettext_lazy("opinion", "Return")
        REJECT = "reject", pgettext_lazy("opinion", "Reject")

    case = models.ForeignKey(Case, models.PROTECT, related_name="rechecks", verbose_name=_("case"))
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    round = models.PositiveSmallIntegerField(_("round"))
    first = models.CharField(_("first opinion"), max_length=8, choices=Opinion.choices)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("first decided by"),
    )  # fmt: skip
    first_at = models.DateTimeField(_("first decided at"))
    opinion = models.CharField(_("opinion"), max_length=8, choices=Opinion.choices, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True, default="")

    objects = RecheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("blind re-check")
        verbose_name_plural = _("blind re-checks")
        permissions = [
            ("decide_recheck", "Can decide a blind re-check"),
            ("view_agreement", "Can read how far reviewers agree"),
        ]
        constraints = [models.UniqueConstraint(fields=["case", "step", "round"], name="one_recheck_per_round")]
        indexes = [
            models.Index(fields=["first_at", "id"], name="recheck_waiting", condition=models.Q(opinion="")),
            models.Index(fields=["first_by", "first_at"], name="recheck_of_reviewer"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def agrees(self) -> bool | None:
        """None while nobody has decided again."""
        return self.opinion == self.first if self.opinion else None

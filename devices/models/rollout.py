"""A rollout: one store from order to acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from devices.flow import Phase, RolloutFlow
from onboarding.models import Case, Store

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models import User


class RolloutQuerySet(models.QuerySet["Rollout"]):
    def visible_to(self, user: User | AnonymousUser) -> RolloutQuerySet:
        return self.filter(case__in=Case.objects.visible_to(user))

    def standing(self) -> RolloutQuerySet:
        return self.exclude(state=Phase.CANCELLED)


class Rollout(RolloutFlow):
    """The case follows its opening rollout; later ones (new store, more terminals, another place) never move it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rollouts", verbose_name=_("case"))
    store = models.ForeignKey(Store, models.PROTECT, null=True, related_name="+", verbose_name=_("store"))
    opening = models.BooleanField(_("opening rollout"), default=True)
    attempt = models.PositiveSmallIntegerField(_("installation attempt"), default=1)  # a failed acceptance adds one
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    objects = RolloutQuerySet.as_manager()

    class Meta:
        verbose_name = _("rollout")
        verbose_name_plural = _("rollouts")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(opening=True) & ~models.Q(state=Phase.CANCELLED),
                name="one_opening_rollout_per_case",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.pk}"

"""Price lists: a draft is published by somebody who did not write it; a published one is never changed."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from onboarding.models import FeePlan, FeeRule, User
from onboarding.services.errors import NotAllowed, NotNow, Refused

Status = FeePlan.Status
FOUR_EYES = _("You wrote this plan. A colleague has to publish it.")
NOT_A_DRAFT = _("Only a draft can be published.")
NO_RULES = _("This plan has no prices yet. Add its rules first.")


def publish_plan(plan_id: int, *, by: User, authors: Collection[int]) -> FeePlan:
    """Publish a draft; the published version before it is superseded. `authors`: ids of those who wrote or changed it.

    Raises NotAllowed (an author), NotNow (no draft) or Refused (no rules).
    """
    with transaction.atomic():
        plan = FeePlan.objects.select_for_update().get(pk=plan_id)
        if by.pk in authors:
            raise NotAllowed(FOUR_EYES)
        if plan.status != Status.DRAFT:
            raise NotNow(NOT_A_DRAFT)
        if not plan.rules.exists():
            raise Refused(NO_RULES)
        FeePlan.objects.filter(code=plan.code, status=Status.PUBLISHED).update(status=Status.SUPERSEDED)
        FeePlan.objects.filter(pk=plan.pk).update(status=Status.PUBLISHED)
    return FeePlan.objects.get(pk=plan.pk)


def draft_of(plan_id: int) -> FeePlan:
    """The next version of a plan as a draft with the same rules; the one that is open already, if there is one."""
    with transaction.atomic():
        plan = FeePlan.objects.select_for_update().get(pk=plan_id)
        versions = FeePlan.objects.filter(code=plan.code)
        if draft := versions.filter(status=Status.DRAFT).first():
            return draft
        newest = versions.aggregate(newest=models.Max("version"))["newest"]
        draft = _copy(plan, version=newest + 1, status=Status.DRAFT)
        FeeRule.objects.bulk_create([FeeRule(**_columns(rule) | {"plan": draft}) for rule in plan.rules.all()])
    return draft


def _copy(plan: FeePlan, **changed: object) -> FeePlan:
    return FeePlan.objects.create(**_columns(plan) | changed)


def _columns(row: models.Model) -> dict[str, object]:
    return {field.name: getattr(row, field.name) for field in row._meta.fields if not field.primary_key}

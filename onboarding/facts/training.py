"""Reads TrainingFacts: one query."""

from __future__ import annotations

from django.utils import timezone

from onboarding.models import Certificate, Course
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.training import TrainingFacts


@gathers(TrainingFacts)
def training(case: CaseFacts) -> TrainingFacts:
    valid = Certificate.objects.filter(case=case.id, valid_until__gte=timezone.localdate())
    needed = Course.objects.filter(before_go_live=True).exclude(pk__in=valid.values("course"))
    return TrainingFacts(untrained=tuple(needed.order_by("code").values_list("code", flat=True)))

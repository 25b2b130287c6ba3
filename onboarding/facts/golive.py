"""Reads GoLiveFacts: one query."""

from __future__ import annotations

from django.db.models import Exists

from onboarding.flow import Stage
from onboarding.models import Agreement, Application, Case, ReviewPolicy
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.golive import GoLiveFacts


@gathers(GoLiveFacts)
def golive(case: CaseFacts) -> GoLiveFacts:
    policy = ReviewPolicy.objects.filter(merchant_type=case.merchant_type, go_live_by_machine=True)
    signed, has_mid, by_machine = Case.objects.filter(pk=case.id).values_list(
        Exists(Agreement.objects.filter(case=case.id, stage=Stage.SIGNED)),
        Exists(Application.objects.filter(case=case.id).exclude(mid="")),
        Exists(policy),
    )[0]
    return GoLiveFacts(signed=signed, has_mid=has_mid, by_machine=case.risk_tier == Case.Tier.LOW and by_machine)

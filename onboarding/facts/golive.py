"""Reads GoLiveFacts: three queries."""

from __future__ import annotations

from onboarding.flow import Stage
from onboarding.models import Agreement, Application, Case, ReviewPolicy
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.golive import GoLiveFacts


@gathers(GoLiveFacts)
def golive(case: CaseFacts) -> GoLiveFacts:
    policy = ReviewPolicy.objects.filter(merchant_type=case.merchant_type, go_live_by_machine=True)
    return GoLiveFacts(
        signed=Agreement.objects.filter(case=case.id, stage=Stage.SIGNED).exists(),
        has_mid=Application.objects.filter(case=case.id).exclude(mid="").exists(),
        by_machine=case.risk_tier == Case.Tier.LOW and policy.exists(),
    )

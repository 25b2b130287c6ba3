"""Reads ReviewFacts: four queries, five where low risk may pass by machine."""

from __future__ import annotations

from onboarding.models import Case, Check, Return, ReviewPolicy, Score, Step
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.review import ReviewFacts
from onboarding.screening import CHECKS

TIERS = [tier.value for tier in Case.Tier]


@gathers(ReviewFacts)
def review(case: CaseFacts) -> ReviewFacts:
    step = Step.APPLICATION if case.state.startswith("application") else Step.IDENTITY
    results = dict(
        Check.objects.filter(case=case.id, step=step, round=case.round, stale=False).values_list("name", "result")
    )
    policy = ReviewPolicy.objects.filter(merchant_type=case.merchant_type).first()
    return ReviewFacts(
        due=sum(result == Check.Result.DUE for result in results.values()),
        not_passed=sum(result not in (Check.Result.DUE, Check.Result.PASSED) for result in results.values()),
        open_gates=tuple(_open_gates(results)),
        marked=Return.objects.filter(case=case.id, step=step, sent_at=None).count(),
        straight_through=bool(policy and policy.straight_through and _scored_low(case, step)),
        second_review=_second_review(case, policy),
    )


def _scored_low(case: CaseFacts, step: str) -> bool:
    """A case without a score never passes by machine alone: silence is no low risk."""
    scores = Score.objects.filter(case=case.id, step=step, round=case.round, tier=Case.Tier.LOW)
    return case.risk_tier == Case.Tier.LOW and scores.exists()


def _open_gates(results: dict[str, str]) -> list[str]:
    return [name for name, result in results.items() if _is_gate(name) and result != Check.Result.PASSED]


def _is_gate(name: str) -> bool:
    return name in CHECKS and CHECKS[name].hard


def _second_review(case: CaseFacts, policy: ReviewPolicy | None) -> bool:
    start = policy.second_review_from if policy else Case.Tier.MEDIUM
    return TIERS.index(case.risk_tier) >= TIERS.index(start)

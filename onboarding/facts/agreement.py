"""Reads AgreementFacts: three queries."""

from __future__ import annotations

from django.db.models import F

from onboarding.facts.identity import RESPONSIBLE, people
from onboarding.flow import Stage
from onboarding.models import Agreement, Case, Consent, Person
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.agreement import AgreementFacts


@gathers(AgreementFacts)
def agreement(case: CaseFacts) -> AgreementFacts:
    consents = Consent.objects.filter(case=case.id, purpose=Consent.Purpose.SHARING, withdrawn_at=None)
    return AgreementFacts(
        signer_reachable=bool((person := signer(case)) and person.mobile),
        # An earlier version that was amended does not count: it was signed before the case came back here.
        signed=Agreement.objects.filter(
            case=case.id, stage=Stage.SIGNED, signed_at__gte=F("case__since")
        ).exists(),
        sharing_consented=consents.exists(),
    )  # fmt: skip


def signer(case: CaseFacts | Case) -> Person | None:
    """The legal representative, or the operator."""
    return next((one for one in people(case) if one.role == RESPONSIBLE), None)

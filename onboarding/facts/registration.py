"""Reads RegistrationFacts: two queries."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from onboarding.models import Consent, Membership, Merchant
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.registration import RegistrationFacts


@gathers(RegistrationFacts)
def registration(case: CaseFacts) -> RegistrationFacts:
    confirmed = Membership.objects.filter(merchant=OuterRef("pk"), active=True, user__mobile_verified=True)
    name, mobile, is_confirmed = (
        Merchant.objects.annotate(confirmed=Exists(confirmed))
        .values_list("contact_name", "contact_mobile_index", "confirmed")
        .get(pk=case.merchant_id)
    )
    given = Consent.objects.filter(case=case.id, withdrawn_at=None).values_list("purpose", flat=True)
    return RegistrationFacts(
        has_contact=bool(name), has_mobile=bool(mobile), mobile_confirmed=is_confirmed, consents=frozenset(given)
    )

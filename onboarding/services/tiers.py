"""A person sets how low a case's risk may be at most. It stands until a person changes it."""

from __future__ import annotations

from django.db import transaction

from onboarding.models import Case, Entry, Score, User
from onboarding.models.score import worst
from onboarding.services.moves import _entered, _locked
from onboarding.services.scoring import check_tier


def set_tier(case_id: int, tier: str, *, by: User, note: str) -> Entry:
    """Let the case be `tier` at least ("": as its score says). Raises NotAllowed, NotNow or Refused."""
    with transaction.atomic():
        case = _locked(case_id)
        check_tier(case, by=by, note=note)
        newest = Score.objects.filter(case=case).order_by("-made_at", "-pk").values_list("tier", flat=True).first()
        entry = _entered(case, "fact:risk_tier_set", case.state, by, note, {"tier": tier}, public=False)
        case.tier_floor, case.risk_tier = tier, worst(tier, newest or Case.Tier.LOW)
        case.save(update_fields=["tier_floor", "risk_tier", "version", "head"])
    return entry

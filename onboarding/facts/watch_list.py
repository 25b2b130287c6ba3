"""Reads WatchFacts: one query."""

from __future__ import annotations

from collections import Counter

from onboarding.models import WatchHit
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.watch_list import WatchFacts

Verdict = WatchHit.Verdict


@gathers(WatchFacts)
def watched(case: CaseFacts) -> WatchFacts:
    hits = WatchHit.objects.filter(merchant=case.merchant_id).exclude(verdict=Verdict.CLEARED)
    found = Counter(hits.values_list("verdict", flat=True))
    return WatchFacts(open=found[Verdict.OPEN], confirmed=found[Verdict.CONFIRMED])

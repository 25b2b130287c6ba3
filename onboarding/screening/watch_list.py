"""Our own watch-lists, for the business and everybody named. A hard gate, and never told to a merchant.

Each possible match is written down as a hit that a person decides. The answer tells how the hits stand: one by number,
or one that was confirmed, fails; one by name waits for somebody to look; what was cleared passes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Check, Step, WatchHit
from onboarding.screening.registry import Outcome, Result, check
from onboarding.screening.watching import COMPANY, matches, open_hits, published, subjects

DAYS = 10  # within which a listing is answered: DOMAIN 1.4


@check("watch_list", Step.IDENTITY, _("Watch-lists"), hard=True)
def watch_list(case: Case) -> Outcome:
    """Findings: watch_confirmed, watch_number (failed), watch_name (warning), each {subject, way, by}."""
    found = list(subjects(case.merchant, case.merchant.persons.order_by("pk")))
    due = case.due_at or timezone.now() + timedelta(days=DAYS)
    open_hits(matches(found, published()), {case.merchant_id: case}, due)
    return outcome(case.merchant_id)


def refresh(case: Case) -> None:
    """Let the answered check of the round under way say how the hits stand now: one was found or decided since."""
    now = outcome(case.merchant_id)
    answered = Check.objects.filter(case=case, name="watch_list", step=Step.IDENTITY, round=case.round, stale=False)
    answered.exclude(result__in=(Result.DUE, Result.ERROR)).update(result=now.result, findings=list(now.findings))


def outcome(merchant_id: int) -> Outcome:
    """What the hits of a merchant say now."""
    hits = WatchHit.objects.filter(merchant=merchant_id).exclude(verdict=WatchHit.Verdict.CLEARED)
    findings = [_finding(hit) for hit in hits.order_by("pk")]
    failed = any(one["code"] != "watch_name" for one in findings)
    return Outcome.of(*findings, result=Result.FAILED if failed else Result.WARNING)


def _finding(hit: WatchHit) -> dict[str, Any]:
    code = "watch_number" if hit.is_exact else "watch_name"
    if hit.verdict == WatchHit.Verdict.CONFIRMED:
        code = "watch_confirmed"
    subject = COMPANY if hit.subject == COMPANY else f"{hit.role}:{hit.person_id or ''}"
    return {"code": code, "params": {"subject": subject, "way": hit.way, "by": hit.by}}

"""Licence and identity documents: over is a failure, soon over a warning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, MerchantType, Step
from onboarding.screening.registry import Outcome, Result, check

SOON = 90  # days


@check("expiry", Step.IDENTITY, _("Documents are in force"))
def expiry(case: Case) -> Outcome:
    findings = [*_findings(case)]
    over = any(one["code"].endswith("_expired") for one in findings)
    return Outcome.of(*findings, result=Result.FAILED if over else Result.WARNING)


def _findings(case: Case) -> Iterator[dict[str, Any]]:
    merchant = case.merchant
    if merchant.type != MerchantType.MICRO and not merchant.is_long_term:
        yield from _judged("licence", merchant.valid_until)
    for person in merchant.persons.all():
        if not person.id_long_term:
            yield from _judged("person_id", person.id_valid_until)


def _judged(subject: str, until: date | None) -> Iterator[dict[str, Any]]:
    if until is None:
        yield {"code": f"{subject}_no_end", "params": {}}
        return
    left = (until - timezone.localdate()).days
    if left < 0:
        yield {"code": f"{subject}_expired", "params": {"days": -left}}
    elif left < SOON:
        yield {"code": f"{subject}_expires_soon", "params": {"days": left}}

"""The declared takings against the kind of business. The limits are project policy, not law."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.models import Application, Case, MerchantType, Step
from onboarding.screening.registry import Outcome, check

YUAN = 100  # fen
PLENTY = (50_000_000 * YUAN, 5_000_000 * YUAN)
# Above this a reviewer looks: (fen a month, fen in one payment).
USUAL: dict[str, tuple[int, int]] = {
    MerchantType.MICRO: (100_000 * YUAN, 10_000 * YUAN),
    MerchantType.SOLE_TRADER: (3_000_000 * YUAN, 200_000 * YUAN),
}


@check("turnover", Step.APPLICATION, _("Declared takings"))
def turnover(case: Case) -> Outcome:
    """Findings, all warnings: turnover_missing, turnover_high, amount_high, amount_above_month, terminals_many."""
    application = Application.objects.filter(case=case).first()
    if application is None or not application.monthly_turnover_fen or not application.largest_amount_fen:
        return Outcome.of({"code": "turnover_missing"})
    return Outcome.of(*_findings(case.merchant.type, application))


def _findings(merchant_type: str, row: Application) -> Iterator[dict[str, Any]]:
    month, largest = row.monthly_turnover_fen or 0, row.largest_amount_fen or 0
    usual_month, usual_largest = USUAL.get(merchant_type, PLENTY)
    if month > usual_month:
        yield {"code": "turnover_high", "params": {"fen": month, "usual": usual_month}}
    if largest > usual_largest:
        yield {"code": "amount_high", "params": {"fen": largest, "usual": usual_largest}}
    if largest > month:
        yield {"code": "amount_above_month", "params": {"fen": largest}}
    if row.terminals > 5 and month // row.terminals < 3_000 * YUAN:
        yield {"code": "terminals_many", "params": {"terminals": row.terminals}}

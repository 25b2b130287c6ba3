"""The trade: is it open to us and to this merchant type, are its permits there, does the institution work there?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.models import Application, Case, Document, MerchantCategory, MerchantType, Permit, Step
from onboarding.screening.registry import Outcome, Result, check

NEVER = ("unknown_trade", "prohibited_trade", "needs_licence")


@check("category", Step.APPLICATION, _("Trade and permits"))
def category(case: Case) -> Outcome:
    """Findings: NEVER (failed), permit_missing {permits}, high_risk_trade, cash_like, out_of_region (warnings)."""
    application = Application.objects.select_related("store", "plan__institution").filter(case=case).first()
    if application is None or application.store is None:
        return Outcome.of({"code": "unknown_trade"}, result=Result.FAILED)
    row = MerchantCategory.objects.filter(pk=application.store.mcc).first()
    findings = tuple(_findings(case, application, row))
    failed = any(finding["code"] in NEVER for finding in findings)
    return Outcome.of(*findings, result=Result.FAILED if failed else Result.WARNING)


def _findings(case: Case, application: Application, row: MerchantCategory | None) -> Iterator[dict[str, Any]]:
    if row is None:
        yield {"code": "unknown_trade"}
        return
    mcc = {"mcc": row.code}
    if row.risk == "prohibited" or row.fee_class == "none":
        yield {"code": "prohibited_trade", "params": mcc}
    if case.merchant.type == MerchantType.MICRO and not row.allow_micro:
        yield {"code": "needs_licence", "params": mcc}
    if missing := permits_missing(case, application, row):
        yield {"code": "permit_missing", "params": {"permits": missing}}
    if row.risk == "high":
        yield {"code": "high_risk_trade", "params": mcc}
    if row.cash_like:
        yield {"code": "cash_like", "params": mcc}
    if application.plan and application.store and not application.plan.serves(application.store.division_code):
        yield {"code": "out_of_region", "params": {"institution": application.plan.institution.code}}


def permits_missing(case: Case, application: Application, row: MerchantCategory) -> list[str]:
    """Codes of permits that the trade needs while no permit was handed in; the reviewer reads which one it is."""
    declared = row.permits_if if application.store and application.store.permit_declared else []
    wanted = [*row.permits, *declared]
    if not wanted or Document.objects.filter(case=case, kind="special_permit").current().exists():
        return []
    return list(Permit.objects.filter(code__in=wanted).order_by("code").values_list("code", flat=True)) or wanted

"""The settlement account: in the merchant's own name, of a kind that fits, at the bank that its branch number names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.formats import bank_account, bank_card, cnaps, text
from onboarding.models import Application, Bank, Case, Person, SettlementAccount, Step
from onboarding.rules.application import account_kinds
from onboarding.screening.registry import Outcome, Result, check

NEVER = ("no_account", "account_kind", "account_name")


@check("account", Step.APPLICATION, _("Settlement account"))
def account(case: Case) -> Outcome:
    """Findings: NEVER (failed); account_owner_unknown, bank_differs, number_{code}, account_shared (warnings)."""
    application = Application.objects.select_related("account").filter(case=case).first()
    if application is None or application.account is None:
        return Outcome.of({"code": "no_account"}, result=Result.FAILED)
    findings = tuple(_findings(case, application.account))
    failed = any(finding["code"] in NEVER for finding in findings)
    return Outcome.of(*findings, result=Result.FAILED if failed else Result.WARNING)


def _findings(case: Case, row: SettlementAccount) -> Iterator[dict[str, Any]]:
    if row.kind not in account_kinds(case.merchant.type):
        yield {"code": "account_kind", "params": {"kind": row.kind, "type": case.merchant.type}}
    owner = owner_name(case, row.kind)
    if not owner:
        yield {"code": "account_owner_unknown"}
    elif not text.is_same(owner, row.holder):
        yield {"code": "account_name"}
    yield from _of_number(row)
    others = SettlementAccount.objects.filter(number_index=row.number_index).exclude(merchant=row.merchant_id)
    if shared := others.values("merchant").distinct().count():
        yield {"code": "account_shared", "params": {"merchants": shared}}


def _of_number(row: SettlementAccount) -> Iterator[dict[str, Any]]:
    read = bank_account.read if row.kind == SettlementAccount.Kind.UNIT else bank_card.read
    for code in read(row.number).codes:
        yield {"code": f"number_{code}"}
    if not Bank.objects.filter(pk=row.bank).exists():
        yield {"code": "bank_unknown"}
    elif row.cnaps and cnaps.bank_class(row.cnaps) != cnaps.bank_class(row.bank):
        yield {"code": "bank_differs"}


def owner_name(case: Case, kind: str) -> str:
    """In whose name the account has to be: the business, or the operator for a personal one; "" when unknown."""
    role = Person.Role.LEGAL_REPRESENTATIVE
    return owner_of(case, Person.objects.filter(merchant=case.merchant_id, role=role).order_by("pk").first(), kind)


def owner_of(case: Case, responsible: Person | None, kind: str) -> str:
    """As `owner_name`, for whom knows the responsible person."""
    if kind == SettlementAccount.Kind.UNIT:
        return case.merchant.name
    return responsible.name if responsible else ""

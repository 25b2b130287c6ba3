"""The business register: is the business there, in force, and under the same name and representative?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.formats import text
from onboarding.models import Case, MerchantType, Person, Step
from onboarding.screening import register_answer
from onboarding.screening.asking import answer, client_ref
from onboarding.screening.registry import Outcome, Result, check
from portal.gateways import gateway, registry

EXEMPT_CAPITAL_FEN = 10_000_000 * 100  # up to this a company of natural persons may give the promise (DOMAIN 1.2)
FAILING = ("registry_not_found", "registry_not_active")


@check("registry_entry", Step.IDENTITY, _("Business register"))
def registry_entry(case: Case) -> Outcome:
    if case.merchant.type == MerchantType.MICRO:
        return Outcome(Result.PASSED)
    party, ref = gateway("registry"), client_ref(case, "registry_entry", Step.IDENTITY)
    query = registry.CompanyQuery(case.merchant.uscc)
    company = answer(party, ref, registry.Company, lambda ref: party.look_up(ref, query))
    if company.found == registry.Found.NO_ANSWER:
        return Outcome(Result.ERROR, ({"code": "registry_no_answer", "params": {}},))
    register_answer.keep(case, company)
    findings = [*_differences(case, company)]
    failed = any(one["code"] in FAILING for one in findings)
    return Outcome.of(*findings, result=Result.FAILED if failed else Result.WARNING)


def _differences(case: Case, company: registry.Company) -> Iterator[dict[str, Any]]:
    if company.found == registry.Found.NOT_FOUND:
        yield {"code": "registry_not_found", "params": {}}
        return
    merchant = case.merchant
    if not company.active:
        yield {"code": "registry_not_active", "params": {"status": company.status}}
    if company.name and not text.is_same(company.name, merchant.name):
        yield {"code": "registry_other_name", "params": {}}
    if _other_representative(case, company.legal_representative):
        yield {"code": "registry_other_representative", "params": {}}
    if merchant.beneficial_owner_exempt and (company.capital_fen or 0) > EXEMPT_CAPITAL_FEN:
        yield {"code": "registry_capital_too_large", "params": {}}


def _other_representative(case: Case, name: str) -> bool:
    responsible = case.merchant.persons.filter(role=Person.Role.LEGAL_REPRESENTATIVE).first()
    return bool(name and responsible and not text.is_same(name, responsible.name))

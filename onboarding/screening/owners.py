"""Beneficial owners: is everybody named who holds a quarter, or may the promise of exemption be given? (DOMAIN 1.2)

Sole traders and micro merchants are exempt by law. A company of natural persons with a capital of at most ten million
yuan may promise instead; everybody else names those with a quarter and more, or whoever controls the firm.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, MerchantType, Person, Step
from onboarding.rules.identity import OWNED
from onboarding.screening.asking import answer, client_ref
from onboarding.screening.registry import NoAnswer, Outcome, Result, check
from onboarding.screening.registry_entry import EXEMPT_CAPITAL_FEN
from portal.gateways import gateway, registry

WHOLE, QUARTER = 1_000_000, 250_000  # ppm
FAILING = ("owners_missing", "owners_shares_exceed", "owners_capital_too_large")


@check("owners", Step.IDENTITY, _("Beneficial owners"))
def owners(case: Case) -> Outcome:
    """Findings: FAILING; owners_capital_unknown, owners_promise_and_list, owners_share_small, owners_by_control,
    owners_may_be_missing {percent} (warnings)."""
    if case.merchant.type not in OWNED:
        return Outcome.of()
    listed = list(case.merchant.persons.filter(role=Person.Role.BENEFICIAL_OWNER).order_by("pk"))
    findings = [*(_promised(case, listed) if case.merchant.beneficial_owner_exempt else _named(listed))]
    failed = any(one["code"] in FAILING for one in findings)
    return Outcome.of(*findings, result=Result.FAILED if failed else Result.WARNING)


def _promised(case: Case, listed: list[Person]) -> Iterator[dict[str, Any]]:
    if listed:
        yield _finding("owners_promise_and_list")
    if case.merchant.type != MerchantType.ENTERPRISE:
        return
    capital = _capital(case)
    if capital is None:
        yield _finding("owners_capital_unknown")
    elif capital > EXEMPT_CAPITAL_FEN:
        yield _finding("owners_capital_too_large")


def _capital(case: Case) -> int | None:
    """In fen, as it was typed or as the register has it; None when nobody says."""
    if case.merchant.registered_capital_fen is not None:
        return case.merchant.registered_capital_fen
    party, ref = gateway("registry"), f"{client_ref(case, 'owners', Step.IDENTITY)}-capital"
    query = registry.CompanyQuery(case.merchant.uscc)
    try:
        return answer(party, ref, registry.Company, lambda ref: party.look_up(ref, query)).capital_fen
    except NoAnswer:
        return None


def _named(listed: list[Person]) -> Iterator[dict[str, Any]]:
    if not listed:
        yield _finding("owners_missing")
        return
    shares = [one.share_ppm for one in listed if one.share_ppm is not None]
    named = sum(shares)
    if named > WHOLE:
        yield _finding("owners_shares_exceed")
    if any(share < QUARTER for share in shares):
        yield _finding("owners_share_small")
    if len(shares) < len(listed):
        yield _finding("owners_by_control")
    elif WHOLE - named >= QUARTER:
        yield _finding("owners_may_be_missing", percent=(WHOLE - named) // 10_000)


def _finding(code: str, **params: Any) -> dict[str, Any]:
    return {"code": code, "params": params}

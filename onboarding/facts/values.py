"""What a merchant typed, field by field, as it may be kept and compared: numbers masked, dates and choices as codes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from onboarding.facts import application, identity
from onboarding.formats import bank_account, identity_document, mobile
from onboarding.models import Application, Case, Merchant, Person, SettlementAccount, Step
from onboarding.rules.identity import name_of
from onboarding.words import pick

LONG_TERM = "long-term"
Role = Person.Role


def values(case: Case, step: str) -> dict[str, str]:
    """Every field of the step by the name that returns carry; empty where nothing is answered. One query."""
    if step == Step.APPLICATION:
        return _application(application.drafted(case))
    return _identity(case.merchant, identity.people(case))


def value_of(known: dict[str, str], item: str) -> str:
    """The value behind a returned "field:…"; empty for papers and for fields that nobody knows."""
    bare = item.removeprefix("field:")
    return known.get(bare) or known.get(name_of(item), "")


def _identity(merchant: Merchant, people: Collection[Person]) -> dict[str, str]:
    first = {one.role: one for one in reversed(list(people))}
    owners = [one.name for one in people if one.role == Role.BENEFICIAL_OWNER]
    handler = first.get(Role.HANDLER)
    return {
        "merchant.name": merchant.name,
        "merchant.uscc": merchant.uscc or "",
        "merchant.short_name": merchant.short_name,
        "merchant.registered_address": merchant.registered_address,
        "merchant.established_on": str(merchant.established_on or ""),
        "merchant.valid_until": _until(merchant.valid_until, merchant.is_long_term),
        "handler": " ".join(_named(handler)) if handler else "",
        "owners": "、".join(owners),
        **_responsible(first.get(Role.LEGAL_REPRESENTATIVE)),
    }


def _responsible(person: Person | None) -> dict[str, str]:
    if person is None:
        return {}
    return {
        "person.name": person.name,
        "person.id_type": person.id_type,
        "person.id_number": identity_document.mask(person.id_number, kind=person.id_type),
        "person.id_valid_until": _until(person.id_valid_until, person.id_long_term),
        "person.mobile": mobile.mask(person.mobile or ""),
    }


def _named(person: Person) -> list[str]:
    return [
        person.name,
        identity_document.mask(person.id_number, kind=person.id_type),
        mobile.mask(person.mobile or ""),
    ]


def _application(row: Application) -> dict[str, str]:
    store = row.store
    amounts = (row.monthly_turnover_fen, row.largest_amount_fen, row.terminals)
    return {
        "store.name": store.name if store else "",
        "store.mcc": store.mcc if store else "",
        "store.address": store.place if store else "",
        "application.turnover": " / ".join(str(one or "") for one in amounts),
        "settlement.account": _account(row.account) if row.account else "",
        "application.plan": pick(row.plan, "name") if row.plan else "",
    }


def _account(account: SettlementAccount) -> str:
    return f"{account.holder} {bank_account.mask(account.number, staff=True)} {account.cnaps}".strip()


def _until(day: Any, long_term: bool) -> str:
    return LONG_TERM if long_term else str(day or "")

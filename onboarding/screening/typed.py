"""What was typed, under the names that readings of papers carry, so that the two can be laid side by side."""

from __future__ import annotations

import datetime

from onboarding.formats.typed_and_read import LONG_TERM
from onboarding.models import Application, Case, Person

RESPONSIBLE, HANDLER, OWNER = Person.Role.LEGAL_REPRESENTATIVE, Person.Role.HANDLER, Person.Role.BENEFICIAL_OWNER


def identity(case: Case, people: list[Person]) -> dict[str, str]:
    """field -> typed value; "" or absent where nothing was typed."""
    merchant = case.merchant
    found = {
        "merchant.uscc": merchant.uscc,
        "merchant.name": merchant.name,
        "merchant.registered_address": merchant.registered_address,
        "merchant.established_on": _day(merchant.established_on, False),
        "merchant.valid_until": _day(merchant.valid_until, merchant.is_long_term),
    }
    for one in people:
        if one.role == RESPONSIBLE and "person.name" not in found:
            found |= {"merchant.legal_representative": one.name, **of_person("person", one)}
        elif one.role == HANDLER:
            found |= of_person("handler", one)
    return found


def of_person(part: str, one: Person) -> dict[str, str]:
    return {
        f"{part}.name": one.name,
        f"{part}.id_number": one.id_number,
        f"{part}.id_valid_until": _day(one.id_valid_until, one.id_long_term),
    }


def application(row: Application | None, responsible: Person | None) -> dict[str, str]:
    """As `identity`, of the account; the bank is a code here and a name on paper, and is not compared."""
    account = row.account if row else None
    if account is None:
        return {}
    known = {"settlement.holder": account.holder, "settlement.number": account.number}
    return known | ({"settlement.legal_representative": responsible.name} if responsible else {})


def _day(day: datetime.date | None, long_term: bool) -> str:
    return LONG_TERM if long_term else day.isoformat() if day else ""

"""Why two cases may lawfully have something in common: what is told beside a finding, so that nobody jumps at it."""

from __future__ import annotations

from collections.abc import Collection

from onboarding.formats import comparing
from onboarding.formats.address_form import Parted, arabic, parted, plain_words
from onboarding.formats.text import fold
from onboarding.models import Case, Person

NAMED = 5  # case numbers told in a finding


def lawful(case: Case, others: Collection[Case]) -> list[str]:
    """Codes of words.LAWFUL that hold for each of `others` (with their merchants): same_person, same_firm, same_agency,
    same_place, earlier_case."""
    if not others:
        return []
    known = [_reasons(case, other, _people(case)) for other in others]
    return sorted(set.intersection(*known))


def _reasons(case: Case, other: Case, people: frozenset[str]) -> set[str]:
    held = {
        "same_person": bool(people & _people(other)),
        "same_firm": bool(case.merchant.uscc) and case.merchant.uscc == other.merchant.uscc,
        "same_agency": case.partner_id is not None and case.partner_id == other.partner_id,
        "same_place": same_house(case.merchant.registered_address, other.merchant.registered_address),
        "earlier_case": other.has_ended,
    }
    return {name for name, holds in held.items() if holds}


def _people(case: Case) -> frozenset[str]:
    rows = Person.objects.filter(merchant=case.merchant_id).exclude(id_number_index=None)
    return frozenset(index for index in rows.values_list("id_number_index", flat=True) if index)


def same_house(one: str, other: str) -> bool:
    """Two addresses of one building: a market, a mall, an office tower."""
    return comparing.address(house(one), house(other)).agrees


def house(address: str) -> str:
    """The address up to the number of the house; all of it where there is none."""
    place = _reduced(address)
    street, number, _rest = place.place.partition("-")
    return "".join(place.divisions) + (street if number else place.place)


def key(address: str) -> str:
    """What two spellings of one address share, to look it up by its hash; "" when it names no house."""
    place = _reduced(address).place
    return place if any(char.isdigit() for char in place) else ""


def _reduced(address: str) -> Parted:
    return parted(plain_words(arabic(fold(address))))


def told(others: Collection[Case]) -> dict[str, object]:
    """The parameters of a finding that names other cases."""
    refs = sorted({one.ref for one in others})
    return {"refs": ", ".join(refs[:NAMED]), "more": len(refs) > NAMED}

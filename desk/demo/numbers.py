"""Numbers of the demonstration: right check digits, made up, each its own."""

from __future__ import annotations

from onboarding.formats import iso7064, uscc

TRADERS = {"sole_trader": "92", "institution": "12", "government": "11", "social_org": "51"}


def credit_code(number: int, merchant_type: str) -> str:
    """A credit code of the right kind; "" for a micro merchant, who has none."""
    if merchant_type == "micro":
        return ""
    organisation = f"MAD{number:05d}"
    body = f"{TRADERS.get(merchant_type, '91')}310115{organisation}{uscc.organisation_check(organisation)}"
    return body + uscc.check_character(body)


def resident_id(number: int) -> str:
    """An identity number of somebody born in 1911: nobody's."""
    body = f"1101011911{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    return body + iso7064.check_11_2(body)


def card(number: int) -> str:
    """A personal card number with the right Luhn digit."""
    body = f"62000000000{number:07d}"
    return next(body + str(last) for last in range(10) if iso7064.luhn_holds(body + str(last)))

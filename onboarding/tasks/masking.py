"""What a copy of "my data" keeps back: the numbers of other people. One's own, and one's business's, stand in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onboarding.formats import bank_account, identity_document, mobile
from onboarding.models import Case, Membership, User
from onboarding.services.permissions import SIGNERS

Told = dict[str, Any]


def for_reader(told: Told, case: Case, user: User) -> Told:
    """The parts of one case (holdings.told) as `user` may take them along."""
    signs = Membership.objects.filter(user=user, merchant=case.merchant_id, active=True, role__in=SIGNERS).exists()
    masked: dict[str, Callable[[Any], Any]] = {
        "persons": lambda rows: [_person(row, user) for row in rows],
        "merchant": lambda row: {**row, "contact_mobile": _mobile(row.get("contact_mobile"), user)},
        "messages": lambda rows: [{**row, "to": _address(row["to"], user)} for row in rows],
        "settlement_accounts": lambda rows: rows if signs else [_account(row) for row in rows],
    }
    return {name: masked[name](part) if name in masked else part for name, part in told.items()}


def _person(row: Told, user: User) -> Told:
    """In full where the confirmed mobile number says that it is the reader."""
    if user.mobile and user.mobile_verified and row["mobile"] == user.mobile:
        return row
    number = identity_document.mask(row["id_number"], kind=row["id_type"]) if row["id_number"] else ""
    return {**row, "id_number": number, "mobile": _mobile(row["mobile"], user), "address": "***"[: len(row["address"])]}


def _account(row: Told) -> Told:
    return {**row, "number": bank_account.mask(row["number"]) if row["number"] else ""}


def _mobile(number: str | None, user: User) -> str | None:
    return number if not number or number == user.mobile else mobile.mask(number)


def _address(to: str, user: User) -> str:
    if not to or to in (user.mobile, user.email):
        return to
    name, _at, host = to.partition("@")
    return f"{name[:1]}***@{host}" if host else mobile.mask(to)

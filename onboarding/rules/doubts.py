"""What does not fit together, said to the merchant before it is handed in. Only what a merchant may know.

A doubt may be lawful: then the merchant says "it is right as it is", and a reviewer reads that. What is never lawful is
refused until it is changed. Watch-list, other merchants and risk have no place here (decision 10).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.rules.identity import FIELDS as IDENTITY_FIELDS
from onboarding.rules.papers import filled, needs
from onboarding.rules.registry import Facts, Requirement, rule

PAPER, PAPERS = "paper:", "papers:"  # a paper against an answer, two papers against each other; the field follows
SENTENCES: dict[str, Any] = {
    "uscc_type": _("The credit code belongs to another type of business than the one you chose."),
    "licence_type": _("Your licence names another type of business than the one you chose."),
    "licence_expired": _("Your licence has ended. Have it renewed, and enter the new date."),
    "licence_soon": _("Your licence ends in less than 90 days. A renewed one saves you from being asked again."),
    "id_expired": _("An identity document has ended. We may take only one that is valid."),
    "id_soon": _("An identity document ends in less than 90 days. A renewed one saves you from being asked again."),
    "handler_same": _("The handler is the responsible person. Choose “the responsible person” there."),
    "owners_shares": _("The shares of the owners are more than 100 per cent together."),
    "account_name": _("The account is in another name than your business. Money never goes to another name."),
    "trade_scope": _("Your trade does not stand in the business scope of your licence."),
}
DIFFERS = _("Your paper says something else than you entered: %(name)s.")
DISAGREE = _("Two of your papers say different things: %(name)s.")
NAMES: dict[str, Any] = {
    **IDENTITY_FIELDS,
    "merchant.legal_representative": _("Legal representative"),
    "handler.name": _("Name of the handler"),
    "handler.id_number": _("Number of the handler’s document"),
    "settlement.holder": _("Account name"),
    "settlement.number": _("Account or card number"),
    "settlement.legal_representative": _("Legal representative"),
}
OF_APPLICATION = ("account_name", "trade_scope")
PAGES = {
    "uscc_type": "identity_business",
    "licence_type": "identity_business",
    "licence_expired": "identity_business",
    "licence_soon": "identity_business",
    "id_expired": "identity_person",
    "id_soon": "identity_person",
    "handler_same": "identity_handler",
    "owners_shares": "identity_owners",
    "account_name": "application_account",
    "trade_scope": "application_trade",
}
PARTS = {
    "merchant": "identity_business",
    "person": "identity_person",
    "handler": "identity_handler",
    "owners": "identity_owners",
    "settlement": "application_account",
}
OTHERWISE = _("It cannot be handed in until you have changed it, or said that it is right.")


@dataclasses.dataclass(frozen=True, slots=True)
class Doubt:
    """`code`: a key of SENTENCES, or "paper:" or "papers:" with a field. `index`: keyed hash of the answers doubted."""

    code: str
    index: str = ""
    refused: bool = False  # never lawful: it has to be changed
    stands: bool = False  # the merchant said of these very answers that they are right
    page: str = ""  # where it is changed, when not at PAGES

    @property
    def open(self) -> bool:
        return self.refused or not self.stands


@dataclasses.dataclass(frozen=True, slots=True)
class IdentityDoubts:
    found: tuple[Doubt, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class ApplicationDoubts:
    found: tuple[Doubt, ...] = ()


@rule("submit_identity")
def identity_fits_together(facts: Facts) -> Iterator[Requirement]:
    yield from _required(facts.of(IdentityDoubts).found)


@rule("submit_application")
def application_fits_together(facts: Facts) -> Iterator[Requirement]:
    yield from _required(facts.of(ApplicationDoubts).found)


def _required(found: tuple[Doubt, ...]) -> Iterator[Requirement]:
    for one in found:
        if one.open:
            page = "application_check" if step_of(one.code) == "application" else "identity_check"
            yield needs(f"doubt_{one.code}", sentence_of(one.code), page, f"doubt:{one.code}", OTHERWISE)


def sentence_of(code: str) -> Any:
    """What is said of a doubt; an unknown code, as it is."""
    prefix, colon, field = code.partition(":")
    if not colon:
        return SENTENCES.get(code, code)
    return filled(DISAGREE if f"{prefix}:" == PAPERS else DIFFERS, lambda: NAMES.get(field, field))


def page_of(doubt: Doubt) -> str:
    """The URL name of the page where it is changed."""
    if doubt.page or doubt.code in PAGES:
        return doubt.page or PAGES[doubt.code]
    return PARTS.get(doubt.code.partition(":")[2].partition(".")[0], "identity")


def step_of(code: str) -> str:
    """ "identity" or "application"."""
    late = code in OF_APPLICATION or code.partition(":")[2].startswith("settlement.")
    return "application" if late else "identity"

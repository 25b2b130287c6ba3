"""What is missing before a registration is complete: type, contact, mobile number, two consents."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from onboarding.rules.registry import Facts, Requirement, Who, rule

LATER = _("We cannot begin to check. What you entered is kept for 90 days.")
CONSENTS = {
    "privacy": _("Agree to how we handle the data of this application"),
    "identity": _("Agree to the check of identity papers"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """Who can be reached, and what was agreed to."""

    has_contact: bool = False
    has_mobile: bool = False
    mobile_confirmed: bool = False  # somebody who acts for the merchant has entered a code sent to their number
    consents: frozenset[str] = frozenset()  # purposes given and not withdrawn


def _needed(code: str, sentence: object, field: str) -> Requirement:
    return Requirement(code, Who.MERCHANT, sentence, page="registration", field=field, consequence=LATER)


@rule("complete_registration")
def merchant_type_is_chosen(facts: Facts) -> Iterator[Requirement]:
    if not facts.case.merchant_type:
        yield _needed("merchant_type", _("Choose what kind of business it is"), "type")


@rule("complete_registration")
def contact_can_be_reached(facts: Facts) -> Iterator[Requirement]:
    registration = facts.of(RegistrationFacts)
    if not registration.has_contact:
        yield _needed("contact_name", _("Enter the name of the person we may ask"), "contact_name")
    if not registration.has_mobile:
        yield _needed("contact_mobile", _("Enter the mobile number of the contact"), "contact_mobile")
    elif facts.case.channel == "web" and not registration.mobile_confirmed:
        yield _needed("mobile_unconfirmed", _("Confirm your mobile number with a code"), "contact_mobile")


@rule("complete_registration")
def consents_are_given(facts: Facts) -> Iterator[Requirement]:
    for purpose, sentence in CONSENTS.items():
        if purpose not in facts.of(RegistrationFacts).consents:
            yield _needed(f"consent_{purpose}", sentence, purpose)


@rule("reopen")
def registration_was_complete(facts: Facts) -> Iterator[Requirement]:
    """Reopening leads behind the registration: who never finished it, or took a consent back, begins anew."""
    registration = facts.of(RegistrationFacts)
    if not registration.has_contact or not registration.has_mobile or set(CONSENTS) - registration.consents:
        yield Requirement(
            "registration_incomplete",
            Who.MERCHANT,
            _("The registration was never completed, or a consent was taken back. Let the merchant begin a new case."),
        )

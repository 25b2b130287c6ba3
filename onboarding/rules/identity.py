"""What is missing before the identity papers can be handed in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.rules.papers import Paper, Returned, absent, filled, needs, unmended
from onboarding.rules.registry import Facts, Requirement, rule

# The fields of this step by the name that a return and a requirement carry ("field:" before it): sentence when empty.
BUSINESS: dict[str, Any] = {
    "merchant.name": _("Enter the name of the business as it stands on the licence."),
    "merchant.uscc": _("Enter the 18-character credit code."),
    "merchant.registered_address": _("Enter the address."),
    "merchant.established_on": _("Enter the day on which the business was established."),
    "merchant.valid_until": _("Enter until when the licence is valid, or choose long-term."),
    "merchant.short_name": _("Enter the name on the sign."),
}
PERSON: dict[str, Any] = {
    "person.name": _("Enter the name of the responsible person."),
    "person.id_type": _("Choose the kind of identity document."),
    "person.id_number": _("Enter the number of the identity document."),
    "person.id_valid_until": _("Enter until when the identity document is valid, or choose long-term."),
    "person.mobile": _("Enter the mobile number of the responsible person."),
}
OTHERS: dict[str, Any] = {
    "handler": _("Complete the details of the person who acts with a letter."),
    "owners": _("Say who the beneficial owners are, or give the promise of exemption."),
}
FIELDS: dict[str, Any] = {
    "merchant.name": _("Registered name"),
    "merchant.uscc": _("Credit code"),
    "merchant.registered_address": _("Registered address"),
    "merchant.established_on": _("Established on"),
    "merchant.valid_until": _("Licence valid until"),
    "merchant.short_name": _("Name on the sign"),
    "person.name": _("Name of the responsible person"),
    "person.id_type": _("Kind of identity document"),
    "person.id_number": _("Number of the identity document"),
    "person.id_valid_until": _("Identity document valid until"),
    "person.mobile": _("Mobile number of the responsible person"),
    "handler": _("Handler"),
    "owners": _("Beneficial owners"),
}
PAGES = {"merchant": "identity_business", "person": "identity_person"} | {
    "handler": "identity_handler",
    "owners": "identity_owners",
}
MICRO_ONLY = ("merchant.short_name",)
LICENSED_ONLY = ("merchant.name", "merchant.uscc", "merchant.established_on", "merchant.valid_until")
OWNED = ("enterprise", "institution", "social_org")  # the matrix asks these for their beneficial owners
# Reasons whose remedy is not to change the answer: confirming it is enough.
MAY_STAND = ("mobile_unreachable", "licence_not_active")
OTHERWISE = _("The review cannot begin and your opening date moves. What you entered is kept for 90 days.")


@dataclasses.dataclass(frozen=True, slots=True)
class IdentityFacts:
    """The answers and papers of the identity step. `empty`: names of FIELDS without an answer that need one."""

    empty: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    returned: tuple[Returned, ...] = ()


def fields_for(merchant_type: str) -> tuple[str, ...]:
    """The names of FIELDS that a merchant of this type answers, in the order of the pages."""
    licensed = merchant_type != "micro"
    business = [name for name in BUSINESS if name not in (MICRO_ONLY if licensed else LICENSED_ONLY)]
    handler = ["handler"] if licensed else []
    return (*business, *PERSON, *handler, *(["owners"] if merchant_type in OWNED else []))


def name_of(item: str) -> str:
    """The name in FIELDS of a returned "field:…"; a bare column name ("uscc") is read as well. Unknown: as it is."""
    bare = item.removeprefix("field:")
    return next((name for name in FIELDS if bare in (name, name.partition(".")[2])), bare)


@rule("submit_identity")
def every_field_has_an_answer(facts: Facts) -> Iterator[Requirement]:
    for name in facts.of(IdentityFacts).empty:
        sentence = {**BUSINESS, **PERSON, **OTHERS}[name]
        yield _needs(f"empty_{name}", sentence, page_of(name), f"field:{name}")


@rule("submit_identity")
def every_paper_is_there(facts: Facts) -> Iterator[Requirement]:
    yield from absent(facts.of(IdentityFacts).papers, "identity_document", OTHERWISE)


@rule("submit_identity")
def what_was_returned_has_changed(facts: Facts) -> Iterator[Requirement]:
    returned = facts.of(IdentityFacts).returned
    yield from unmended(returned, "identity_document", OTHERWISE)
    for one in returned:
        if not one.changed and one.item.startswith("field:"):
            yield _returned_field(name_of(one.item))


def _returned_field(name: str) -> Requirement:
    sentence = filled(_("Correct it: %(name)s"), lambda: FIELDS.get(name, name))
    return _needs(f"returned_{name}", sentence, page_of(name), f"field:{name}")


def page_of(name: str) -> str:
    """The URL name of the page where a field of FIELDS is answered."""
    return PAGES.get(name.partition(".")[0], "identity")


def _needs(code: str, sentence: Any, page: str, field: str) -> Requirement:
    return needs(code, sentence, page, field, OTHERWISE)

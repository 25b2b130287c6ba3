"""What stands on licence and identity papers against what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.facts.read import Read, all_values
from onboarding.models import Case, MerchantType, Person, Step
from onboarding.screening import extracts, typed
from onboarding.screening.registry import Outcome, Result, check

KINDS = ("business_licence", "registration_certificate", "id_portrait", "id_emblem", "handler_id")
OWNERS = "beneficial_owner_id"
# What a licence calls the firm's form -> the merchant types that have it.
FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("个体", (MerchantType.SOLE_TRADER,)),
    ("公司", (MerchantType.ENTERPRISE,)),
    ("合伙", (MerchantType.ENTERPRISE,)),
    ("独资", (MerchantType.ENTERPRISE,)),
)


@check("extraction", Step.IDENTITY, _("Papers against answers"))
def extraction(case: Case) -> Outcome:
    """As extracts.outcome; also type_differs, owner_paper_other (warnings)."""
    people = list(case.merchant.persons.order_by("pk"))
    found = extracts.outcome(case, KINDS, typed.identity(case, people))
    more = [*_type(case), *_owners(case, people)]
    findings = (*found.findings, *more)
    return Outcome.of(*findings, result=Result.FAILED if found.result == Result.FAILED else Result.WARNING)


def _type(case: Case) -> Iterator[dict[str, Any]]:
    if wrong := type_of_licence(case, all_values(case)):
        yield {"code": "type_differs", "params": {"document": wrong.document_id}}


def type_of_licence(case: Case, values: Iterable[Read]) -> Read | None:
    """The form of the firm as its licence names it, when it is not the merchant's type; None when it fits."""
    for one in values:
        fitting = [types for word, types in FORMS if word in one.value] if one.field == "merchant.type" else []
        if fitting and not any(case.merchant.type in types for types in fitting):
            return one
    return None


def _owners(case: Case, people: list[Person]) -> Iterator[dict[str, Any]]:
    """Each number on an owner's paper belongs to somebody who is named as owner; what is unread is told."""
    papers = extracts.documents(case, [OWNERS])
    numbers = [one for one in all_values(case) if one.field == "owners.id_number"]
    named = {one.id_number for one in people if one.role == Person.Role.BENEFICIAL_OWNER}
    if papers and not numbers:
        yield {"code": "not_read", "params": {"kind": OWNERS, "field": "owners.id_number"}}
    if any(not _is_one_of(one, named) for one in numbers):
        yield {"code": "owner_paper_other", "params": {}}


def _is_one_of(read: Read, named: set[str]) -> bool:
    return read.value in named

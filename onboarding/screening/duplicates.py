"""The same credit code, identity number or mobile number with another merchant: found by index, never by reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Person, Step
from onboarding.screening.registry import Outcome, check

NAMED = 5  # case numbers told in a finding


@check("duplicates", Step.IDENTITY, _("Known from other cases"))
def duplicates(case: Case) -> Outcome:
    people = list(case.merchant.persons.all())
    others = Case.objects.exclude(merchant=case.merchant_id)
    return Outcome.of(
        *_found("same_uscc", others, Q(merchant__uscc=case.merchant.uscc) if case.merchant.uscc else None),
        *_found("same_id", others, _anyone("id_number_index", [one.id_number_index for one in people])),
        *_found("same_mobile", others, _mobiles(case, people)),
    )


def _anyone(column: str, indexes: list[str | None]) -> Q | None:
    known = [index for index in indexes if index]
    return Q(**{f"merchant__persons__{column}__in": known}) if known else None


def _mobiles(case: Case, people: list[Person]) -> Q | None:
    known = {case.merchant.contact_mobile_index, *(one.mobile_index for one in people)} - {None, ""}
    if not known:
        return None
    return Q(merchant__persons__mobile_index__in=known) | Q(merchant__contact_mobile_index__in=known)


def _found(code: str, others: QuerySet[Case], where: Q | None) -> Iterator[dict[str, Any]]:
    if where is None:
        return
    refs = list(others.filter(where).order_by("-pk").values_list("ref", flat=True).distinct()[: NAMED + 1])
    if refs:
        yield {"code": code, "params": {"refs": ", ".join(refs[:NAMED]), "more": len(refs) > NAMED}}

"""Check digits and shapes of the credit code and the identity numbers, and whether code and merchant type agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.formats import Reading, identity_document, resident_id, uscc
from onboarding.models import Case, MerchantType, Person, Step
from onboarding.screening.registry import Outcome, Result, check

YOUNGEST, OLDEST = 18, 65  # years; a policy of acquirers, so a remark and no failure


@check("formats", Step.IDENTITY, _("Numbers are well formed"))
def formats(case: Case) -> Outcome:
    readings = [*_readings(case)]
    failed = any(reading.errors for _subject, reading in readings)
    findings = [
        {"code": f"{subject}_{'wrong' if reading.errors else 'doubtful'}", "params": {"why": code}}
        for subject, reading in readings
        for code in reading.codes
    ]
    return Outcome.of(*findings, *_ages(case), result=Result.FAILED if failed else Result.WARNING)


def _readings(case: Case) -> Iterator[tuple[str, Reading]]:
    merchant = case.merchant
    if merchant.type != MerchantType.MICRO:
        yield "uscc", uscc.read(merchant.uscc, merchant_type=merchant.type)
    for person in merchant.persons.all():
        yield "person_id", identity_document.read(person.id_number, kind=person.id_type)


def _ages(case: Case) -> Iterator[dict[str, Any]]:
    for person in case.merchant.persons.filter(role=Person.Role.LEGAL_REPRESENTATIVE):
        if person.id_type in set(resident_id.Kind) and identity_document.read(person.id_number, kind=person.id_type).ok:
            age = resident_id.age(person.id_number, timezone.localdate())
            if age < YOUNGEST or (age > OLDEST and case.merchant.type == MerchantType.MICRO):
                yield {"code": "age_unusual", "params": {"age": age}}

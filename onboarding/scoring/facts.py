"""What a table may give points for: codes and numbers of one case at one step. Kept with the score, never a name."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from onboarding.formats import identity_document, resident_id
from onboarding.models import Application, Case, Check, MerchantCategory, Person, ReviewPolicy, RiskWeight, Step
from onboarding.screening.turnover import PLENTY, USUAL

Fact = RiskWeight.Fact
Result = Check.Result


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """The facts as they were. `named`: fact -> its values; `measured`: fact -> a number; the rest decides the route."""

    named: dict[str, list[str]]
    measured: dict[str, int]
    passed: bool = False  # every check of the step
    floor: str = ""  # the tier that a person set
    straight: bool = False  # the policy lets low risk through
    second_from: str = Case.Tier.MEDIUM

    def kept(self) -> dict[str, Any]:
        """As Score.facts."""
        return dataclasses.asdict(self)


def seen(case: Case, step: str) -> Seen:
    """The facts of `case` at `step` now. Six queries at most."""
    checks = _answers(case, step)
    policy = ReviewPolicy.objects.filter(merchant_type=case.merchant.type).first() or ReviewPolicy()
    application = _application(case, step)
    named = {**_of_case(case), **_of_store(application), **_of_checks(checks)}
    measured = {**_counted(checks), **_ages(case), **_takings(case, application)}
    here = [row.result for row in checks if row.step == step]
    return Seen(
        named=named,
        measured=measured,
        passed=bool(here) and all(result == Result.PASSED for result in here),
        floor=case.tier_floor,
        straight=policy.straight_through,
        second_from=policy.second_review_from,
    )


def _answers(case: Case, step: str) -> list[Check]:
    """The newest answer of every check of this step and of those before it."""
    steps = [Step.IDENTITY] if step == Step.IDENTITY else [Step.IDENTITY, Step.APPLICATION]
    rows = Check.objects.filter(case=case, step__in=steps, stale=False).order_by("round", "pk")
    return list({row.name: row for row in rows if row.step != step or row.round == case.round}.values())


def _of_case(case: Case) -> dict[str, list[str]]:
    return {Fact.MERCHANT_TYPE: [case.merchant.type], Fact.CHANNEL: [case.channel]}


def _application(case: Case, step: str) -> Application | None:
    if step == Step.IDENTITY:
        return None
    return Application.objects.select_related("store").filter(case=case).first()


def _of_store(application: Application | None) -> dict[str, list[str]]:
    """Nothing before there is a store. A region is found by its district, its city and its province."""
    store = application.store if application else None
    if store is None:
        return {}
    code = store.division_code
    category = MerchantCategory.objects.filter(pk=store.mcc).first()
    return {
        Fact.PREMISES: [store.premises],
        Fact.REGION: [code[:2] + "0000", code[:4] + "00", code] if len(code) == 6 else [],
        Fact.MCC_RISK: [category.risk] if category else [],
    }


def _of_checks(checks: Iterable[Check]) -> dict[str, list[str]]:
    answers = [f"{row.name}:{row.result}" for row in checks if row.result != Result.PASSED]
    findings = {str(finding.get("code", "")) for row in checks for finding in row.findings}
    return {Fact.CHECK: answers, Fact.FINDING: sorted(findings - {""})}


def _counted(checks: Iterable[Check]) -> dict[str, int]:
    results = [row.result for row in checks]
    kinds = {Fact.FAILED: Result.FAILED, Fact.SILENT: Result.ERROR, Fact.WARNED: Result.WARNING}
    return {fact: results.count(result) for fact, result in kinds.items()}


def _ages(case: Case) -> dict[str, int]:
    """Of the responsible person, where a number tells it; of the business, where a day was entered."""
    found: dict[str, int] = {}
    today, founded = timezone.localdate(), case.merchant.established_on
    if founded:
        found[Fact.BUSINESS_AGE] = max(_months(founded, today), 0)
    if (age := _owner_age(case, today)) is not None:
        found[Fact.OWNER_AGE] = age
    return found


def _owner_age(case: Case, today: datetime.date) -> int | None:
    """Years, where the number of the responsible person tells them."""
    person = case.merchant.persons.filter(role=Person.Role.LEGAL_REPRESENTATIVE).order_by("pk").first()
    if person is None or person.id_type not in set(resident_id.Kind):
        return None
    read = identity_document.read(person.id_number, kind=person.id_type)
    return max(resident_id.age(person.id_number, today), 0) if read.ok else None


def _months(since: datetime.date, until: datetime.date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def _takings(case: Case, application: Application | None) -> dict[str, int]:
    """Percent of what is usual for the type of merchant (screening.turnover), so that no amount is kept."""
    if application is None:
        return {}
    month, largest = USUAL.get(case.merchant.type, PLENTY)
    return {
        Fact.TURNOVER: (application.monthly_turnover_fen or 0) * 100 // month,
        Fact.AMOUNT: (application.largest_amount_fen or 0) * 100 // largest,
        Fact.TERMINALS: application.terminals,
    }

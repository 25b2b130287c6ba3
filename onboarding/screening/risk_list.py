"""The industry's risk list, for the business and everybody named. A hard gate, and never told to a merchant."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, MerchantType, Step
from onboarding.screening.asking import answer, client_ref
from onboarding.screening.registry import Outcome, Result, check
from portal.gateways import gateway
from portal.gateways.risk_list import Listed, RiskAnswer, RiskQuery, Subject

CODES = {Listed.LISTED: "listed", Listed.NO_ANSWER: "list_no_answer"}


@check("risk_list", Step.IDENTITY, _("Risk list"), hard=True)
def risk_list(case: Case) -> Outcome:
    ref = client_ref(case, "risk_list", Step.IDENTITY)
    answers = [(subject, _asked(query, f"{ref}-{subject}")) for subject, query in _subjects(case)]
    findings = [
        {"code": CODES[found.result], "params": {"subject": subject, "reason": found.reason_code}}
        for subject, found in answers
        if found.result in CODES
    ]
    listed = any(found.result == Listed.LISTED for _subject, found in answers)
    return Outcome.of(*findings, result=Result.FAILED if listed else Result.ERROR)


def _subjects(case: Case) -> Iterator[tuple[str, RiskQuery]]:
    """(what reviewers are told of whom, the question)."""
    merchant = case.merchant
    if merchant.type != MerchantType.MICRO:
        yield "company", RiskQuery(Subject.COMPANY, merchant.name, merchant.uscc)
    for one in merchant.persons.order_by("pk"):
        yield f"{one.role}:{one.pk}", RiskQuery(Subject.PERSON, one.name, one.id_number)


def _asked(query: RiskQuery, ref: str) -> RiskAnswer:
    party = gateway("risk_list")
    return answer(party, ref, RiskAnswer, lambda ref: party.check(ref, query))

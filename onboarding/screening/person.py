"""The real-name check of everybody who is named: do name and number belong together? A hard gate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Person, Step
from onboarding.screening.asking import answer, client_ref
from onboarding.screening.registry import Outcome, Result, check
from portal.gateways import gateway
from portal.gateways.person import Match, PersonAnswer, PersonQuery

RESULTS = {Match.MISMATCH: "person_mismatch", Match.NO_ANSWER: "person_no_answer"}


@check("person", Step.IDENTITY, _("Real-name check"), hard=True)
def person(case: Case) -> Outcome:
    ref = client_ref(case, "person", Step.IDENTITY)
    results = [(one.role, _asked(one, f"{ref}-{one.pk}")) for one in case.merchant.persons.order_by("pk")]
    if not results:
        return Outcome(Result.FAILED, ({"code": "person_nobody", "params": {}},))
    findings = [{"code": RESULTS[match], "params": {"role": role}} for role, match in results if match in RESULTS]
    failed = any(match == Match.MISMATCH for _role, match in results)
    return Outcome.of(*findings, result=Result.FAILED if failed else Result.ERROR)


def _asked(one: Person, ref: str) -> Match:
    party = gateway("person")
    query = PersonQuery(one.name, one.id_number)
    return answer(party, ref, PersonAnswer, lambda ref: party.check(ref, query)).result

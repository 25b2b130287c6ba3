"""The acceptance matrix: one result per function of each terminal."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from devices.flow import Phase, VisitState
from devices.models import AcceptanceTest
from devices.services.visiting import locked_visit
from onboarding.models import User
from onboarding.services import NotNow, Refused, record

Result = AcceptanceTest.Result


def record_test(visit_id: int, terminal_id: int, results: Mapping[str, str], *, by: User) -> list[AcceptanceTest]:
    """Set results (test code -> ok, failed or not_tested) of one terminal; also afterwards, until the case is live."""
    with transaction.atomic():
        visit = locked_visit(visit_id, by, VisitState.CHECKED_IN, VisitState.COMPLETED)
        if visit.rollout.state == Phase.LIVE:
            raise NotNow(_("The shop is live. Open a ticket for further tests."))
        tests = list(AcceptanceTest.objects.select_for_update().filter(rollout=visit.rollout, terminal=terminal_id))
        if not tests:
            raise Refused(_("This terminal does not belong to this visit."))
        changed = [one for one in tests if results.get(one.code, one.result) != one.result]
        for one in changed:
            one.result, one.by, one.at, one.visit = results[one.code], by, timezone.now(), visit
            one.save(update_fields=["result", "by", "at", "visit"])
        if changed:
            _tell(visit.rollout.case_id, terminal_id, tests, by)
    return tests


def _tell(case_id: int, terminal_id: int, tests: list[AcceptanceTest], by: User) -> None:
    """Into the timeline: what is red, or that everything is green."""
    data = {"terminal": terminal_id, "results": {one.code: one.result for one in tests}}
    if any(one.result == Result.FAILED for one in tests):
        record(case_id, "test_failed", by=by, data=data)
    elif all(one.result == Result.OK for one in tests):
        record(case_id, "test_passed", by=by, data=data)

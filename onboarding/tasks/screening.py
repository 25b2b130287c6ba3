"""Running machine checks: one at a time, outside any transaction. A check that cannot answer never holds a case up."""

from __future__ import annotations

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import QuerySet
from django.utils import timezone

from onboarding import services
from onboarding.models import Case, Check
from onboarding.screening import CHECKS, NoAnswer, Outcome, ring_screen
from onboarding.tasks.claiming import claim, confirm, wait, within
from onboarding.tasks.limits import TooSlow, limited

BUDGET = 40  # seconds after which no further check is begun
LONGEST = 45  # seconds a single check may take; the gateways give up long before
MOST_FAULTS = 2  # a check that fails for a fault of ours is tried once more
Result = Check.Result

_log = structlog.get_logger(__name__)


@shared_task(name="onboarding.screen", time_limit=Check.TIME_LIMIT, soft_time_limit=Check.TIME_LIMIT - 10)
def screen() -> int:
    """Run the checks that are due; returns how many have answered."""
    answered = 0
    for number, _tick in enumerate(within(BUDGET)):
        claimed = claim(waiting(), 1)
        if not claimed:
            break
        if number == 0 and waiting().filter(leased_until=None, due_at__lte=timezone.now()).exists():
            ring_screen()  # another worker, if one is free, takes the next one: checks run side by side
        answered += run(claimed[0])
    return answered


def waiting() -> QuerySet[Check]:
    return Check.objects.filter(result=Result.DUE, stale=False)


def run(check: Check) -> bool:
    """Run one claimed check and let its case move on; False when it has to be tried again."""
    try:
        outcome = _outcome(check)
    except TooSlow:
        _fault(check, "too_slow")
        return False
    except SoftTimeLimitExceeded:
        _fault(check, "too_slow")
        raise
    if outcome is None:
        confirm(check, due_at=wait(check.attempts))
        return False
    _done(check, outcome)
    return True


def _outcome(check: Check) -> Outcome | None:
    """What the check found; an error once it is out of attempts; None: again later."""
    if check.name not in CHECKS:
        return no_answer("check_unknown")
    if check.attempts > Check.MAX_ATTEMPTS:  # it has taken its workers with it every time
        return no_answer("gave_up")
    try:
        with limited(LONGEST):
            return CHECKS[check.name].run(Case.objects.select_related("merchant").get(pk=check.case_id))
    except (TooSlow, SoftTimeLimitExceeded):
        raise
    except NoAnswer:
        return no_answer("no_answer") if check.attempts >= Check.MAX_ATTEMPTS else None
    except Exception as error:  # any fault of a check becomes a finding for a person; the case must not hang
        _log.error("check_failed", check=check.name, row=check.pk, error=type(error).__name__)  # no personal values
        return no_answer("fault") if check.attempts >= MOST_FAULTS else None


def no_answer(code: str) -> Outcome:
    return Outcome(Result.ERROR, ({"code": code, "params": {}},))


def _fault(check: Check, code: str) -> None:
    """Out of time: once more, then a person looks at it."""
    if check.attempts >= MOST_FAULTS:
        _done(check, no_answer(code))
    else:
        confirm(check, due_at=wait(check.attempts))


def _done(check: Check, outcome: Outcome) -> None:
    findings = [dict(finding) for finding in outcome.findings]
    if confirm(check, result=outcome.result, findings=findings, done_at=timezone.now()):
        services.settle(check.case_id)

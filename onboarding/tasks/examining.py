"""Examining uploads: one at a time, outside any transaction; what cannot be examined counts all the same."""

from __future__ import annotations

import json

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import QuerySet
from django.utils import timezone

from onboarding.documents import examining
from onboarding.documents.examining import Examined
from onboarding.models import Check, Examination, Page
from onboarding.tasks.claiming import claim, confirm, wait, within
from portal.celery import ring

BUDGET = 15  # seconds after which no further one is begun: whoever waits at a page comes in between
MOST_FAULTS = 2  # a fault of ours is tried once more
Result = Examination.Result

_log = structlog.get_logger(__name__)


@shared_task(name="onboarding.examine", time_limit=Examination.TIME_LIMIT, soft_time_limit=Examination.TIME_LIMIT - 10)
def examine(document: int | None = None) -> int:
    """Examine what is due, that document first: somebody is looking at its page. Returns how many are done."""
    first = claim(waiting().filter(document=document), 1) if document else []
    done = sum(run(row) for row in first)
    for _tick in within(BUDGET):
        claimed = claim(waiting(), 1)
        if not claimed:
            return done
        done += run(claimed[0])
    ring("onboarding.examine")
    return done


def waiting() -> QuerySet[Examination]:
    return Examination.objects.filter(result=Result.DUE)


def run(row: Examination) -> bool:
    """Examine one claimed document; False when it has to be tried again."""
    done = _examined(row)
    if done:
        _wake(row.document.case_id)
    return done


def _examined(row: Examination) -> bool:
    if row.attempts > Examination.MAX_ATTEMPTS:  # it has taken its workers with it every time
        return _failed(row)
    try:
        return _done(row, examining.examine(row.document))
    except SoftTimeLimitExceeded:
        _fault(row, "too_slow")
        raise
    except Exception as error:  # whatever is wrong with a picture: it counts all the same
        _log.error("examination_failed", row=row.pk, error=type(error).__name__)  # no personal values
        return _fault(row, "fault")


def _fault(row: Examination, why: str) -> bool:
    _log.warning("examination_again", row=row.pk, why=why, attempts=row.attempts)
    return _failed(row) if row.attempts >= MOST_FAULTS else not confirm(row, due_at=wait(row.attempts))


def _failed(row: Examination) -> bool:
    return confirm(row, result=Result.FAILED, done_at=timezone.now())


def _done(row: Examination, found: Examined) -> bool:
    sealed = json.dumps(found.values, ensure_ascii=False) if found.values else None
    if not confirm(row, result=Result.DONE, findings=found.findings, sealed=sealed, done_at=timezone.now()):
        return False
    for number, turn in found.turns.items():  # only where nobody has turned the page by hand
        Page.objects.filter(document=row.document_id, number=number, turn=0).update(turn=turn)
    return True


def _wake(case_id: int) -> None:
    """The last paper of a case is read: machine checks that wait for it need not wait for their next try."""
    if waiting().filter(document__case=case_id, document__replaced_at=None).exists():
        return
    checks = Check.objects.filter(case=case_id, result=Check.Result.DUE, stale=False, leased_until=None)
    if checks.update(due_at=timezone.now()):
        ring("onboarding.screen")

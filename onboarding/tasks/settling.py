"""Firing what has become ripe where nobody did: a worker was killed between a fact and its consequence."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.core.cache import cache

from onboarding import services
from onboarding.flow import SCREENINGS, SYSTEM_VERBS
from onboarding.models import Case
from onboarding.tasks.claiming import within

BUDGET = 10  # seconds per sweep; the next one goes on where this one stopped
AT_ONCE = 50
CURSOR = "onboarding.settle.cursor"  # cache key: the id of the last case looked at; when it is lost we begin again
OTHERS = [state for state in SYSTEM_VERBS if state not in SCREENINGS]

_log = structlog.get_logger(__name__)


@shared_task(name="onboarding.settle", time_limit=50, soft_time_limit=40)
def settle() -> int:
    """Settle cases that wait on the system, those in machine checks first; returns how many moved."""
    moved = sum(map(_settled, _after(0, [*SCREENINGS])))
    position = int(cache.get(CURSOR) or 0)
    for _tick in within(BUDGET):
        batch = _after(position, OTHERS)
        moved += sum(map(_settled, batch))
        position = batch[-1] if len(batch) == AT_ONCE else 0
        if not position:  # the end of the line
            break
    cache.set(CURSOR, position, timeout=None)
    return moved


def _after(position: int, states: list[str]) -> list[int]:
    found = Case.objects.filter(state__in=states, pk__gt=position).order_by("pk").values_list("pk", flat=True)
    return list(found[:AT_ONCE])


def _settled(case_id: int) -> bool:
    try:
        return bool(services.settle(case_id))
    except Exception as error:  # one case with a fault must not stop the others
        _log.error("settle_failed", case=case_id, error=type(error).__name__)
        return False

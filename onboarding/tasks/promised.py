"""Promises of merchants: one reminder before the date, and the suspension when it has passed. Rows say what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import structlog
from celery import shared_task
from django.db.models import QuerySet
from django.utils import timezone

from onboarding.models import Condition, Entry
from onboarding.services import conditions as services
from onboarding.tasks.claiming import within

BUDGET = 15  # seconds
AT_ONCE = 200  # rows of one query

_log = structlog.get_logger(__name__)


@shared_task(name="onboarding.conditions", time_limit=50, soft_time_limit=40)
def conditions() -> int:
    """Remind and suspend; returns of how many promises something was said. Again, or twice at once, does no harm."""
    said = 0
    for _tick, (service, pk) in zip(within(BUDGET), _due(), strict=False):
        try:
            said += service(pk) is not None
        except Exception as error:  # one case with a fault must not stop the others
            _log.error("condition_failed", condition=pk, error=type(error).__name__)
    return said


def _due() -> Iterator[tuple[Callable[[int], Entry | None], int]]:
    yield from ((services.break_promise, pk) for pk in overdue())
    yield from ((services.remind, pk) for pk in due_soon())


def _owed() -> QuerySet[Condition]:
    """As the partial index has it."""
    rows = Condition.objects.filter(handed_in_at=None, kept_at=None, broken_at=None, void_at=None)
    return rows.exclude(agreed_at=None).order_by("due_on", "pk")


def overdue() -> list[int]:
    """Past their date, and nothing came."""
    return list(_owed().filter(due_on__lt=timezone.localdate()).values_list("pk", flat=True)[:AT_ONCE])


def due_soon() -> list[int]:
    """Within a reminder's time of their date, not reminded of yet."""
    near = timezone.localdate() + timedelta(days=services.REMIND_DAYS)
    rows = _owed().filter(reminded_on=None, due_on__gte=timezone.localdate(), due_on__lte=near)
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])

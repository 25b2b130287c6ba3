"""The queue keeps itself in order: cases that lie idle go back, counts are folded, old presences go."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from onboarding import services
from onboarding.services import presence, tallies
from onboarding.tasks.claiming import within

BUDGET = 15  # seconds
AT_ONCE = 200  # rows of one query


@shared_task(name="onboarding.queue", time_limit=50, soft_time_limit=40)
def queue() -> int:
    """Release what lies idle, then fold; returns how many cases went back."""
    released = _release() if settings.REVIEW_IDLE_MINUTES else 0
    for _tick in within(BUDGET):
        if not tallies.fold():
            break
    presence.forget()
    return released


def _release() -> int:
    for case in presence.unheard().select_related("assigned_to")[:AT_ONCE]:
        if case.assigned_to:
            presence.note(case.pk, case.assigned_to, active=True)
    ids = list(presence.idle().order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(services.release_idle(case_id) for case_id, _tick in zip(ids, within(BUDGET), strict=False))

"""Celery: the sweep of tickets."""

from __future__ import annotations

from celery import shared_task

from support import services


@shared_task(name="support.sweep", time_limit=60, soft_time_limit=50)
def sweep() -> int:
    """Tickets past their promise go to a manager. Rung by the beat; twice at once does no harm."""
    return services.escalate()

"""The worker's own sign of life."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from portal import health, once


@shared_task(name="portal.heartbeat")
def heartbeat() -> None:
    """Rung by the beat every 20 seconds; /readyz and `manage.py doctor` look at what it leaves."""
    health.beat()


@shared_task(name="portal.forget_forms", time_limit=300, soft_time_limit=280)
def forget_forms() -> int:
    """Old one-time keys go; a form that is sent after that counts as a new one."""
    return once.forget()


@worker_ready.connect
def first_heartbeat(**details: Any) -> None:
    """A worker that has just started is alive before the first bell."""
    health.beat()

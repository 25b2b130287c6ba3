"""The purge of the daily sweep, and the shredder behind it."""

from __future__ import annotations

from celery import shared_task

from onboarding.services import purging
from onboarding.services.shredding import shred_due


@shared_task(name="onboarding.purge", time_limit=3600, soft_time_limit=3500)
def purge() -> int:
    """Purge what is due and delete the files that were let go; returns how many cases. Again changes nothing."""
    purged = len(purging.purge_due())
    while shred_due():
        pass
    return purged

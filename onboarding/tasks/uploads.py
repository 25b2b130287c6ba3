"""The sweep over uploads that stopped on their way."""

from __future__ import annotations

from celery import shared_task

from onboarding.documents import pieces


@shared_task(name="onboarding.uploads", time_limit=300, soft_time_limit=250)
def uploads() -> None:
    """Bounded, and safe to run twice at once."""
    pieces.sweep()

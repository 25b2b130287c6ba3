"""Celery: the doorbell and the sweep are the same job, which looks for rows that are due."""

from __future__ import annotations

from celery import shared_task

from devices import services


@shared_task(name="devices.sweep")
def sweep() -> int:
    """Payments to ask about, refunds, parcels, numbers from the acquirer. Rung on commit, and by the beat."""
    return services.run_due()

"""Accounts whose code never came back leave after seven days."""

from __future__ import annotations

from celery import shared_task

from onboarding.services import accounts as service


@shared_task(name="onboarding.accounts", time_limit=60)
def accounts() -> int:
    """At most a thousand at once; the next run takes the rest. Returns how many are gone."""
    return service.sweep()

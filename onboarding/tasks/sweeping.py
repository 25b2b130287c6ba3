"""The sweep of each minute: rings the jobs, so that what a lost broker or a killed worker left behind gets done."""

from __future__ import annotations

from celery import shared_task

from onboarding.tasks.delivery import probe
from portal.celery import ring

JOBS = (
    "onboarding.deliver",
    "onboarding.screen",
    "onboarding.settle",
    "onboarding.promises",
    "onboarding.conditions",
    "onboarding.export",
    "onboarding.queue",
    "onboarding.examine",
    "onboarding.back_test",
    "onboarding.import_lists",
    "onboarding.rescreen",
    "onboarding.marks",
)


@shared_task(name="onboarding.sweep", time_limit=30, soft_time_limit=25)
def sweep() -> None:
    """Each job has its own time limit and takes its own rows; twice at once does no harm."""
    probe()
    for job in JOBS:
        ring(job)

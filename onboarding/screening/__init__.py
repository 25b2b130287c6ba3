"""The machine checks: one file and one signature each. A row per check, step and round, so that each can be run again.

A check is a function `Case -> Outcome` enrolled by `@check("name", step)`. It runs outside any transaction (it may ask
an outside party), and its row is confirmed afterwards. Hard gates block approval until they have answered and passed.
"""

from __future__ import annotations

from django.db import transaction

from onboarding.models import Case, Check, Step
from onboarding.screening import (  # noqa: F401  # each enrols its check
    account,
    account_paper,
    category,
    confirmed,
    duplicates,
    expiry,
    extraction,
    formats,
    owners,
    person,
    photo,
    places,
    premises,
    quality,
    registry_entry,
    risk_list,
    small_sum,
    turnover,
    watch_list,
)
from onboarding.screening.registry import CHECKS, NoAnswer, Outcome, check, checks_of
from portal.celery import ring

__all__ = ["CHECKS", "NoAnswer", "Outcome", "check", "checks_of", "plan", "ring_screen"]


def plan(case: Case, step: Step) -> None:
    """Write the rows of all checks of `step` for this round, in the transaction in which the case enters screening."""
    Check.objects.bulk_create(
        [
            Check(
                case=case,
                name=one.name,
                step=step,
                round=case.round,
                client_ref=f"{case.ref}-{one.name}-{case.version}",
            )
            for one in checks_of(step)
        ]
    )
    transaction.on_commit(ring_screen)


def ring_screen() -> None:
    ring("onboarding.screen")

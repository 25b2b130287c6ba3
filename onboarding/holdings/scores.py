"""Scores hold facts about people as numbers; a re-check what a colleague wrote. Neither is told: they are findings."""

from __future__ import annotations

from onboarding.holdings import forgets
from onboarding.models import Case, Recheck, Score


@forgets
def scores(case: Case) -> None:
    """The points stay, what they were made of goes."""
    Score.objects.filter(case=case).update(addends=[], facts={})


@forgets
def rechecks(case: Case) -> None:
    Recheck.objects.filter(case=case).update(note="")

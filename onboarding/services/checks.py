"""Running a machine check again: the old row stays as stale, a new one is due."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onboarding.flow import REVIEWS, SCREENINGS
from onboarding.models import Case, Check, User
from onboarding.rules import Who
from onboarding.screening import ring_screen
from onboarding.services.errors import NotAllowed, NotNow
from onboarding.services.moves import _entered, _locked

ONLY_REVIEWERS = _("Only a reviewer runs a check again.")
NOT_OPEN = _("This check cannot be run again now: its step is not being checked, or it is running already.")


def rerun(check_id: int, *, by: User) -> Check:
    """Run a check of the step under review once more. Raises NotAllowed or NotNow; Check.DoesNotExist."""
    if not (by.is_superuser or by.plays(Who.REVIEWER, Who.SENIOR_REVIEWER)):
        raise NotAllowed(ONLY_REVIEWERS)
    with transaction.atomic():
        case = _locked(Check.objects.values_list("case_id", flat=True).get(pk=check_id))
        check = Check.objects.get(pk=check_id)
        if check.stale or check.result == Check.Result.DUE or not _under_review(case, check):
            raise NotNow(NOT_OPEN)
        _entered(case, "fact:check_rerun", case.state, by, "", {"check": check.name}, public=False)
        case.save(update_fields=["version", "head"])
        Check.objects.filter(pk=check.pk).update(stale=True)
        again = Check.objects.create(
            case=case, name=check.name, step=check.step, round=check.round,
            client_ref=f"{case.ref}-{check.name}-{case.version}",
        )  # fmt: skip
        transaction.on_commit(ring_screen)
    return again


def _under_review(case: Case, check: Check) -> bool:
    return case.state in (*REVIEWS, *SCREENINGS) and case.state.startswith(check.step) and case.round == check.round

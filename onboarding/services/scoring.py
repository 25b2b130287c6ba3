"""The risk score of a case: made when its checks have answered, raised by a person, marked when the step is decided."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.flow import ENDS, REVIEWS, SCREENINGS
from onboarding.models import Case, Check, RiskTable, Score, Step, User
from onboarding.models.score import worst
from onboarding.rules import Who
from onboarding.scoring import add_up, read_table, seen
from onboarding.services.errors import NotAllowed, NotNow, Refused

SCORED = (*SCREENINGS, *REVIEWS)
WHO_RAISES = (Who.SENIOR_REVIEWER, Who.RISK_OFFICER)
NOT_YOURS = _("Only a senior reviewer or a risk officer sets the lowest risk tier.")
SAY_WHY = _("Say why the risk tier is set. Your colleagues read it.")
IT_ENDED = _("This case has ended.")


def step_of(case: Case) -> Step:
    return Step.APPLICATION if case.state.startswith("application") else Step.IDENTITY


def still_checking(case: Case) -> bool:
    """Whether a check of this step and round has no answer yet. One query."""
    due = Check.objects.filter(case=case, step=step_of(case), round=case.round, stale=False, result=Check.Result.DUE)
    return due.exists()


def score_due(case: Case) -> bool:
    """Whether every check of this step and round has answered since the case was scored. Two queries at most."""
    if case.state not in SCORED:
        return False
    step = step_of(case)
    checks = Check.objects.filter(case=case, step=step, round=case.round, stale=False)
    answers = list(checks.values_list("result", "done_at"))
    if not answers or any(result == Check.Result.DUE for result, _at in answers):
        return False
    made = Score.objects.filter(case=case, step=step, round=case.round).values_list("made_at", flat=True).first()
    return made is None or any(at is not None and at > made for _result, at in answers)


def keep_score(case_id: int) -> Score | None:
    """Score the case by the published table and set its tier, never below what a person set. None without a table."""
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=case_id)
        table = RiskTable.objects.filter(status=RiskTable.Status.PUBLISHED).first()
        if table is None or not score_due(case):
            return None
        score = _written(case, table)
        Case.objects.filter(pk=case.pk).update(risk_tier=worst(score.tier, case.tier_floor))
    return score


def _written(case: Case, table: RiskTable) -> Score:
    step = step_of(case)
    facts = seen(case, step)
    total = add_up(facts, read_table(table))
    values = {
        "table": table, "points": total.points, "tier": total.tier, "addends": list(total.addends),
        "facts": facts.kept(), "made_at": timezone.now(),
    }  # fmt: skip
    score, _made = Score.objects.update_or_create(case=case, step=step, round=case.round, defaults=values)
    return score


def may_set_tier(user: User) -> bool:
    return user.is_superuser or user.plays(*WHO_RAISES)


def check_tier(case: Case, *, by: User, note: str) -> None:
    """Raises NotAllowed, NotNow or Refused."""
    if not may_set_tier(by):
        raise NotAllowed(NOT_YOURS)
    if case.state in ENDS:
        raise NotNow(IT_ENDED)
    if not note.strip():
        raise Refused(SAY_WHY)

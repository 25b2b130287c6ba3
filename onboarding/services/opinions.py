"""Four eyes: each reviewer's opinion is a row. The second gives theirs before the first is shown; a senior settles."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.flow import State, Verb
from onboarding.models import Case, Entry, Opinion, User
from onboarding.rules import Who

Verdict = Opinion.Verdict
SECOND = (State.IDENTITY_SECOND_REVIEW, State.APPLICATION_SECOND_REVIEW)
VERDICTS: dict[str, str] = {
    **dict.fromkeys(("approve", "recommend", "confirm"), Verdict.APPROVE),
    "return": Verdict.RETURN,
    "reject": Verdict.REJECT,
}
SENIOR_DECIDES = _("Two colleagues disagree. A senior reviewer who gave no opinion yet decides.")
SAME_EYES = _("You gave the first opinion. Another reviewer has to confirm.")
SPOKEN = _("You have given your opinion. A senior reviewer decides.")
DISSENT = "opinion_given"  # the fact that a second opinion differs from the first


def verdict_of(verb: str) -> str:
    """What firing a verb says about a step under review; empty for verbs that say nothing."""
    return VERDICTS.get(verb.partition("_")[0], "")


def given(case: Case) -> list[Opinion]:
    """The opinions on the step and round under a second review, the first one first; none in any other state."""
    if case.state not in SECOND:
        return []
    rows = Opinion.objects.filter(case=case, step=_step(case.state), round=case.round)
    return case.once("opinions", lambda: list(rows.select_related("by").order_by("pk")))


def state_opinion(case: Case, verb: str, source: str, by: User, note: str = "") -> None:
    """Keep what a reviewer thinks; a later word of the same person in the same round stands instead of the earlier."""
    if (verdict := verdict_of(verb)) and source.endswith("_review"):
        Opinion.objects.update_or_create(
            case=case, step=_step(source), round=case.round, by=by, defaults={"verdict": verdict, "note": note}
        )


def disagreed(case: Case) -> bool:
    """Whether two reviewers have said different things about the present round, so that a senior has to settle it."""
    return len({one.verdict for one in given(case)}) > 1


def blind(case: Case, reader: User) -> bool:
    """Whether `reader` may still give the second opinion here, and so must not see the first."""
    if case.state not in SECOND or not reader.has_perm(f"onboarding.confirm_{_step(case.state)}"):
        return False
    return not disagreed(case) and all(author != reader.pk for author in authors(case))


def authors(case: Case) -> list[int]:
    """Who has given an opinion in this round; of cases older than the table, who recommended."""
    kept = [one.by_id for one in given(case)]
    return kept or [one for one in [_recommended_by(case)] if one]


def _recommended_by(case: Case) -> int | None:
    if case.state not in SECOND:
        return None
    actors = Entry.objects.filter(case=case, verb=f"recommend_{_step(case.state)}").order_by("-seq")
    newest: int | None = case.once("recommended by", actors.values_list("actor", flat=True).first)
    return newest


def dissents(case: Case, verb: Verb, by: User) -> bool:
    """Whether this would decide against the first opinion, by somebody who may only say so."""
    verdict = verdict_of(verb.name)
    if case.state not in SECOND or not verdict or is_senior(by):
        return False
    said = {one.verdict for one in given(case)} or ({Verdict.APPROVE} if _recommended_by(case) else set())
    return bool(said) and verdict not in said


def is_senior(by: User) -> bool:
    return by.is_superuser or by.plays(Who.SENIOR_REVIEWER)


def barred_by_opinions(case: Case, verb: Verb, by: User) -> Any | None:
    """Why `by` may decide nothing more in this second review; None when they may."""
    if case.state not in SECOND or not verdict_of(verb.name):
        return None
    if by.pk in authors(case):
        return SAME_EYES if authors(case)[0] == by.pk else SPOKEN
    return SENIOR_DECIDES if disagreed(case) and not is_senior(by) else None


def _step(state: str) -> str:
    return state.partition("_")[0]

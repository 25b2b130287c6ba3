"""Which papers and fields of a step are open just now: all before the first submission, afterwards the marked ones."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.facts.identity import open_returns
from onboarding.flow import VERBS, State
from onboarding.models import Case, Reason, Return, Step, User
from onboarding.services import barred, missing
from onboarding.words import pick

MIN_DAYS_LEFT = 30  # the document matrix: a paper that ends sooner is asked for anew
FILLING = {State.IDENTITY: Step.IDENTITY, State.APPLICATION: Step.APPLICATION}
MENDING = {State.IDENTITY_RETURNED: Step.IDENTITY, State.APPLICATION_RETURNED: Step.APPLICATION}


def may_fill(case: Case, step: str, user: User) -> bool:
    """Whether this user may change anything of `step` now: the same people who may submit it, while it is open."""
    at = {**FILLING, **MENDING}.get(State(case.state))
    return at == step and barred(case, VERBS[f"submit_{step}"], user) is None


def open_items(case: Case, step: str) -> frozenset[str] | None:
    """Items ("document:<kind>", "field:<name>") that may be changed now; None means all, an empty set none.

    In a returned case those that were marked, and those that became necessary by a change of a marked one.
    """
    if FILLING.get(State(case.state)) == step:
        return None
    if MENDING.get(State(case.state)) != step:
        return frozenset()
    marked = {row.item for row in open_returns(case, step)}
    return frozenset(marked | {one.field for one in missing(case, f"submit_{step}") if one.field})


def is_open(case: Case, step: str, item: str) -> bool:
    items = open_items(case, step)
    return items is None or item in items


def remarks(case: Case, step: str) -> dict[str, dict[str, str]]:
    """What a merchant reads at each returned item, word for word: {item: {"reason", "remedy", "note"}}.

    An internal reason never shows: the neutral one that it names stands instead, or nothing but the request.
    """
    return told(open_returns(case, step))


def told(rows: list[Return]) -> dict[str, dict[str, str]]:
    """The same for these rows (with their reasons), sent or not: what a reviewer previews is what is read."""
    neutral = Reason.objects.in_bulk({row.reason.shown_as for row in rows if _internal(row)}, field_name="code")
    return {row.item: _remark(row, neutral.get(row.reason.shown_as) if _internal(row) else row.reason) for row in rows}


def _internal(row: Return) -> bool:
    return row.reason.audience == Reason.Audience.INTERNAL


def _remark(row: Return, reason: Reason | None) -> dict[str, str]:
    told = {"reason": pick(reason, "sentence"), "remedy": pick(reason, "remedy")} if reason else {}
    filled = {name: sentence.format_map(_General()) for name, sentence in told.items()}
    return {"reason": "", "remedy": "", **filled, "note": row.note}


GENERAL: dict[str, Any] = {"days": MIN_DAYS_LEFT, "permit": _("the permit"), "mcc": _("the category you chose")}


class _General(dict[str, Any]):
    """Sentences of the table may have places; a return to the merchant names the thing in general."""

    def __missing__(self, name: str) -> Any:
        return GENERAL.get(name, "…")

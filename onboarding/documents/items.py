"""Which papers and fields of a step are open just now: all before the first submission, afterwards the marked ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

from onboarding.facts.aside import ASIDE, open_aside
from onboarding.facts.identity import open_returns
from onboarding.flow import VERBS, State
from onboarding.models import Case, PublicReason, Reason, Return, Step, User
from onboarding.rules.identity import MAY_STAND
from onboarding.services import ACTING, acts_as, barred, missing

FILLING = {State.IDENTITY: Step.IDENTITY, State.APPLICATION: Step.APPLICATION}
MENDING = {State.IDENTITY_RETURNED: Step.IDENTITY, State.APPLICATION_RETURNED: Step.APPLICATION}


def may_fill(case: Case, step: str, user: User) -> bool:
    """Whether this user may change anything of `step` now: the same people who may submit it, while it is open."""
    if step in ASIDE:
        return bool(open_aside(case, step)) and acts_as(case, user) in ACTING
    at = {**FILLING, **MENDING}.get(State(case.state))
    return at == step and barred(case, VERBS[f"submit_{step}"], user) is None


def open_items(case: Case, step: str) -> frozenset[str] | None:
    """Items ("document:<kind>", "field:<name>") that may be changed now; None means all, an empty set none.

    In a returned case those that were marked, and those that became necessary by a change of a marked one.
    """
    if step in ASIDE:
        return frozenset(f"document:{kind}" for kind in open_aside(case, step))
    if FILLING.get(State(case.state)) == step:
        return None
    if MENDING.get(State(case.state)) != step:
        return frozenset()
    marked = {row.item for row in open_returns(case, step)}
    return frozenset(marked | {one.field for one in missing(case, f"submit_{step}") if one.field})


def is_open(case: Case, step: str, item: str) -> bool:
    items = open_items(case, step)
    return items is None or item in items


def remarks(case: Case, step: str) -> dict[str, Remark]:
    """What a merchant reads at each returned item, word for word, by item.

    An internal reason never shows: the neutral one that it names stands instead, or nothing but the request.
    """
    rows = open_returns(case, step)
    left = {one.field for one in missing(case, f"submit_{step}")} if rows else frozenset()
    faces = told(rows)
    return {row.item: dataclasses.replace(faces[row.item], changed=_changed(row, left)) for row in rows}


def _changed(row: Return, left: Collection[str]) -> bool:
    """Whether it is other than what was returned: what may stand as it is need not be."""
    if row.item.startswith("field:"):
        return row.changed_at is not None
    return row.item not in left and row.reason.code not in MAY_STAND


@dataclasses.dataclass(frozen=True, slots=True)
class Remark:
    """What was said at a returned item. No internal reason fits in here: `why` is of a type that none can become."""

    why: PublicReason | None
    note: str
    changed: bool = False  # mended already, and not handed in yet

    @property
    def reason(self) -> str:
        return str(self.why.sentence) if self.why else ""

    @property
    def remedy(self) -> str:
        return str(self.why.remedy) if self.why else ""

    @property
    def example(self) -> str:
        """A key of onboarding.examples, or empty."""
        return self.why.example if self.why else ""


def told(rows: list[Return]) -> dict[str, Remark]:
    """The same for these rows (with their reasons), sent or not: what a reviewer previews is what is read."""
    faces = public_reasons([row.reason for row in rows])
    return {row.item: Remark(faces[row.reason_id], row.note) for row in rows}


def public_reasons(reasons: Iterable[Reason]) -> dict[int, PublicReason | None]:
    """By primary key what may be said of each: itself, the neutral one it names, or nothing. One query at most."""
    asked = {one.pk: one for one in reasons}
    inside = {one.shown_as for one in asked.values() if one.audience != Reason.Audience.MERCHANT}
    neutral = Reason.objects.filter(code__in=inside, audience=Reason.Audience.MERCHANT) if inside else ()
    stands = {one.code: PublicReason.of(one) for one in neutral}
    return {
        pk: PublicReason.of(one) if one.audience == Reason.Audience.MERCHANT else stands.get(one.shown_as)
        for pk, one in asked.items()
    }

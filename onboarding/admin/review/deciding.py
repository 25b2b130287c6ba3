"""What stands beside a decision on the workbench: what changed, promises, opinions, a request for reconsideration."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.db.models import QuerySet

from onboarding.admin.review import papers
from onboarding.documents.naming import labels
from onboarding.facts.values import value_of, values
from onboarding.flow import VERBS, State
from onboarding.models import Appeal, Case, Condition, Document, Page, Person, Return, StaffNote, User
from onboarding.rules import Who
from onboarding.services import barred, blind, opinions, step_under_review
from onboarding.words import pick

ID_TYPES = dict(Person._meta.get_field("id_type").flatchoices)
MOST = 30  # items of one return that are compared


def context(case: Case, user: User, returned: list[Return]) -> dict[str, Any]:
    """The context of templates/admin/onboarding/case/deciding.html, as far as this reader may know."""
    reviews = user.is_superuser or user.plays(Who.REVIEWER, Who.SENIOR_REVIEWER)
    step = step_under_review(case)
    may_propose = bool(step) and barred(case, VERBS[f"return_{step}"], user) is None
    return {
        "changes": changes(case, user, returned)
        if step and case.round > 1 and user.has_perm("onboarding.view_return")
        else [],
        "unseen": blind(case, user),
        "opinions": [] if blind(case, user) else opinions.given(case),
        "disagreed": opinions.disagreed(case),
        "promises": promises(case) if reviews or user.has_perm("onboarding.view_condition") else [],
        "may_propose": may_propose,
        "may_drop": may_propose,
        "may_judge": reviews,
        "appeal": appeal(case, user),
    }


def notes(case: Case, user: User) -> QuerySet[StaffNote]:
    """What colleagues wrote, newest first; without what the first reviewer wrote while the second must not know."""
    rows = StaffNote.objects.filter(case=case).select_related("by").order_by("-pk")
    return rows.exclude(by__in=opinions.authors(case)) if blind(case, user) else rows


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One item that was returned last and handed in again: then and now, as text or as pictures."""

    row: Return
    label: str
    before: str = ""
    now: str = ""
    old: list[papers.Sheet] = dataclasses.field(default_factory=list)
    new: list[papers.Sheet] = dataclasses.field(default_factory=list)

    @property
    def is_paper(self) -> bool:
        return self.row.item.startswith("document:")

    @property
    def same(self) -> bool:
        return not self.is_paper and self.before == self.now


def changes(case: Case, user: User, returned: list[Return]) -> list[Change]:
    """What became of the items of the newest return of this step; `returned`: what was sent back so far."""
    step = step_under_review(case) or ""
    newest = (row for row in returned if (row.step, row.round) == (step, case.round - 1) and row.mended_at)
    mended = sorted(newest, key=lambda row: row.pk)[:MOST]
    if not mended:
        return []
    names, known = labels([row.item for row in mended]), values(case, step)
    kept = _pages(
        case, user, [row.item.removeprefix("document:") for row in mended if row.item.startswith("document:")]
    )
    return [_change(row, names[row.item], known, kept) for row in mended]


def _change(row: Return, label: str, known: dict[str, str], kept: list[Page]) -> Change:
    if not row.item.startswith("document:"):
        before, now = (ID_TYPES.get(one, one) for one in (row.before, value_of(known, row.item)))
        return Change(row, label, str(before), str(now))
    mine = [one for one in kept if one.document.kind == row.item.removeprefix("document:")]
    gone = [(one, one.document.replaced_at) for one in mine]
    old = [one for one, at in gone if at and row.sent_at and at >= row.sent_at]
    return Change(row, label, old=_sheets(old), new=_sheets([one for one, at in gone if at is None]))


def _pages(case: Case, user: User, kinds: list[str]) -> list[Page]:
    """The pages of these kinds, of replaced files too, that this reader may see. One query; none without a kind."""
    files = Document.objects.visible_to(user).filter(case=case, kind__in=kinds)
    rows = Page.objects.filter(document__in=files).select_related("document").order_by("document", "number")
    return list(rows) if kinds else []


def _sheets(pages: list[Page]) -> list[papers.Sheet]:
    return [papers.sheet(page.document, page) for page in pages]


def promises(case: Case) -> list[dict[str, Any]]:
    """Proposed, agreed, handed in, kept, broken; the void ones are history."""
    if not getattr(case, "promised", True):  # asked along with the case (opening.opened)
        return []
    rows = Condition.objects.filter(case=case, void_at=None).select_related("kind").order_by("pk")
    return [{"row": row, "sentence": pick(row.kind, "sentence"), "agreed": row.agreed_at is not None} for row in rows]


def appeal(case: Case, user: User) -> dict[str, Any] | None:
    """The request, for those who may decide it or have to know; None where there is none."""
    if case.state != State.REJECTED or not (user.is_superuser or user.has_perm("onboarding.view_appeal")):
        return None
    row = Appeal.objects.filter(case=case).select_related("made_by", "decided_by", "reason").first()
    if row is None:
        return None
    sentence = barred(case, VERBS["reopen"], user)
    may = row.waits and sentence is None
    return {"row": row, "may": may, "cannot": sentence if row.waits else None}

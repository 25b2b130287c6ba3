"""Marking papers and fields for return, before the case is returned: what may be marked, with which reasons."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onboarding.facts import application, identity
from onboarding.facts.papers import asked
from onboarding.flow import REVIEWS, VERBS
from onboarding.models import Case, DocumentKind, Reason, Return, Step, User
from onboarding.rules import application as application_rules
from onboarding.rules import identity as identity_rules
from onboarding.services.errors import NotAllowed, NotNow, Refused
from onboarding.services.moves import _locked
from onboarding.services.permissions import barred

NOT_UNDER_REVIEW = _("This case is not under review now. Nothing can be marked.")
NOT_AN_ITEM = _("This paper or field does not belong to the step under review.")
NOT_FITTING = _("This reason does not fit here. Choose one from the list.")
NOTHING_SAID = "none"  # Reason.shown_as: an internal reason of which the merchant must not hear at all


def step_under_review(case: Case) -> Step | None:
    """The step that a reviewer decides on now; None in any other state."""
    if case.state not in REVIEWS:
        return None
    return Step.APPLICATION if case.state.startswith(Step.APPLICATION) else Step.IDENTITY


def markable_kinds(case: Case, step: Step) -> list[DocumentKind]:
    """The kinds of paper that the merchant's pages of this step show, in the order of the matrix."""
    facts = case.facts()
    if step == Step.IDENTITY:
        held = identity.conditions(case.merchant, identity.people(case))
    else:
        row = application.drafted(case)
        held = application.conditions(facts, row, application.category_of(row))
    return [kind for kind, _level in asked(facts.merchant_type, step, held)]


def markable_fields(case: Case, step: Step) -> tuple[str, ...]:
    """The fields of this step, by the name that returns and requirements carry."""
    if step == Step.IDENTITY:
        return identity_rules.fields_for(case.merchant.type)
    return tuple(application_rules.FIELDS)


def fitting(reasons: Iterable[Reason], item: str, group: str = "") -> list[Reason]:
    """The reasons that fit this item; `group` is the document's group in the matrix."""
    return [one for one in reasons if one.shown_as != NOTHING_SAID and _fits(one, item, group)]


def _fits(reason: Reason, item: str, group: str) -> bool:
    applies = [one.strip() for one in reason.applies_to.split(";")]
    what, _colon, name = item.partition(":")
    if what == "document":
        return bool({name, f"@{group}", "@image"} & set(applies))
    return any(name in (one, identity_rules.name_of(one), application_rules.name_of(one)) for one in applies)


def mark(case_id: int, item: str, reason: str, *, by: User, note: str = "") -> Return:
    """Mark "document:<kind>" or "field:<name>" with a reason's code; marking it again replaces reason and note.

    Raises NotNow, NotAllowed or Refused (an item or a reason that does not fit), all with sentences.
    """
    with transaction.atomic():
        case, step = _open_for_marks(case_id, by)
        group = _group(case, step, item)
        chosen = fitting(Reason.objects.filter(code=reason), item, group)
        if not chosen:
            raise Refused(NOT_FITTING)
        row, _made = Return.objects.update_or_create(
            case=case, step=step, round=case.round, item=item,
            defaults={"reason": chosen[0], "note": note.strip()[:300], "marked_by": by},
        )  # fmt: skip
    return row


def unmark(case_id: int, mark_id: int, *, by: User) -> None:
    """Take a mark away that was not sent yet; one that is gone already is no fault. Raises NotNow or NotAllowed."""
    with transaction.atomic():
        case, step = _open_for_marks(case_id, by)
        Return.objects.filter(pk=mark_id, case=case, step=step, sent_at=None).delete()


def marks(case: Case) -> list[Return]:
    """The marks of the step under review that were not sent yet."""
    rows = Return.objects.filter(case=case, step=step_under_review(case) or "", sent_at=None)
    return list(rows.select_related("reason", "marked_by").order_by("pk"))


def _open_for_marks(case_id: int, by: User) -> tuple[Case, Step]:
    case = _locked(case_id)
    step = step_under_review(case)
    if step is None:
        raise NotNow(NOT_UNDER_REVIEW)
    if sentence := barred(case, VERBS[f"return_{step}"], by):
        raise NotAllowed(sentence)
    return case, step


def _group(case: Case, step: Step, item: str) -> str:
    """The group of a document, "" of a field; Refused when the item is none of this step."""
    what, _colon, name = item.partition(":")
    if what == "field" and name in markable_fields(case, step):
        return ""
    group = next((kind.group for kind in markable_kinds(case, step) if what == "document" and kind.code == name), "")
    if not group:
        raise Refused(NOT_AN_ITEM)
    return group

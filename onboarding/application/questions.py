"""The pages of the application in their order, how each stands, and the answers to check."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from onboarding.application import terms
from onboarding.application.account_form import masked
from onboarding.application.services import Draft
from onboarding.documents.items import Remark, remarks
from onboarding.documents.matrix import kinds_for
from onboarding.facts.application import conditions
from onboarding.flow import status
from onboarding.models import Bank, Case, DocumentKind, SettlementAccount, Step, Store
from onboarding.rules import Requirement
from onboarding.rules.application import FIELDS, SLUGS, name_of, page_of
from onboarding.services import missing
from onboarding.services.preparing import reminded
from onboarding.words import pick
from portal.words import money

ICONS = {
    "store.name": "shop", "store.mcc": "search", "store.address": "pin", "application.turnover": "chart",
    "settlement.account": "bank", "application.plan": "card",
}  # fmt: skip
HEADINGS = {
    "store.name": (_("Your shop"), _("The first shop that gets a terminal. More can follow later.")),
    "store.mcc": (_("What do you sell?"), _("Search with the words you use yourself: noodles, haircut, hardware.")),
    "store.address": (_("Where is the shop?"), _("The terminal works at this address and nowhere else.")),
    "application.turnover": (
        _("How much will you take?"),
        _("It decides which price is best for you, and your limits."),
    ),
    "settlement.account": (_("Where shall the money go?"), _("Only to an account in your own name.")),
    "application.plan": (
        _("Choose a price plan"),
        _("The institution collects the money and pays it into your account."),
    ),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One page of the step: the name of its field, or its kind of paper."""

    item: str
    title: Any
    url: str
    icon: str
    kind: DocumentKind | None = None


def kinds(draft: Draft) -> list[DocumentKind]:
    """The papers that this case needs at this step, in the order of the matrix."""
    held = conditions(draft.case, draft.application, draft.category)
    return [kind for kind, _level in kinds_for(draft.case.merchant, Step.APPLICATION, held)]


def parts(draft: Draft) -> list[Part]:
    """All pages: answers first, then one page per paper."""
    ref = draft.case.ref
    answers = [
        Part(f"field:{name}", title, reverse(page_of(name), args=[ref]), ICONS[name]) for name, title in FIELDS.items()
    ]
    papers = [
        Part(
            f"document:{kind.code}",
            pick(kind, "name"),
            reverse("application_document", args=[ref, kind.code]),
            "doc",
            kind,
        )
        for kind in kinds(draft)
    ]
    return [*answers, *papers]


def canonical(item: str) -> str:
    """Returned items under the names that pages use."""
    return f"field:{name_of(item) or item.removeprefix('field:')}" if not item.startswith("document:") else item


def remarks_for(case: Case, items: Collection[str]) -> list[Remark]:
    """What was said at the returned items among `items`."""
    return [told for item, told in remarks(case, Step.APPLICATION).items() if canonical(item) in items]


def unplaced(draft: Draft) -> list[Remark]:
    """What was said at items that have no page of their own: shown on the overview."""
    known = {part.item for part in parts(draft)}
    told = remarks(draft.case, Step.APPLICATION)
    return [remark for item, remark in told.items() if canonical(item) not in known]


def next_url(draft: Draft, after: str) -> str:
    """The next page with something missing after the address `after`, then the check."""
    everything = parts(draft)
    places = [part.url for part in everything]
    start = places.index(after) + 1 if after in places else 0
    todo = {one.field for one in missing(draft.case, "submit_application")}
    for part in [*everything[start:], *everything[:start]]:
        if part.item in todo and part.url != after:
            return part.url
    return reverse("application_check", args=[draft.case.ref])


def tasks(
    draft: Draft, open_names: Collection[str], open_items: Collection[str] | None, ready: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The parts as templates/includes/tasks.html draws them. `ready`: codes of papers they said they have."""
    needed = missing(draft.case, "submit_application")
    told = {canonical(item): remark for item, remark in remarks(draft.case, Step.APPLICATION).items()}
    rows = [(part, _task(part, needed, told, _is_open(part, open_names, open_items))) for part in parts(draft)]
    return [reminded(task, part.kind, ready) for part, task in rows]


def _is_open(part: Part, open_names: Collection[str], open_items: Collection[str] | None) -> bool:
    if part.kind is None:
        return part.item.removeprefix("field:") in open_names
    return bool(open_names) and open_items is None or part.item in (open_items or ())


def _task(part: Part, needed: list[Requirement], told: dict[str, Remark], open_: bool) -> dict[str, Any]:
    state = {"title": part.title, "url": part.url if open_ else "", "icon": part.icon}
    if any(one.field == part.item for one in needed):
        if back := told.get(part.item):
            return state | status.RETURNED.tag | {"sentence": back.reason or back.note}
        return state | status.YOUR_TURN.tag
    return state | status.DONE.tag


def answers(draft: Draft, open_names: Collection[str]) -> list[dict[str, Any]]:
    """Everything that was answered, with the address where each can be changed (if it is open)."""
    rows = {
        "store.name": _store(draft.store),
        "store.mcc": (f"{draft.store.mcc} {pick(draft.category, 'name')}" if draft.category else "", ""),
        "store.address": (draft.store.place, ""),
        "application.turnover": _turnover(draft),
        "settlement.account": _account(draft.account),
        "application.plan": _plan(draft),
    }
    return [
        {
            "label": FIELDS[name], "value": value, "note": note,
            "url": reverse(page_of(name), args=[draft.case.ref]) if name in open_names else "",
        }
        for name, (value, note) in rows.items()
    ]  # fmt: skip


def _store(store: Store) -> tuple[Any, Any]:
    hours = f"{store.opens_at:%H:%M}–{store.closes_at:%H:%M}" if store.opens_at and store.closes_at else ""
    kind = [store.get_premises_display(), store.get_tenure_display() if store.premises == Store.Premises.FIXED else ""]
    return store.name, " · ".join(str(part) for part in (*kind, hours) if part)


def _turnover(draft: Draft) -> tuple[Any, Any]:
    row = draft.application
    if not row.monthly_turnover_fen:
        return "", ""
    told = {"largest": money(row.largest_amount_fen or 0), "terminals": row.terminals}
    month = _now("%(amount)s a month") % {"amount": money(row.monthly_turnover_fen)}
    return month, _("largest payment %(largest)s · terminals: %(terminals)s") % told


def _account(account: SettlementAccount | None) -> tuple[Any, Any]:
    if account is None:
        return "", ""
    bank = Bank.objects.filter(pk=account.bank).first()
    return account.holder, f"{pick(bank, 'name') if bank else ''} {masked(account)}".strip()


def _plan(draft: Draft) -> tuple[Any, Any]:
    plan = draft.application.plan
    if plan is None:
        return "", ""
    name = f"{pick(plan.institution, 'name')} · {pick(plan, 'name')}"
    return name, terms.settlement_words(plan, draft.application.settlement_cycle)


assert SLUGS.keys() == FIELDS.keys() == HEADINGS.keys()

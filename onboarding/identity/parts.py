"""The parts of the identity step in their order: what each is called, where it is, and how it stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from onboarding.documents.items import Remark, remarks
from onboarding.documents.matrix import kinds_for
from onboarding.documents.tiles import Tile, all_tiles
from onboarding.facts.identity import conditions, people
from onboarding.flow import status
from onboarding.formats import identity_document, mobile
from onboarding.models import Case, DocumentKind, MerchantType, Person, Step
from onboarding.rules import Requirement
from onboarding.rules.identity import OWNED, fields_for, name_of
from onboarding.services import missing
from onboarding.services.preparing import reminded
from onboarding.words import pick
from portal.words import day

TITLES = {
    "identity_business": _("Your business"),
    "identity_person": _("Legal representative"),
    "identity_handler": _("Who deals with this application"),
    "identity_owners": _("Beneficial owners"),
}
OTHER_TITLES = {
    MerchantType.SOLE_TRADER: _("Operator"),
    MerchantType.MICRO: _("You yourself"),
}

# Read before the answers are asked for, so that nobody types what stands on them.
FIRST = ("business_licence", "registration_certificate", "id_portrait", "id_emblem")


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One page of the step. `items` are those of returns and requirements that belong to it."""

    page: str
    title: Any
    url: str
    items: tuple[str, ...]
    kind: DocumentKind | None = None


def title_of(page: str, merchant_type: str) -> Any:
    if page == "identity_person":
        return OTHER_TITLES.get(MerchantType(merchant_type), TITLES[page])
    return TITLES[page]


def kinds(case: Case) -> list[DocumentKind]:
    """The papers that this case needs at this step, in the order of the matrix."""
    held = conditions(case.merchant, people(case))
    return [kind for kind, _level in kinds_for(case.merchant, Step.IDENTITY, held)]


def parts(case: Case) -> list[Part]:
    """All pages for this merchant type: papers that fill in answers, the answers, then one page per other paper."""
    papers = [_paper(case, kind) for kind in kinds(case)]
    first = [part for part in papers if part.kind and part.kind.code in FIRST]
    return [*first, *_answers(case, case.merchant.type), *(part for part in papers if part not in first)]


def _answers(case: Case, merchant_type: str) -> list[Part]:
    pages = ["identity_business", "identity_person"]
    pages += ["identity_handler"] if merchant_type != MerchantType.MICRO else []
    pages += ["identity_owners"] if merchant_type in OWNED else []
    names = fields_for(merchant_type)
    return [
        Part(page, title_of(page, merchant_type), reverse(page, args=[case.ref]), _items(page, names)) for page in pages
    ]


def _items(page: str, names: Collection[str]) -> tuple[str, ...]:
    prefix = {"identity_business": "merchant", "identity_person": "person"}.get(page, page.removeprefix("identity_"))
    return tuple(f"field:{name}" for name in names if name.partition(".")[0] == prefix)


def _paper(case: Case, kind: DocumentKind) -> Part:
    url = reverse("identity_document", args=[case.ref, kind.code])
    return Part("identity_document", pick(kind, "name"), url, (f"document:{kind.code}",), kind)


def next_url(case: Case, after: str) -> str:
    """Where to go on from the page `after` (its address): the next page with something missing, then the overview."""
    everything = parts(case)
    places = [part.url for part in everything]
    start = places.index(after) + 1 if after in places else 0
    todo = {one.field for one in missing(case, "submit_identity")}
    for part in [*everything[start:], *everything[:start]]:
        if todo & set(part.items) and part.url != after:
            return part.url
    return reverse("identity_check", args=[case.ref])


def canonical(item: str) -> str:
    """Returned items under the names that pages use."""
    return f"field:{name_of(item)}" if item.startswith("field:") else item


def remarks_for(case: Case, items: Collection[str]) -> list[Remark]:
    """What was said at the returned items among `items`."""
    return [told for item, told in remarks(case, Step.IDENTITY).items() if canonical(item) in items]


def tasks(
    case: Case, editable: bool, open_items: frozenset[str] | None, ready: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The parts as templates/includes/tasks.html draws them. `ready`: codes of papers they said they have."""
    needed = missing(case, "submit_identity")
    told = {canonical(item): remark for item, remark in remarks(case, Step.IDENTITY).items()}
    rows = [(part, _task(part, needed, told, editable and _is_open(part, open_items))) for part in parts(case)]
    return [reminded(task, part.kind, ready) for part, task in rows]


def _is_open(part: Part, open_items: frozenset[str] | None) -> bool:
    return open_items is None or bool(open_items & set(part.items))


def _task(part: Part, needed: list[Requirement], told: dict[str, Remark], open_: bool) -> dict[str, Any]:
    mine = [one for one in needed if one.field in part.items]
    back = next((told[item] for item in part.items if item in told), None)
    state = {"title": part.title, "url": part.url if open_ else "", "icon": "doc" if part.kind else "user"}
    if mine and back:
        return state | status.RETURNED.tag | {"sentence": back.reason or back.note}
    if mine:
        return state | status.YOUR_TURN.tag
    return state | status.DONE.tag


def answers(case: Case, editable: frozenset[str] | None) -> list[dict[str, Any]]:
    """Everything that was answered, numbers masked, with the address where each can be changed (if it is open)."""
    first = {one.role: one for one in reversed(people(case))}
    owners = [one for one in people(case) if one.role == Person.Role.BENEFICIAL_OWNER]
    rows = [*_business(case), *_person(first.get(Person.Role.LEGAL_REPRESENTATIVE))]
    rows += [("handler", _("Who deals with this application"), _handler(first.get(Person.Role.HANDLER)), "")]
    rows += [("owners", _("Beneficial owners"), _owners(case, owners), "")]
    urls = {item: part.url for part in _answers(case, case.merchant.type) for item in part.items}
    return [
        {"label": label, "value": value, "note": note, "url": _url(f"field:{name}", urls, editable)}
        for name, label, value, note in rows
        if f"field:{name}" in urls
    ]


def _url(item: str, urls: dict[str, str], editable: frozenset[str] | None) -> str:
    return urls[item] if editable is None or item in editable else ""


Row = tuple[str, Any, Any, str]


def _business(case: Case) -> list[Row]:
    merchant = case.merchant
    return [
        ("merchant.name", _("Registered name"), merchant.name, ""),
        ("merchant.uscc", _("Credit code"), merchant.uscc, ""),
        ("merchant.short_name", _("Name on the sign"), merchant.short_name, ""),
        ("merchant.registered_address", _("Address"), merchant.registered_address, ""),
        ("merchant.established_on", _("Established on"), merchant.established_on or "", ""),
        ("merchant.valid_until", _("Licence valid until"), until(merchant.valid_until, merchant.is_long_term), ""),
    ]


def _person(person: Person | None) -> list[Row]:
    if person is None:
        return []
    number = identity_document.mask(person.id_number, kind=person.id_type)
    ends = until(person.id_valid_until, person.id_long_term)
    return [
        ("person.name", _("Name of the responsible person"), person.name, ""),
        ("person.id_number", person.get_id_type_display(), number, ""),
        ("person.id_valid_until", _("Identity document valid until"), ends, ""),
        ("person.mobile", _("Mobile number"), mobile.mask(person.mobile or ""), ""),
    ]  # fmt: skip


def until(day_: Any, long_term: bool) -> Any:
    return _("long-term") if long_term else day(day_) if day_ else ""


def _handler(person: Person | None) -> Any:
    return person.name if person else _("The responsible person")


def _owners(case: Case, owners: list[Person]) -> str:
    if case.merchant.beneficial_owner_exempt:
        return _now("Promise of exemption given")
    return "、".join(one.name for one in owners)


def papers(case: Case) -> list[tuple[DocumentKind, str, list[Tile]]]:
    """(kind, its name, its files) of every paper of the step."""
    asked = kinds(case)
    names = {kind.code: pick(kind, "name") for kind in asked}
    there = all_tiles(case, names)
    return [(kind, names[kind.code], there[kind.code]) for kind in asked]

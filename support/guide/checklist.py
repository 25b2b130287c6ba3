"""A visitor's own list of papers: the document matrix for the answers they give, as the application itself reads it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from onboarding.application.categories import refusal
from onboarding.facts import kept
from onboarding.facts.papers import asked
from onboarding.models import DocumentKind, MerchantCategory, MerchantType, Permit, Step
from onboarding.rules.application import account_kinds
from onboarding.words import pick
from support.guide.drawings import drawing

FIXED, OWNED, MOBILE, ONLINE = "leased", "owned", "mobile", "online"
PREMISES = (
    (FIXED, _("A shop that you rent")),
    (OWNED, _("A shop that you own")),
    (MOBILE, _("A stall without fixed premises")),
    (ONLINE, _("Online only")),
)
OF_PREMISES = {FIXED: "premises_leased", MOBILE: "premises_mobile", ONLINE: "premises_online"}
# What a visitor may say of themselves; the ids are those of the document matrix.
APPLIES = (
    "handler_is_not_owner",
    "owner_id_not_resident_card",
    "beneficial_owner_not_exempt",
    "settles_to_unit_account",
    "settlement_account_not_basic",
    "permit_applies",
)


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """What the visitor answered. `mcc` may be empty: not known yet."""

    type: str
    premises: str = FIXED
    mcc: str = ""
    applies: tuple[str, ...] = ()

    @property
    def category(self) -> MerchantCategory | None:
        return kept.category(self.mcc) if self.mcc else None

    @property
    def type_label(self) -> Any:
        return MerchantType(self.type).label

    @property
    def premises_label(self) -> Any:
        return dict(PREMISES)[self.premises]

    @property
    def refused(self) -> str:
        """Why this merchant cannot take cards in this trade: see categories.refusal; "" when they can."""
        return refusal(self.category, self.type) if self.category else ""

    def answers(self) -> dict[str, Any]:
        return {"premises": self.premises, "mcc": self.mcc, "applies": list(self.applies)}

    def query(self, ready: Collection[str] = ()) -> str:
        """The answers as an address carries them, and the ticks where they travel along."""
        pairs = [("type", self.type), ("premises", self.premises), ("mcc", self.mcc)]
        pairs += [("applies", one) for one in self.applies]
        return urlencode([*pairs, *([("have", ".".join(ready))] if ready else [])])


def of_answers(type_: str, answers: Mapping[str, Any]) -> Choice:
    """The choice that a session kept."""
    applies = tuple(one for one in answers.get("applies") or () if one in APPLIES)
    return Choice(type_, str(answers.get("premises") or FIXED), str(answers.get("mcc") or ""), applies)


def conditions(choice: Choice) -> frozenset[str]:
    """The conditions of the matrix that hold for these answers, under the names the application uses."""
    return frozenset([*_of_shop(choice), *_of_account(choice), *_said(choice)])


def _said(choice: Choice) -> Iterator[str]:
    yield from (one for one in choice.applies if one in APPLIES[:3])
    if "permit_applies" in choice.applies and choice.category and choice.category.permits_if:
        yield "permit_applies"


def _of_shop(choice: Choice) -> Iterator[str]:
    if choice.premises in OF_PREMISES:
        yield OF_PREMISES[choice.premises]
    if choice.category and choice.category.permits:
        yield "mcc_requires_permit"
    if choice.category and choice.category.fee_class == "waived":
        yield "claims_waived_class"


def _of_account(choice: Choice) -> Iterator[str]:
    kinds = account_kinds(choice.type)
    wanted = "unit" if "settles_to_unit_account" in choice.applies else kinds[0]
    kind = wanted if wanted in kinds else kinds[0]
    yield f"settles_to_{kind}_account"
    if kind == "unit" and "settlement_account_not_basic" in choice.applies:
        yield "settlement_account_not_basic"


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One line of the list."""

    kind: DocumentKind
    step: str
    ready: bool
    drawing: str
    details: tuple[tuple[str, str], ...] = ()  # (name, when it applies) of the permits that it stands for

    @property
    def name(self) -> str:
        return pick(self.kind, "name")

    @property
    def hint(self) -> str:
        return pick(self.kind, "hint")


def items(choice: Choice, ready: Collection[str] = ()) -> list[Item]:
    """Every paper that this merchant will be asked for, step by step, in the order of the matrix."""
    holds = conditions(choice)
    steps = (Step.IDENTITY, Step.APPLICATION)
    rows = [(kind, step) for step in steps for kind, _level in asked(choice.type, step, holds)]
    return [
        Item(kind, str(step), kind.code in ready, drawing(kind.code, kind.group), _details(kind, choice))
        for kind, step in rows
    ]


def _details(kind: DocumentKind, choice: Choice) -> tuple[tuple[str, str], ...]:
    """A trade permit is a name for several: which of them this trade needs."""
    if kind.code != "special_permit" or choice.category is None:
        return ()
    asks = [*choice.category.permits, *(choice.category.permits_if if "permit_applies" in choice.applies else ())]
    permits = Permit.objects.in_bulk(asks)
    return tuple((pick(permits[code], "name"), pick(permits[code], "condition")) for code in asks if code in permits)


def possible_permits(choice: Choice) -> list[tuple[str, str]]:
    """The permits that this trade needs only when something more is sold or done there."""
    if choice.category is None or "permit_applies" in choice.applies:
        return []
    permits = Permit.objects.in_bulk(choice.category.permits_if)
    return [(pick(one, "name"), pick(one, "condition")) for one in permits.values()]


def never_asked() -> list[str]:
    """Names of what nobody may ask for; whoever does is not from us."""
    return [pick(kind, "name") for kind in kept.document_kinds().values() if kind.group == "never_asked"]

"""The vocabulary of rules and where each app enrols its own: requirements per verb, facts, consequences.

A rule is a function `Facts -> Iterable[Requirement]`, registered for one or more verbs. An empty list means go. The
same list is the guard of the transition, the merchant's task list, the reviewer's panel and the API's answer.
Apps enrol theirs in `<app>/rules` (and the queries behind them in `<app>/facts.py`), as Django does with admin.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    pass


class Who(StrEnum):
    """Who must act, or may: the names of the groups, and the system itself."""

    MERCHANT = "merchant"
    SALES_AGENT = "sales_agent"
    CALL_CENTRE_AGENT = "call_centre_agent"
    REVIEWER = "reviewer"
    SENIOR_REVIEWER = "senior_reviewer"
    WAREHOUSE_CLERK = "warehouse_clerk"
    DISPATCHER = "dispatcher"
    TECHNICIAN = "technician"
    TRAINER = "trainer"
    SUPPORT_AGENT = "support_agent"
    RISK_OFFICER = "risk_officer"
    OPERATIONS_MANAGER = "operations_manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"

    @property
    def label(self) -> Any:
        return WHO_LABELS[self]


WHO_LABELS: dict[Who, Any] = {
    Who.MERCHANT: _("merchant"),
    Who.SALES_AGENT: _("sales agent"),
    Who.CALL_CENTRE_AGENT: _("call-centre agent"),
    Who.REVIEWER: _("reviewer"),
    Who.SENIOR_REVIEWER: _("senior reviewer"),
    Who.WAREHOUSE_CLERK: _("warehouse clerk"),
    Who.DISPATCHER: _("dispatcher"),
    Who.TECHNICIAN: _("technician"),
    Who.TRAINER: _("trainer"),
    Who.SUPPORT_AGENT: _("support agent"),
    Who.RISK_OFFICER: _("risk officer"),
    Who.OPERATIONS_MANAGER: _("operations manager"),
    Who.AUDITOR: _("auditor"),
    Who.ADMINISTRATOR: _("administrator"),
    Who.SYSTEM: _("automatic"),
}


class Audience(StrEnum):
    """Who may read a requirement. Watch-list, fraud and risk findings are never for everyone (tipping-off)."""

    EVERYONE = "everyone"
    STAFF = "staff"
    REVIEWERS = "reviewers"
    RISK = "risk"


@dataclasses.dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is still missing: who must do what, where, until when, and what happens otherwise."""

    code: str
    who: Who
    sentence: Any  # a lazy sentence that says what to do
    page: str = ""  # URL name of the page where it is done; it takes the case's ref
    field: str = ""  # the field or document kind on that page
    due: datetime.datetime | None = None
    consequence: Any = ""
    audience: Audience = Audience.EVERYONE


Asked = TypeVar("Asked")


def once(known: dict[Any, Any] | None, key: Any, ask: Callable[[], Asked]) -> Asked:
    """What `ask` answers; where `known` is kept, it is asked only the first time."""
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return cast(Asked, known[key])


@dataclasses.dataclass(frozen=True, slots=True)
class CaseFacts:
    """What every rule may know of the case itself, without a further query."""

    id: int
    ref: str
    state: str
    merchant_id: int
    merchant_type: str
    risk_tier: str
    channel: str
    round: int
    known: dict[Any, Any] | None = dataclasses.field(default=None, compare=False, repr=False)  # as Case.known

    def once(self, key: Any, ask: Callable[[], Asked]) -> Asked:
        """As Case.once: what the facts and the page around them both need is read once."""
        return once(self.known, key, ask)


Part = TypeVar("Part")
Rule = Callable[["Facts"], Iterable[Requirement]]
Gatherer = Callable[[CaseFacts], Any]
Consequence = Callable[[CaseFacts, Mapping[str, Any]], None]

_rules: dict[str, list[Rule]] = defaultdict(list)
_gatherers: dict[type, Gatherer] = {}
_consequences: dict[str, list[Consequence]] = defaultdict(list)


class Facts:
    """A snapshot for the rules of one verb. Parts are gathered once, on first use, by the app that owns them."""

    def __init__(self, case: CaseFacts, parts: Mapping[type, Any] | None = None) -> None:
        self.case = case
        self._parts: dict[type, Any] = dict(parts or {})

    def of(self, part: type[Part]) -> Part:
        """The facts of one subject, e.g. `facts.of(IdentityFacts).documents`. Raises KeyError if nobody gathers it."""
        if part not in self._parts:
            self._parts[part] = _gatherers[part](self.case)
        return cast(Part, self._parts[part])


def rule(*verbs: str) -> Callable[[Rule], Rule]:
    """Enrol a rule for these verbs."""

    def enrol(function: Rule) -> Rule:
        for verb in verbs:
            _rules[verb].append(function)
        return function

    return enrol


def gathers(part: type[Part]) -> Callable[[Callable[[CaseFacts], Part]], Callable[[CaseFacts], Part]]:
    """Enrol the function that reads `part` from the database, in as few queries as it can."""

    def enrol(function: Callable[[CaseFacts], Part]) -> Callable[[CaseFacts], Part]:
        _gatherers[part] = function
        return function

    return enrol


def follows(*verbs: str) -> Callable[[Consequence], Consequence]:
    """Enrol what another app does inside the same transaction when the case moves by one of these verbs."""

    def enrol(function: Consequence) -> Consequence:
        for verb in verbs:
            _consequences[verb].append(function)
        return function

    return enrol


def requirements(verb: str, facts: Facts) -> list[Requirement]:
    """Everything that is still missing before `verb` may be fired; empty means go."""
    return [missing for one in _rules[verb] for missing in one(facts)]


def consequences(verb: str) -> list[Consequence]:
    return _consequences[verb]


def readable(missing: Iterable[Requirement], *audiences: Audience) -> list[Requirement]:
    """Those that a reader of these audiences may see; everyone's are always among them."""
    allowed = {Audience.EVERYONE, *audiences}
    return [requirement for requirement in missing if requirement.audience in allowed]

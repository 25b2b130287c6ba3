"""A possible match in words: who, like whom, in what, how much that says, and what was said of it so far."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.flow import VERBS
from onboarding.formats import identity_document
from onboarding.formats.likeness import SAME_NUMBER, Likeness, Way, compare
from onboarding.models import Person, User, WatchHit
from onboarding.screening.watch_words import REASONS, STRENGTHS, TONES, explain, marked
from onboarding.screening.watching import COMPANY
from onboarding.services import barred
from onboarding.services.watching import hit_barred
from portal import by_key

PER_PAGE = 30
Verdict = WatchHit.Verdict
VERDICT_TONES = {Verdict.OPEN: "turn", Verdict.CLEARED: "ok", Verdict.CONFIRMED: "bad"}
NO_LONGER = _("(no longer named)")
ENDS = 4  # characters of a number that are shown at each end


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A hit as its readers see it."""

    hit: WatchHit
    who: Any  # the business, or in which role
    name: Any
    listed: str
    likeness: Likeness | None
    sentence: str

    @property
    def strength(self) -> Any:
        return STRENGTHS[self.hit.strength]

    @property
    def tone(self) -> str:
        return TONES[self.hit.strength]

    @property
    def verdict_tone(self) -> str:
        return VERDICT_TONES[Verdict(self.hit.verdict)]

    @property
    def reason(self) -> Any:
        return REASONS.get(self.hit.entry.reason, self.hit.entry.reason)

    @property
    def late(self) -> bool:
        return self.hit.verdict == Verdict.OPEN and self.hit.due_at < timezone.now()


def line(hit: WatchHit) -> Line:
    """In words; the names are compared as they are now. No query for a hit of `rows`."""
    name, names = _name(hit), hit.entry.names
    listed = names[hit.alias] if hit.alias < len(names) else hit.entry.name
    likeness = SAME_NUMBER if hit.way == Way.NUMBER else compare(str(name), listed, hit.entry.kind)
    who = _("The business") if hit.subject == COMPANY else dict(Person.Role.choices).get(hit.role, hit.role)
    return Line(hit, who, name, listed, likeness, explain(str(name), listed, likeness))


def _name(hit: WatchHit) -> Any:
    if hit.subject == COMPANY:
        return hit.merchant.name
    return hit.person.name if hit.person else NO_LONGER


def rows(user: User) -> QuerySet[WatchHit]:
    return WatchHit.objects.visible_to(user).select_related("merchant", "person", "entry__watchlist", "case")


def queue(user: User, wanted: dict[str, Any], asked: Mapping[str, Any]) -> by_key.Page:
    """The page that was asked for; what is due first stands first."""
    found = _chosen(rows(user), wanted["show"])
    if wanted["q"]:
        found = found.filter(case__ref=wanted["q"].strip().upper())
    return by_key.page(found, [by_key.PROMISED], asked, PER_PAGE)


def _chosen(found: QuerySet[WatchHit], show: str) -> QuerySet[WatchHit]:
    if show in (Verdict.CLEARED, Verdict.CONFIRMED):
        return found.filter(verdict=show)
    waiting = found.filter(verdict=Verdict.OPEN)
    return waiting.filter(due_at__lt=timezone.now()) if show == "late" else waiting


# One hit ---------------------------------------------------------------------------------------------------------


def page(hit: WatchHit, user: User) -> dict[str, Any]:
    """Context of the page of a hit, without its form."""
    shown = line(hit)
    return {
        "line": shown,
        "hit": hit,
        "case": hit.case,
        "ours": marked(str(shown.name), shown.likeness),
        "pairs": list(_pairs(shown)),
        "verdicts": list(hit.verdicts.select_related("by").order_by("-pk")[:50]),
        "suspend_url": _suspend_url(hit, user),
        "newer": hit.entry.watchlist.status == "superseded",
        "cannot": None if offered(hit, user) else hit_barred(hit, _usual(hit), user),
    }


def _pairs(shown: Line) -> Any:
    """(label, ours, listed): what the two may be compared by. Numbers are masked."""
    hit, entry = shown.hit, shown.hit.entry
    yield (
        _("Identity number or credit code"),
        _number(hit),
        "、".join(hidden(one.value) for one in entry.identifiers.all()),
    )
    yield _("Other names"), hit.merchant.short_name if hit.subject == COMPANY else "", "、".join(entry.aliases)
    yield _("Address"), hit.merchant.registered_address if hit.subject == COMPANY else _address(hit), ""


def _number(hit: WatchHit) -> str:
    if hit.subject == COMPANY:
        return hit.merchant.uscc
    return identity_document.mask(hit.person.id_number, kind=hit.person.id_type) if hit.person else ""


def _address(hit: WatchHit) -> str:
    return hit.person.address if hit.person else ""


def hidden(number: str) -> str:
    """The ends of a listed number, enough to see that it is another one."""
    return f"{number[:ENDS]}…{number[-ENDS:]}" if len(number) > 10 else f"{number[:2]}…"


def offered(hit: WatchHit, user: User) -> list[str]:
    """The verdicts that this reader may give now."""
    others = [one for one in (Verdict.CLEARED, Verdict.CONFIRMED, Verdict.OPEN) if one != hit.verdict]
    return [one for one in others if hit_barred(hit, one, user) is None]


def _usual(hit: WatchHit) -> str:
    return Verdict.CLEARED if hit.verdict == Verdict.OPEN else Verdict.OPEN


def _suspend_url(hit: WatchHit, user: User) -> str:
    """Where a confirmed case is stopped, for those who may."""
    verb = VERBS["suspend"]
    may = hit.verdict == Verdict.CONFIRMED and hit.case.state in verb.sources and barred(hit.case, verb, user) is None
    return reverse("suspend", args=[hit.case.ref]) if may else ""

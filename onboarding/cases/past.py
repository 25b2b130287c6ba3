"""The timeline of a case, newest first, as one reader may see it."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onboarding.cases import words
from onboarding.flow import REVIEWS
from onboarding.models import Case, Entry, User, unsealed
from onboarding.rules import Who
from onboarding.services import blind
from onboarding.services.opinions import authors

PER_PAGE = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """One line of templates/includes/timeline.html."""

    at: datetime
    who: Any
    title: Any
    sentence: str = ""
    css: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Past:
    """One page of the timeline; `older` is the number to ask the next page with, None on the last."""

    events: list[Event]
    older: int | None


def page(case: Case, user: User, before: int | None = None) -> Past:
    """At most PER_PAGE entries below number `before`. One query, for staff a second one that opens the notes."""
    entries = Entry.objects.filter(case=case).select_related("actor").order_by("-seq")
    if not user.works_here:
        entries = entries.readable_by_merchant()
    if before:
        entries = entries.filter(seq__lt=before)
    found = list(entries[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    notes = unsealed(shown) if user.works_here else {}
    tell = _staff if user.works_here else _merchant
    hidden = set(authors(case)) if user.works_here and blind(case, user) else set()
    unseen = {entry.seq for entry in shown if entry.actor_id in hidden and _tells_opinion(entry)}
    events = [_unseen(one) if one.seq in unseen else tell(one, user, notes.get(one.seq, "")) for one in shown]
    return Past(events, shown[-1].seq if len(found) > PER_PAGE else None)


def _merchant(entry: Entry, user: User, _note: str) -> Event:
    return Event(entry.at, _who(entry, user), words.for_merchant(entry.verb), css=_css(entry))


def _staff(entry: Entry, _user: User, note: str) -> Event:
    role = next((who.label for who in Who if who == entry.role), entry.role)
    who = f"{entry.actor} ({role})" if entry.actor else role
    return Event(entry.at, who, words.for_staff(entry.verb), sentence=note, css=_css(entry))


def _tells_opinion(entry: Entry) -> bool:
    """Whether it was done under review, where every act of the first reviewer may show what they think."""
    return entry.source in REVIEWS


def _unseen(entry: Entry) -> Event:
    """Something of the first reviewer, before the second has given their opinion: neither who, nor what, nor why."""
    return Event(entry.at, _("A colleague"), _("Looked at the case"))


def _who(entry: Entry, user: User) -> Any:
    """You, a colleague of yours by name, or us: never which of us, and never whether a machine decided."""
    if entry.actor_id == user.pk:
        return pgettext_lazy("who did it", "You")
    return entry.actor if entry.role == Who.MERCHANT and entry.actor else _("Kaitong")


def _css(entry: Entry) -> str:
    return "bad" if entry.verb in words.BAD else ""

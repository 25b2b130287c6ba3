"""The chapters in their order: each has one page, one idea, and a next one."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclasses.dataclass(frozen=True, slots=True)
class Chapter:
    """`name` is the URL name; `short` stands on the line above every page; `minutes` is the time to read it."""

    name: str
    short: Any
    title: Any
    idea: Any
    icon: str
    minutes: int


CHAPTERS = (
    Chapter("guide_terminal", _("The terminal"), _("What a terminal does, and which one you need"),
            _("Four kinds, drawn, and where each one fits"), "pos", 3),
    Chapter("guide_prepare", _("Your papers"), _("What to prepare"),
            _("Three questions, then your own list: to tick, to print, to take along"), "doc", 3),
    Chapter("guide_steps", _("Eight steps"), _("How it goes, and how long each step takes"),
            _("Who does what, until when, and what happens if we are late"), "flag", 3),
    Chapter("guide_compare", _("Prices"), _("How to compare institutions"),
            _("What a rate is made of, and one month of a real shop, worked out"), "bank", 4),
    Chapter("guide_beware", _("Traps"), _("What to beware of"),
            _("Six tricks, how they begin, and what to answer"), "alert", 3),
    Chapter("guide_agent", _("Agents"), _("Is this agent genuine?"),
            _("Enter the filing number: we tell you at once"), "search", 1),
    Chapter("guide_duties", _("The rules"), _("What you promise, and what you may expect"),
            _("One terminal, one shop, one merchant number; and your customers’ data"), "pen", 3),
    Chapter("guide_care", _("Care"), _("Care and security of the terminal"),
            _("One minute every morning, and what to do when something is wrong"), "tool", 3),
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is: the chapters before it are travelled, and there may be one before and one after."""

    chapter: Chapter
    number: int
    before: Chapter | None
    after: Chapter | None


def place(name: str) -> Place:
    """KeyError for a name that is no chapter."""
    names = [one.name for one in CHAPTERS]
    if name not in names:
        raise KeyError(name)
    at = names.index(name)
    before = CHAPTERS[at - 1] if at else None
    return Place(CHAPTERS[at], at + 1, before, CHAPTERS[at + 1] if at + 1 < len(CHAPTERS) else None)

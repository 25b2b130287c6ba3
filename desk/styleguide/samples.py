"""Made-up values for each part of the style guide, in every state that the part knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.flow import STEPS
from onboarding.flow.status import DONE, MAY_BEGIN, NOT_STARTED, OUR_TURN, RETURNED, STATUSES, YOUR_TURN
from onboarding.pages import RailStep

ICONS = [
    "check",
    "x",
    "arrow",
    "back",
    "clock",
    "alert",
    "info",
    "return",
    "camera",
    "upload",
    "download",
    "doc",
    "id",
    "shop",
    "bank",
    "phone",
    "pin",
    "nav",
    "scan",
    "offline",
    "pen",
    "bell",
    "user",
    "help",
    "home",
    "search",
    "lock",
    "chart",
    "card",
    "pos",
    "truck",
    "tool",
    "book",
    "flag",
    "refresh",
    "zoom",
    "rotate",
    "chevron",
    "life",
    "dots",
]
COLOURS = (
    ("", _("Neutral")),
    ("ok", _("Done well")),
    ("warn", _("Look at this")),
    ("bad", _("Went wrong")),
    ("us", _("From us")),
)


def everything() -> dict[str, Any]:
    return {
        "rails": [rail(YOUR_TURN, "is-now"), rail(OUR_TURN, "is-now is-wait")],
        "tasks": tasks(),
        "needs": needs(),
        "events": events(),
        "tiles": tiles(),
        "statuses": STATUSES,
        "answers": answers(),
        "rows": compared(),
        "amounts": (19_900, 12_864_050, -500, 0),
        "notes": COLOURS,
        "icons": ICONS,
    }


def rail(now: Any, css: str) -> list[RailStep]:
    """The fourth step is the present one."""
    names = [name for name, _states in STEPS]
    done = [RailStep(name, DONE.word, "is-done") for name in names[:3]]
    later = [RailStep(name, NOT_STARTED.word, "is-todo") for name in names[4:]]
    return [*done, RailStep(names[3], now.word, css), *later]


def tasks() -> list[dict[str, Any]]:
    """One line for each status."""
    lines = [
        (YOUR_TURN, _("Upload the business licence."), "doc", "#tasks"),
        (RETURNED, _("Photograph the licence again: the lower edge is cut off."), "id", "#tasks"),
        (OUR_TURN, _("We are checking your papers"), "clock", ""),
        (MAY_BEGIN, _("Training"), "book", "#tasks"),
        (DONE, _("Registration"), "user", "#tasks"),
        (NOT_STARTED, _("Installation"), "tool", ""),
    ]
    return [{"title": title, "icon": icon, "url": url, **status.tag} for status, title, icon, url in lines]


def needs() -> list[dict[str, Any]]:
    """The merchant's turn, ours, returned, and one with nothing promised."""
    due = timezone.now() + timedelta(days=2, hours=1)
    otherwise = _("Your opening date moves. What you entered is kept for 90 days.")
    return [
        {"id": "need1", "title": _("Identity papers"), "tasks": tasks()[:1], "url": "#needs", "due": due,
         "otherwise": otherwise},
        {"id": "need2", "kind": "us", "title": _("We are checking your papers"), "due": due,
         "sentence": _("There is nothing for you to do now."),
         "otherwise": _("A manager takes over and you get a new date.")},
        {"id": "need3", "kind": "bad", "title": _("Identity papers returned: something has to be mended"),
         "tasks": tasks()[1:2], "url": "#needs", "due": due, "otherwise": otherwise, "split": True},
        {"id": "need4", "kind": "us", "title": _("Everything is running"), "split": True,
         "sentence": _("Questions, repairs, changes: ask us whenever you need help.")},
    ]  # fmt: skip


def events() -> list[dict[str, Any]]:
    """A promise, something that went wrong, and two plain ones, newest first."""
    now = timezone.now()
    return [
        {"title": _("We are checking your papers"), "css": "next", "at": now + timedelta(days=2)},
        {"title": _("Identity papers returned: something has to be mended"), "css": "bad", "at": now,
         "who": _("Kaitong"), "sentence": _("Photograph the licence again: the lower edge is cut off.")},
        {"title": _("Identity papers handed in"), "at": now - timedelta(hours=3), "who": _("Kaitong")},
        {"title": _("Application opened"), "at": now - timedelta(days=1), "who": _("Kaitong")},
    ]  # fmt: skip


def tiles() -> list[dict[str, Any]]:
    """Nothing there, on its way, good, and returned."""
    label = _("Business licence")
    return [
        {"state": "empty", "label": label, "url": "#tiles", **YOUR_TURN.tag},
        {"state": "busy", "label": label, "name": "licence.jpg", "done": 64, "sentence": _("One moment…")},
        {"state": "good", "label": label, "name": "licence.jpg", "sentence": _("Received"), "url": "#tiles",
         **DONE.tag},
        {"state": "bad", "label": label, "name": "licence.jpg", "url": "#tiles", **RETURNED.tag,
         "sentence": _("Photograph the licence again: the lower edge is cut off."),
         "remedy": _("Lay it flat, stand above it, and keep all four corners in the picture.")},
    ]  # fmt: skip


def answers() -> list[dict[str, Any]]:
    return [
        {"label": _("Name of the shop"), "value": "小满面馆", "url": "#answers"},
        {"label": _("Settlement account"), "value": "**** 0008", "note": "102100099996", "url": "#answers"},
        {"label": _("Note"), "value": ""},
    ]


def compared() -> list[dict[str, Any]]:
    return [
        {"label": _("Name of the shop"), "before": "小满面馆", "after": "小满面馆", "differs": False},
        {"label": _("Address"), "before": "样例路 18 号", "after": "样例路 81 号", "differs": True},
        {"label": _("Note"), "before": "", "after": "", "differs": False},
    ]

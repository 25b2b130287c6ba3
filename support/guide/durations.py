"""The eight steps with their times: the reader's own from the public map, ours from the table of promises."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onboarding.flow import TURN, State
from onboarding.flow.states import STEPS
from onboarding.flowchart.front import Stop, stops
from onboarding.models import Promise
from onboarding.rules import Who
from onboarding.words import pick

HOURS_A_DAY = {"working": 8, "calendar": 24}
TOLD = (State.IDENTITY_REVIEW, State.APPLICATION_REVIEW, State.DELIVERY, State.INSTALLATION, State.ACCEPTANCE)
ASKED = ("P1", "P3")  # tickets: cannot take payments; a question
WHAT: tuple[tuple[Any, Any], ...] = (  # what happens at each step, and what the reader does there
    (gettext_lazy("You tell us your mobile number and what kind of business you run."),
     gettext_lazy("Have the phone in your hand: a code comes to it.")),
    (gettext_lazy("You photograph licence and identity card. A person compares them, character by character."),
     gettext_lazy("If a picture is unclear, we send back that one picture. Everything else stays.")),
    (gettext_lazy("Your shop, your trade, the account for the money, and the price list you choose."),
     gettext_lazy("We send a few fen to the account to prove that it is yours. Then you sign with a code.")),
    (gettext_lazy("Now you see models with their prices, choose, and pay. Not before."),
     gettext_lazy("The terminal comes sealed. Do not accept a parcel whose seal is broken.")),
    (gettext_lazy("A technician comes to the shop, checks that it is the place you named, and sets the terminal up."),
     gettext_lazy("Be there yourself, with your identity card. You sign at the end.")),
    (gettext_lazy("Everybody who takes payments reads one lesson and answers a few questions, on any phone."),
     gettext_lazy("No account needed: you pass on a link.")),
    (gettext_lazy("One small payment of every kind, refunded afterwards. When all are green, you are live."),
     gettext_lazy("Look at the receipt: your shop’s name must stand on it.")),
    (gettext_lazy("Questions, repairs, paper, a new account, another shop: one place, one number."),
     gettext_lazy("Tell us before you move the terminal or the shop.")),
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One promise in words: usually until `usual`, at most until `most` ("" when it is the same)."""

    name: str
    usual: str
    most: str
    then: Any  # who takes over when it is late


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """A step as the guide tells it."""

    stop: Stop
    what: Any
    tip: Any
    lines: tuple[Line, ...]


def stages() -> list[Stage]:
    """All eight. One query."""
    rows = list(Promise.objects.filter(kind__in=("state", "ticket")))
    return [
        Stage(stop, *WHAT[stop.number - 1], tuple(_lines(rows, stop.number, states)))
        for stop, (_name, states) in zip(stops(), STEPS, strict=True)
    ]


def _lines(rows: list[Promise], number: int, states: tuple[State, ...]) -> Iterable[Line]:
    subjects = [*(state.value for state in states if state in TOLD), *(ASKED if number == len(STEPS) else ())]
    for subject in subjects:
        mine = sorted((row for row in rows if row.subject == subject), key=lambda row: row.target_hours)
        if mine:
            yield _line(mine)


def _line(rows: list[Promise]) -> Line:
    usual, most = rows[0], rows[-1]
    longest = length(most.target_hours, most.clock) if most.target_hours > usual.target_hours else ""
    over = Who(usual.escalate_to).label if usual.escalate_to in list(Who) else ""
    return Line(pick(usual, "name"), length(usual.target_hours, usual.clock), longest, over)


def length(hours: int, clock: str) -> str:
    """Hours of a clock as people say it: 16 working hours are two working days."""
    days, rest = divmod(hours, HOURS_A_DAY[clock])
    if clock == "working":
        if rest:
            return ngettext("%(n)s working hour", "%(n)s working hours", hours) % {"n": hours}
        return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}
    if rest:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def waiting() -> list[tuple[str, str]]:
    """What we remind the merchant of: (what, after how long). One query."""
    mine = [state.value for state, who in ((State(one), TURN[one]) for one in TURN) if who is Who.MERCHANT]
    rows = {row.subject: row for row in Promise.objects.filter(kind="state", subject__in=mine)}
    return [(str(State(one).label), length(rows[one].warn_at_hours, rows[one].clock)) for one in mine if one in rows]


def total() -> str:
    """The reader's own time in all, as the front page says it."""
    return _("About 50 minutes in all")

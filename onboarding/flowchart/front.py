"""The public map: eight stops, who acts, how long it takes, and where papers may come back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onboarding.flow import STEPS, TURN
from onboarding.flowchart import svg
from onboarding.rules import Who

# What a merchant may expect of each step: the own time, and ours. Policy, not law; the promise of a case is exact.
EXPECT: tuple[tuple[Any, Any], ...] = (
    (gettext_lazy("you: 3 minutes"), ""),
    (gettext_lazy("you: 10 minutes"), gettext_lazy("we: 1 working day")),
    (gettext_lazy("you: 12 minutes"), gettext_lazy("we: 2 working days")),
    (gettext_lazy("you: 5 minutes"), gettext_lazy("there in 3 working days")),
    (gettext_lazy("you are in the shop"), gettext_lazy("technician: 1 hour")),
    (gettext_lazy("your staff: 20 minutes"), gettext_lazy("on a phone")),
    (gettext_lazy("we switch it on"), gettext_lazy("the same day")),
    (gettext_lazy("ask us any time"), gettext_lazy("answer in 2 hours")),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Stop:
    """One step as drawn: `turn` is "you", "we" or "both", read off the machine; `loop` when papers may come back."""

    number: int
    name: Any
    turn: str
    loop: bool
    yours: Any
    ours: Any


def stops() -> list[Stop]:
    return [_stop(number, name, states) for number, (name, states) in enumerate(STEPS, 1)]


def _stop(number: int, name: Any, states: tuple[Any, ...]) -> Stop:
    mine = {TURN[state] is Who.MERCHANT for state in states}
    turn = "both" if len(mine) == 2 else "you" if mine == {True} else "we"
    return Stop(number, name, turn, any(state.value.endswith("_returned") for state in states), *EXPECT[number - 1])


def front_map() -> SafeString:
    """Both drawings, in the active language; the style sheet shows the one that fits the screen."""
    title = _("The way in eight steps")
    return mark_safe(  # every word went through escape()
        svg.drawing("wide", 1180, 216, title, _described(), _wide())
        + svg.drawing("tall", 400, 640, title, _described(), _tall())
    )


def _described() -> str:
    told = "; ".join(f"{stop.number}. {stop.name}: {_both(stop)}" for stop in stops())
    return (
        _("A line with eight stops.")
        + " "
        + told
        + ". "
        + _("A dashed loop: papers may come back, only the marked items are done again.")
    )


def _both(stop: Stop) -> str:
    return " · ".join(str(words) for words in (stop.yours, stop.ours) if words)


def _mark(stop: Stop, x: float, y: float) -> str:
    if stop.turn == "you":
        return svg.stop(x, y) + f'<circle class="you" cx="{x:g}" cy="{y:g}" r="13"/>'
    return svg.stop(x, y) + (svg.half(x, y) if stop.turn == "both" else "")


def _wide() -> Iterator[str]:
    yield svg.line("M74 84H1103", "track")
    for stop in stops():
        x, low = 74 + 147 * (stop.number - 1), 60 if stop.loop else 0
        if stop.loop:
            yield svg.line(f"M{x + 9} 99C{x + 66} 180 {x - 66} 180 {x - 9} 99", "loop")
            yield svg.text(x, 142, _("mend"), css="t2")
        yield svg.text(x, 36, stop.name, size=17, weight=700)
        yield svg.text(x, 58, _("Step %(number)s") % {"number": stop.number}, css="t2")
        yield _mark(stop, x, 84)
        yield svg.text(x, 126 + low, stop.yours, size=14)
        yield svg.text(x, 148 + low, stop.ours, css="t2")


def _tall() -> Iterator[str]:
    yield svg.line("M62 28V602", "track")
    for stop in stops():
        y = 28 + 82 * (stop.number - 1)
        if stop.loop:
            yield svg.line(f"M48 {y + 9}C-8 {y + 36} -8 {y - 36} 48 {y - 9}", "loop")
        yield _mark(stop, 62, y)
        yield svg.text(96, y - 2, f"{stop.number}  {stop.name}", size=18, anchor="start", weight=700)
        yield svg.text(96, y + 22, _both(stop), size=14.5, anchor="start", css="t2")

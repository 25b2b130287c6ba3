"""The map of one case: the path walked, the present state lit, the stops inside the present step.

A merchant is shown `public_state`: machine checks, review and second review are one stop.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from onboarding.flow import ENDS, STEPS, TURN, State, public_label, public_state, status
from onboarding.flowchart import svg
from onboarding.models import Case, Entry
from onboarding.rules import Who
from portal import words


@dataclasses.dataclass(frozen=True, slots=True)
class Inner:
    """A stop inside the present step; `at` is when it was last entered."""

    label: Any
    states: tuple[str, ...]
    at: datetime | None
    now: bool


def walked(case: Case) -> dict[str, datetime]:
    """state -> when the case last entered it; one query."""
    moves = Entry.objects.filter(case=case).exclude(verb__startswith="fact:").order_by("seq")
    return dict(moves.values_list("target", "at"))


def case_map(case: Case, *, staff: bool = False) -> SafeString:
    """Both drawings, in the active language. An ended case shows how far it came."""
    past = walked(case)
    present = case.suspended_from or case.state
    step = case.step or _furthest(past)
    inner = list(_inner(step, present, past, staff=staff))
    looped = present.endswith("_returned")
    title, described = _("The way of this case"), _described(case, step)
    return mark_safe(  # every word went through escape()
        svg.drawing("wide", 1130, _height(inner, looped), title, described, _wide(case, step, inner, looped))
        + svg.drawing("tall", 326, _tall_height(inner), title, described, _tall(case, step, inner, looped))
    )


def _height(inner: list[Inner], looped: bool) -> int:
    return 130 if not inner else 300 if looped else 246


def _extra(inner: list[Inner]) -> int:
    """How much room the stops inside a step take in the tall drawing."""
    return 54 * len(inner) + (20 if inner else 0)


def _tall_height(inner: list[Inner]) -> int:
    return 26 + 66 * (len(STEPS) - 1) + _extra(inner) + 30


def _furthest(past: dict[str, datetime]) -> int:
    return max((number for number, (_name, states) in enumerate(STEPS, 1) if past.keys() & set(states)), default=1)


def _inner(step: int, present: str, past: dict[str, datetime], *, staff: bool) -> Iterator[Inner]:
    states = [state.value for state in STEPS[step - 1][1] if not state.value.endswith("_returned")]
    groups: dict[str, list[str]] = {}
    for state in states:
        groups.setdefault(state if staff else public_state(state), []).append(state)
    if len(groups) < 2:
        return
    for members in groups.values():
        times = [past[state] for state in members if state in past]
        label = State(members[0]).label if staff else public_label(members[0])
        yield Inner(label, tuple(members), max(times, default=None), present in members)
    if present in ENDS:
        yield Inner(State(present).label if staff else public_label(present), (), past.get(present), now=False)
    elif len(STEPS) > step and states[-1].endswith("_review"):  # the step ends by a decision: show where it leads
        yield Inner(_("Passed"), (), None, now=False)


def _described(case: Case, step: int) -> str:
    now = (
        _("The case has ended.")
        if case.has_ended
        else _("Now at step %(number)s of 8, %(name)s: %(state)s.")
        % {
            "number": step,
            "name": STEPS[step - 1][0],
            "state": case.public_label,
        }
    )
    return now


def _word(case: Case, number: int, step: int) -> str:
    if number < step or case.state == State.LIVE:
        return str(status.DONE.word)
    if number > step:
        return str(status.NOT_STARTED.word)
    if case.has_ended or case.state in (State.SUSPENDED, State.CLOSING):
        return str(case.public_label)
    return str((status.YOUR_TURN if TURN[case.state] is Who.MERCHANT else status.OUR_TURN).word)


def _outer(case: Case, number: int, step: int, x: float, y: float) -> str:
    if number < step or case.state == State.LIVE:
        return svg.stop(x, y, css="on") + svg.tick(x, y)
    if number > step or case.has_ended:
        return svg.stop(x, y) + svg.text(x, y + 5, number, size=14, css="t2", weight=700)
    wait, ink = _waits(case), "" if _waits(case) else "on-now"
    here = svg.halo(x, y, 21, css=wait) + svg.stop(x, y, css=f"now {wait}".strip())
    return here + svg.text(x, y + 5, number, size=14, css=ink, weight=700)


def _waits(case: Case) -> str:
    """The class of the present stop: amber is the merchant's turn and nothing else."""
    return "" if TURN[case.state] is Who.MERCHANT else "wait"


def _wide(case: Case, step: int, inner: list[Inner], looped: bool) -> Iterator[str]:
    xs = [70 + 141 * number for number in range(8)]
    yield svg.line(f"M70 76H{xs[-1]}", "track")
    yield svg.line(f"M70 76H{xs[step - 1]}", "track lit")
    for number, (name, _states) in enumerate(STEPS, 1):
        x, here = xs[number - 1], number == step
        yield svg.text(x, 42, name, size=16, css="" if number <= step else "t2", weight=700 if number <= step else 500)
        yield _outer(case, number, step, x, 76)
        if not (here and inner):
            yield svg.text(x, 114, _word(case, number, step), css="t2")
    if inner:
        yield from _panel(case, xs[step - 1], inner, looped)


def _panel(case: Case, x: float, inner: list[Inner], looped: bool) -> Iterator[str]:
    """The stops of the present step, in a sheet that hangs from its stop."""
    yield f'<path class="d" d="M{x - 12} 108h24l14 20h-52z" opacity=".42"/>'
    yield f'<rect class="d" x="40" y="128" width="1050" height="{_height(inner, looped) - 138}" rx="16" opacity=".42"/>'
    gap = 800 / max(len(inner) - 1, 1)
    xs = [165 + gap * number for number in range(len(inner))]
    reached = max((number for number, one in enumerate(inner) if one.at or one.now), default=0)
    yield svg.line(f"M{xs[0]:g} 186H{xs[-1]:g}", "track")
    yield svg.line(f"M{xs[0]:g} 186H{xs[reached]:g}", "track lit")
    for place, one in zip(xs, inner, strict=True):
        yield svg.stop(place, 186, r=9, css=_inner_css(case, one, looped))
        yield svg.text(place, 166, one.label, size=14, weight=600)
        yield svg.text(place, 218, _date(one.at), css="t2")
    if looped:
        back = xs[min(1, len(xs) - 1)]
        yield svg.line(f"M{back:g} 228C{back - 30:g} 272 {xs[0] + 30:g} 272 {xs[0]:g} 228", "loop lit")
        yield svg.pill((xs[0] + back) / 2, 262, str(status.RETURNED_YOURS.word))


def _inner_css(case: Case, one: Inner, looped: bool) -> str:
    return f"now {_waits(case)}".strip() if one.now and not looped else "on" if one.at else ""


def _date(at: datetime | None) -> str:
    return f"{words.day(at)} {words.hour(at)}" if at else ""


def _tall(case: Case, step: int, inner: list[Inner], looped: bool) -> Iterator[str]:
    ys = [26 + 66 * number + (_extra(inner) if number >= step else 0) for number in range(len(STEPS))]
    yield svg.line(f"M24 26V{ys[-1]}", "track")
    yield svg.line(f"M24 26V{ys[step - 1]}", "track lit")
    for number, (name, _states) in enumerate(STEPS, 1):
        y = ys[number - 1]
        yield _outer(case, number, step, 24, y)
        yield svg.text(
            56,
            y + 6,
            name,
            size=17,
            anchor="start",
            css="" if number <= step else "t2",
            weight=700 if number <= step else 500,
        )
        yield svg.text(322, y + 6, _word(case, number, step), size=14, anchor="end", css="t2")
    if inner:
        yield from _tall_panel(case, ys[step - 1] + 34, inner, looped)


def _tall_panel(case: Case, top: float, inner: list[Inner], looped: bool) -> Iterator[str]:
    yield f'<rect class="d" x="54" y="{top - 6:g}" width="270" height="{54 * len(inner) + 8:g}" rx="14" opacity=".42"/>'
    ys = [top + 24 + 54 * number for number in range(len(inner))]
    yield svg.line(f"M78 {ys[0]:g}V{ys[-1]:g}", "track")
    for y, one in zip(ys, inner, strict=True):
        yield svg.stop(78, y, r=8, css=_inner_css(case, one, looped))
        yield svg.text(98, y - 2, one.label, size=14, anchor="start", weight=600)
        returned = looped and one is inner[0]
        yield svg.text(
            98, y + 17, str(status.RETURNED_YOURS.word) if returned else _date(one.at), anchor="start", css="t2"
        )

"""The whole machine for docs/flowchart.svg: every state, every verb. A file of its own, so it brings its colours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import override

from onboarding.flow import STEPS, TURN, VERBS, State, Verb
from onboarding.flowchart import svg
from onboarding.rules import Who

STYLE = """<style>
text{font-family:"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif;fill:#14211f}
.t2{fill:#45524f}.track{stroke:#00626b;stroke-width:6;stroke-linecap:round;fill:none}
.loop{stroke:#ad241c;stroke-width:2.5;stroke-dasharray:5 5;fill:none}.stop{fill:#fff;stroke:#00626b;stroke-width:3.5}
.you{fill:#f5a63d;stroke:#8a4300;stroke-width:2}.band{fill:#f3f1ea}
</style>"""
WIDTH, SIDE, BAND, COLUMNS = 1340, 16, 18, 6
Cell = tuple[str, State]  # the step's name at its first state, and the state


def whole_map(language: str) -> str:
    """The machine as a stand-alone SVG document in "zh-hans" or "en"; the same text for the same machine."""
    with override(language):
        marks: list[str] = []
        y = 66.0
        for cells in _rows():
            height = 124 + 31 * max(len(_leaving(state)) for _name, state in cells)
            marks += _row(cells, y, height)
            y += height + BAND
        head = svg.text(SIDE, 36, _("Kaitong: the way from registration to live"), size=22, anchor="start", weight=700)
        key = svg.text(
            WIDTH - SIDE, 36, _("amber: the merchant's turn · dashed: papers come back"), anchor="end", css="t2"
        )
        ground = f'<rect width="{WIDTH}" height="{y:g}" fill="#fbfaf6"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y:g}" width="{WIDTH}" height="{y:g}">'
            f"{STYLE}{ground}{head}{key}" + "\n".join(marks) + "</svg>\n"
        )


def _rows() -> Iterator[list[Cell]]:
    """Whole steps side by side, six states to a row at the most; what lies aside comes last."""
    row: list[Cell] = []
    for number, (name, states) in enumerate(STEPS, 1):
        if len(row) + len(states) > COLUMNS:
            yield row
            row = []
        row += [(f"{number} {name}" if state is states[0] else "", state) for state in states]
    yield row
    inside = {state for _name, states in STEPS for state in states}
    aside = [state for state in State if state not in inside]
    yield [(_("Aside and ends") if state is aside[0] else "", state) for state in aside]


def _row(cells: list[Cell], y: float, height: float) -> Iterator[str]:
    gap = (WIDTH - 2 * SIDE) / COLUMNS
    xs = [SIDE + gap * (number + 0.5) for number in range(len(cells))]
    yield f'<rect class="band" x="{SIDE}" y="{y:g}" width="{WIDTH - 2 * SIDE}" height="{height:g}" rx="14"/>'
    for (a, (_one, left)), (b, (_two, right)) in pairwise(zip(xs, cells, strict=True)):
        if css := _between(left, right):
            yield svg.line(f"M{a:g} {y + 62:g}H{b:g}", css)
    for x, (name, state) in zip(xs, cells, strict=True):
        yield svg.text(x - gap / 2 + 14, y + 30, name, size=17, anchor="start", weight=700)
        yield from _state(state, x, y + 62)


def _between(one: State, other: State) -> str:
    """A solid line only where a verb leads from stop to stop; a return is dashed."""
    if other.value.endswith("_returned"):
        return "loop"
    return "track" if any((one.value, other.value) in verb.edges for verb in VERBS.values()) else ""


def _state(state: State, x: float, y: float) -> Iterator[str]:
    yield svg.stop(x, y, css="you" if TURN[state] is Who.MERCHANT else "", r=11)
    yield svg.text(x, y + 32, state.label, size=14, weight=600)
    for number, (verb, leads) in enumerate(_leaving(state)):
        yield svg.text(x, y + 56 + 31 * number, verb.label, size=12)
        yield svg.text(x, y + 70 + 31 * number, leads, size=11, css="t2")


COMMON = ("suspend", "withdraw", "amend_application", "reject")  # told once, where they lead to


def _leaving(state: State) -> list[tuple[Verb, str]]:
    """(verb, where it leads) of a state; the verbs that leave many states are told at the state they lead to."""
    return [*_outgoing(state), *_arriving(state)]


def _outgoing(state: State) -> Iterator[tuple[Verb, str]]:
    told: dict[str, list[str]] = defaultdict(list)
    for verb in VERBS.values():
        for source, target in verb.edges:
            if source == state.value and verb.name not in COMMON:
                told[verb.name].append(str(State(target).label))
    for name, targets in told.items():
        yield VERBS[name], "→ " + (_("where it was") if len(targets) > 3 else " / ".join(targets))


def _arriving(state: State) -> Iterator[tuple[Verb, str]]:
    for verb in COMMON:
        if sources := [source for source, target in VERBS[verb].edges if target == state.value]:
            yield VERBS[verb], _("← from %(count)s states") % {"count": len(sources)}

"""Lines with their places: rows of a page, the labels in them, and the values beside and below a label.

A page may be photographed at any slant. Each line keeps its four corners in pixels of the picture, for showing where a
value was found, and its place on the page set straight: x to the right, y down, the same unit.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator
from typing import Final

from onboarding.reading.labels import BLANKS, COLONS, Labels, begins_with_label, first_label, label_end, remnant

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners of a line of writing: first letter's top, last letter's top, last letter's foot, first letter's foot."""
Box = tuple[int, int, int, int]

LARGE: Final = 2.0  # times the height of its label: no value, but a heading or a mark across the page
CLOSE: Final = 0.8  # heights between the foot of a line and the head of the next one of the same value


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line of writing: text, corners on the picture, how sure the recogniser is (0 to 1), place set straight."""

    text: str
    quad: Quad
    score: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def part(self, start: int, end: int | None = None) -> Line:
        """The letters from `start` to before `end`, with the share of the place that they take."""
        whole = max(len(self.text), 1)
        stop = whole if end is None else end
        first, last = start / whole, stop / whole
        (a, b, c, d), width = self.quad, self.right - self.left
        quad = (_between(a, b, first), _between(a, b, last), _between(d, c, last), _between(d, c, first))
        left, right = self.left + width * first, self.left + width * last
        return dataclasses.replace(self, text=self.text[start:end], quad=quad, left=left, right=right)

    def below(self, above: Line | None, wide: float = 1.4) -> Line:
        """Where the first letter of the next line stands: as far below as this is below the one `above`, if any."""
        step = (self.top - above.top if above else self.height) / max(self.height, 1)
        end = min(wide * self.height / max(self.right - self.left, 1), 1.0)
        a, b, c, d = self.quad
        b, c = _between(a, b, end), _between(d, c, end)
        quad = (_between(a, d, step), _between(b, c, step), _between(b, c, 1 + step), _between(a, d, 1 + step))
        top, right = self.top + step * self.height, self.left + wide * self.height
        return dataclasses.replace(self, text="", quad=quad, top=top, bottom=top + self.height, right=right)


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A value that was read: its text, its bounds in pixels of the picture, how sure (0 to 1), mended or not."""

    value: str
    box: Box
    sure: float
    mended: bool = False

    def enlarged(self, times: float) -> Found:
        """The same on a picture that is so many times as large."""
        left, top, right, bottom = (round(side * times) for side in self.box)
        return dataclasses.replace(self, box=(left, top, right, bottom))


Values = dict[str, Found]
Looks = dict[str, Callable[[str], bool]]
"""field -> whether a text looks like its value"""
Mark = tuple[str, Line, list[Line]]
"""(field, its label, what stands beside it)"""


@dataclasses.dataclass(frozen=True, slots=True)
class Value:
    """The lines beside and below a label."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    @property
    def beside(self) -> tuple[Line, ...]:
        """Those that stand in one row with the first."""
        return tuple(line for line in self.lines if _level([self.lines[0]], line))

    def wrapped(self, at: int, is_whole: Callable[[str], bool], goes_on: Callable[[str], bool]) -> Value:
        """The line `at` with what it continues above and what continues it below, until the text is whole.

        `goes_on` tells a last line that belongs to a whole one above it. Lines of one text begin at one place.
        """
        first, last = at, at
        while first and self._joins(first - 1) and not is_whole(self.lines[first - 1].text):
            first -= 1
        if first and self._joins(first - 1) and goes_on(self.lines[first].text):
            first -= 1
        while last + 1 < len(self.lines) and self._joins(last):
            if is_whole(self.lines[last].text) and not goes_on(self.lines[last + 1].text):
                break
            last += 1
        return Value(self.lines[first : last + 1])

    def _joins(self, at: int) -> bool:
        """Whether the line after that one stands closely below it, begins where it does and reaches no farther."""
        line, under = self.lines[at], self.lines[at + 1]
        near = min(line.height, under.height)
        is_below = under.middle > line.bottom and under.top - line.bottom < CLOSE * near
        return is_below and abs(under.left - line.left) < 1.2 * near and under.right < line.right + 1.2 * near

    def found(self, value: str, mended: bool = False) -> Found:
        """`value` as it was found in these lines."""
        score = min((line.score for line in self.lines), default=0.0)
        return Found(value, bounds(self.lines), score * (0.9 if mended else 1.0), mended)


class Page:
    """A page set straight: its lines in rows from top to bottom, each row from left to right."""

    def __init__(self, lines: list[Line], again: Callable[[Line], str] | None = None) -> None:
        self.rows = rows(lines)
        self.again = again or (lambda _line: "")

    @property
    def lines(self) -> Iterator[Line]:
        return (line for row in self.rows for line in row)

    @property
    def text(self) -> str:
        """All that stands on the page, row by row."""
        return "\n".join("".join(line.text for line in row) for row in self.rows)

    def values(self, labels: Labels, looks: Looks | None = None) -> dict[str, Value]:
        """field -> what stands beside and below the first of its labels that has something beside it.

        Where `looks` knows the field, the first whose value looks like one: a heading may bear the label's letters.
        """
        table = [list(cut(row, labels)) for row in self.rows]
        found: dict[str, Value] = {}
        begun: list[Line] = []
        for number, marks in enumerate(table):
            for field, label, beside in marks:
                beside[:] = _own(beside, begun)
                value = Value((*beside, *self._below(number, label, beside, table, labels)))
                fits = (looks or {}).get(field, bool)
                if value.text and not found.get(field) and fits(value.text):
                    found[field] = value
            begun += [beside[0] for _field, _label, beside in marks if beside]
        return found

    def _below(
        self, number: int, label: Line, beside: list[Line], table: list[list[Mark]], labels: Labels
    ) -> Iterator[Line]:
        """The further lines of a value: they begin where its first one does, closely below, without a label before.

        With nothing beside the label the first one stands below it: where the label begins, or where it ends.
        """
        last, starts = (beside[0], (beside[0].left,)) if beside else (label, (label.right, label.left))
        for row, marks in zip(self.rows[number + 1 :], table[number + 1 :], strict=True):
            if any(abs(mark.left - label.left) < 2.5 * mark.height for _field, mark, _beside in marks):
                return
            near = [line for line in row if line.height < LARGE * label.height]
            under = next((line for line in near if min(abs(line.left - x) for x in starts) < 2.5 * line.height), None)
            if under and under.top - last.bottom > CLOSE * last.height:
                return
            if under and (begins_with_label(under.text, labels) or remnant(under.text, labels)):
                return
            if under:
                yield under
                last, starts = under, (under.left,)


def _own(beside: list[Line], begun: list[Line]) -> list[Line]:
    """What stands beside a label, up to where a value of another column goes on that began above: `begun`."""
    for at, piece in enumerate(beside[1:], 1):
        if any(_goes_on(piece, above) and not _goes_on(beside[0], above) for above in begun):
            return beside[:at]
    return beside


def _goes_on(line: Line, above: Line) -> bool:
    """Whether it begins where the line above does, at most two lines farther down."""
    is_below = line.middle > above.bottom and line.top - above.bottom < 2.5 * line.height
    return is_below and abs(line.left - above.left) < 1.2 * line.height


def rows(lines: list[Line]) -> list[list[Line]]:
    """The lines in rows from top to bottom: what overlaps by more than half its height stands in one row."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.middle):
        row = next((row for row in found[-3:] if _level(row, line)), None)
        if row is None:
            found.append([line])
        else:
            row.append(line)
    return [sorted(row, key=lambda one: one.left) for row in found]


def _level(row: list[Line], line: Line) -> bool:
    near = min(row, key=lambda one: abs(one.left - line.left))
    return abs(near.middle - line.middle) < 0.45 * min(near.height, line.height)


def cut(row: list[Line], labels: Labels) -> Iterator[Mark]:
    """(field, its label, what stands beside it) for each label of a row: the value ends where the next label begins."""
    marks: list[Mark] = []
    pieces = [piece for line in _joined(row, labels) for piece in _pieces(line, labels)]
    for field, line in pieces:
        if field:
            marks.append((field, line, []))
        elif marks and any(map(str.isalnum, line.text)) and line.height < LARGE * marks[-1][1].height:
            marks[-1][2].append(_apart(marks[-1][1], line))
    yield from marks


def _apart(label: Line, line: Line) -> Line:
    """The line without the label's last letter, where its place reaches over that: it was read twice."""
    letter = trimmed(label).text[-1:]
    is_over = label.left < line.left < label.right - 0.3 * label.height
    return line.part(1) if is_over and len(line.text) > 2 and line.text[:1] == letter else line


def _pieces(line: Line, labels: Labels) -> Iterator[tuple[str, Line]]:
    """A line as (field or nothing, part of it): a label and the value that sticks to it come apart."""
    at = 0
    if field := "" if begins_with_label(line.text, labels) else remnant(line.text, labels):
        yield field, line.part(0, 1)
        at = 1
    while at <= len(line.text):
        hit = first_label(line.text, at, labels)
        if hit is None:
            yield "", trimmed(line.part(at))
            return
        field, start, end = hit
        if start > at:
            yield "", trimmed(line.part(at, start))
        yield field, line.part(start, end)
        at = end


def _joined(row: list[Line], labels: Labels) -> list[Line]:
    """A row whose lonely letters (a label spread out: "名" "称") are one line again."""
    done: list[Line] = []
    for line in row:
        letters = _rest_of_label(done[-1].text, line.text, labels) if done and len(done[-1].text) == 1 else 0
        if letters:  # the value that sticks to the label's end keeps its own place
            done[-1] = joined(done[-1], line.part(0, letters))
            line = line.part(letters)
        if line.text:
            done.append(line)
    return done


def _rest_of_label(letter: str, text: str, labels: Labels) -> int:
    """How much of `text` belongs to the label that begins with the lonely letter before it."""
    ends = [label_end(letter + text, 0, name) or 0 for names in labels.values() for name in names]
    return max(max(ends) - 1, 0)


def joined(line: Line, other: Line) -> Line:
    """Two pieces of one row as one line."""
    quad = (line.quad[0], other.quad[1], other.quad[2], line.quad[3])
    text, score = line.text + other.text, min(line.score, other.score)
    return dataclasses.replace(line, text=text, quad=quad, score=score, right=other.right)


def trimmed(line: Line) -> Line:
    """The line without blanks and colons at its ends."""
    kept = line.text.strip(BLANKS + COLONS)
    start = line.text.find(kept) if kept else len(line.text)
    return line.part(start, start + len(kept))


def bounds(lines: tuple[Line, ...]) -> Box:
    """The smallest upright box of the picture around all of them, in pixels."""
    xs = [x for line in lines for x, _y in line.quad]
    ys = [y for line in lines for _x, y in line.quad]
    if not xs:
        return 0, 0, 0, 0
    return math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys))


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share

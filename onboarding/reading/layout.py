"""Lines with their places: rows of a page, the labels in them, and the values beside and below a label.

A page may be photographed at any slant. Each line keeps its four corners in pixels of the picture, for showing where a
value was found, and its place on the page set straight: x to the right, y down, the same unit.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator
from typing import Final

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners of a line of writing: first letter's top, last letter's top, last letter's foot, first letter's foot."""
Box = tuple[int, int, int, int]
Labels = dict[str, tuple[str, ...]]
"""What a paper calls each of its fields: field -> the labels that may stand before it."""

BLANKS: Final = " \u3000\t"
COLONS: Final = ":：;；"
CLOSE: Final = 1.3  # heights between the foot of a line and the head of the next one of the same value


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
Mark = tuple[str, Line, list[Line]]
"""(field, its label, what stands beside it)"""


@dataclasses.dataclass(frozen=True, slots=True)
class Value:
    """The lines beside and below a label."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

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

    def values(self, labels: Labels) -> dict[str, Value]:
        """field -> what stands beside and below the first of its labels that has something beside it."""
        table = [list(cut(row, labels)) for row in self.rows]
        found: dict[str, Value] = {}
        for number, marks in enumerate(table):
            for field, label, beside in marks:
                value = Value((*beside, *self._below(number, label, beside, table, labels)))
                if value.text and not found.get(field):
                    found[field] = value
        return found

    def _below(
        self, number: int, label: Line, beside: list[Line], table: list[list[Mark]], labels: Labels
    ) -> Iterator[Line]:
        """The further lines of a value: they begin where its first one does, closely below, without a label before."""
        last, left = (beside[0], beside[0].left) if beside else (label, label.right)
        for row, marks in zip(self.rows[number + 1 :], table[number + 1 :], strict=True):
            if any(abs(mark.left - label.left) < 2.5 * mark.height for _field, mark, _beside in marks):
                return
            under = next((line for line in row if abs(line.left - left) < 2.5 * line.height), None)
            if under and under.top - last.bottom > CLOSE * last.height:
                return
            if under and _begins_with_label(under.text, labels):
                return
            if under:
                yield under
                last = under


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
        elif marks and line.text:
            marks[-1][2].append(line)
    yield from marks


def _pieces(line: Line, labels: Labels) -> Iterator[tuple[str, Line]]:
    """A line as (field or nothing, part of it): a label and the value that sticks to it come apart."""
    if len(line.text) == 1 and (field := _lonely(line.text, labels)):
        yield field, line
        return
    at = 0
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


def first_label(text: str, at: int, labels: Labels) -> tuple[str, int, int] | None:
    """(field, start, end) of the first label in `text` from `at` on; short ones count only where the line begins.

    One that stands there letter by letter comes before one that nearly does: 有效期长期 bears 有效期, not 有效期限.
    """
    for start in range(at, len(text)):
        known = [(field, name) for field, names in labels.items() for name in names if len(name) >= 4 or start == 0]
        for field, name in sorted(known, key=lambda one: not text.startswith(one[1], start)):
            if (end := label_end(text, start, name)) is not None:
                return field, start, end
    return None


def _begins_with_label(text: str, labels: Labels) -> bool:
    found = first_label(text, 0, labels)
    return found is not None and found[1] == 0


def label_end(text: str, start: int, name: str) -> int | None:
    """Where the label `name` ends if it begins at `start`; signs between its letters and one slip in four will do."""
    at, wrong = start, 0
    for letter in name:
        while start < at < len(text) and not text[at].isalnum():
            at += 1
        if at >= len(text):
            return None
        wrong += text[at] != letter
        if wrong > len(name) // 4 or (at == start and wrong):
            return None
        at += 1
    while at < len(text) and text[at] in BLANKS + COLONS:
        at += 1
    return at


def _joined(row: list[Line], labels: Labels) -> list[Line]:
    """A row whose lonely letters (a label spread out: "名" "称") are one line again."""
    done: list[Line] = []
    for line in row:
        if done and len(done[-1].text) == 1 and _bears(done[-1].text + line.text, labels):
            done[-1] = joined(done[-1], line)
        else:
            done.append(line)
    return done


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


def _lonely(text: str, labels: Labels) -> str:
    """The field whose two-letter label lost its other letter: "称" alone in a line is 名称, "账" is 账号."""
    pairs = [(field, name) for field, names in labels.items() for name in names if len(name) == 2]
    fields = [field for at in (1, 0) for field, name in pairs if name[at] == text]
    return fields[0] if fields else ""


def _bears(text: str, labels: Labels) -> bool:
    return any(label_end(text, 0, name) is not None for names in labels.values() for name in names)


def bounds(lines: tuple[Line, ...]) -> Box:
    """The smallest upright box of the picture around all of them, in pixels."""
    xs = [x for line in lines for x, _y in line.quad]
    ys = [y for line in lines for _x, y in line.quad]
    if not xs:
        return 0, 0, 0, 0
    return math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys))


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share

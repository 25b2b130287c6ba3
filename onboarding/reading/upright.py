"""Which way up a page lies: the corners of its lines are put in reading order, and their places set straight."""

from __future__ import annotations

import functools
import itertools
import math
import statistics
from collections.abc import Callable, Sequence

from PIL import Image

from onboarding.reading import engine, faint
from onboarding.reading.layout import Line, Point, Quad

Look = Callable[[Quad], tuple[str, float]]
"""What stands in those corners, and how sure that is; a line that was looked at once is not read again."""
TRIED = 4  # of the longest lines are read both ways to learn which way is up
ACROSS = math.radians(12)  # more than a photograph's perspective bends a line
SPREAD = 0.4  # letters to each height of a line: less is no writing but what a wrong way up leaves of it
SURE = 0.9  # of the first two: the other way need not be tried


def cleared(grey: Image.Image) -> tuple[Image.Image, list[Quad]]:
    """The page, and where its lines of writing are; without fainter writing right across it, where there is some."""
    found = engine.quads(grey)
    along = _axis(found) if found else 0.0
    marks = [quad for quad in found if _is_across(quad, along)]
    clear = faint.without(grey, marks, [quad for quad in found if quad not in marks]) if marks else None
    return (clear, engine.quads(clear)) if clear else (grey, found)


def upright_lines(grey: Image.Image, found: Sequence[Quad]) -> tuple[list[Line], float]:
    """Every line of writing of the page, read, with its place on the page set straight; and the direction of reading.

    The direction is in degrees, clockwise from the picture's x axis.
    """
    if not found:
        return [], 0.0
    look: Look = functools.cache(lambda quad: engine.text_of(engine.strip(grey, quad)))
    angle = _way_up(look, found)
    quads = [_turned_to(quad, angle) for quad in found if not _is_across(quad, angle)]
    read = [(quad, *look(quad)) for quad in quads]
    kept = [one for one in read if one[1] and one[2] >= engine.LEAST_SCORE]
    return [_line(quad, text, score, angle) for quad, text, score in kept], math.degrees(angle)


def _way_up(look: Look, quads: Sequence[Quad]) -> float:
    """The direction of reading in radians, clockwise from the picture's x axis: two lines say it, or else four."""
    along = _axis(quads)
    longest = sorted(quads, key=lambda quad: -max(_sides(quad)))[:TRIED]
    ways = (along, along + math.pi)
    sure = next((way for way in ways if _score(look, longest[:2], way) >= SURE), None)
    return max(ways, key=lambda way: _score(look, longest, way)) if sure is None else sure


def _axis(quads: Sequence[Quad]) -> float:
    """The direction of the long edges, forward or backward: by the mean of doubled angles, weighted by length."""
    x = y = 0.0
    for edge in map(_long_edge, quads):
        double, length = 2 * _angle(*edge), math.dist(*edge)
        x, y = x + length * math.cos(double), y + length * math.sin(double)
    half = _median_beside(math.atan2(y, x) / 2, quads)
    return half if half > -math.pi / 4 else half + math.pi  # lying on its side, most pages were turned clockwise


def _median_beside(mean: float, quads: Sequence[Quad]) -> float:
    """The direction that half of all writing, by length, lies to either side of: a stamped mark across it is few."""
    edges = [_long_edge(quad) for quad in quads]
    apart = sorted(((_angle(*edge) - mean + math.pi / 2) % math.pi - math.pi / 2, math.dist(*edge)) for edge in edges)
    lengths = list(itertools.accumulate(length for _by, length in apart))
    at = next(at for at, length in enumerate(lengths) if length >= lengths[-1] / 2)
    return mean + apart[at][0]


def _long_edge(quad: Quad) -> tuple[Point, Point]:
    a, b, c, _d = quad
    return (a, b) if math.dist(a, b) >= math.dist(b, c) else (b, c)


def _is_across(quad: Quad, angle: float) -> bool:
    """Whether long writing runs at a slant over the page: the mark of a copy (仅供…使用), no value."""
    long, short = max(_sides(quad)), min(_sides(quad))
    apart = abs((_angle(*_long_edge(quad)) - angle + math.pi / 2) % math.pi - math.pi / 2)
    return long > 2.5 * short and apart > ACROSS


def _score(look: Look, quads: Sequence[Quad], angle: float) -> float:
    """How sure the recogniser is of these lines, read in that direction; of a long one with a letter or two, little."""
    read = [(quad, *look(_turned_to(quad, angle))) for quad in quads]
    return statistics.fmean(score * min(len(text) / _fewest(quad), 1.0) for quad, text, score in read)


def _fewest(quad: Quad) -> float:
    """The letters that a line of that length bears at least, spread out as a title may be: 证 on its head is sure."""
    return max(max(_sides(quad)) / max(min(_sides(quad)), 1) * SPREAD, 1.0)


def _turned_to(quad: Quad, angle: float) -> Quad:
    """The corners, beginning where a line that runs in that direction begins."""
    rolls = [quad[by:] + quad[:by] for by in range(4)]
    a, b, c, d = max(rolls, key=lambda one: math.cos(_angle(one[0], one[1]) - angle))
    return a, b, c, d


def _sides(quad: Quad) -> tuple[float, float]:
    return math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3])


def _angle(start: Point, end: Point) -> float:
    return math.atan2(end[1] - start[1], end[0] - start[0])


def _line(quad: Quad, text: str, score: float, angle: float) -> Line:
    a, b, c, d = (_turned(point, -angle) for point in quad)
    middle, half = (a[1] + b[1] + c[1] + d[1]) / 4, _sides(quad)[1] / 2
    return Line(text, quad, score, (a[0] + d[0]) / 2, middle - half, (b[0] + c[0]) / 2, middle + half)


def _turned(point: Point, angle: float) -> Point:
    x, y = point
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)

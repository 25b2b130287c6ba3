"""Which way up a page lies: the corners of its lines are put in reading order, and their places set straight."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from PIL import Image

from onboarding.reading import engine
from onboarding.reading.layout import Line, Point, Quad

TRIED = 4  # of the longest lines are read both ways to learn which way is up
SURE = 0.9  # of the first two: the other way need not be tried


def upright_lines(grey: Image.Image) -> list[Line]:
    """Every line of writing of the page, read, with its place on the page set straight."""
    quads = engine.quads(grey)
    if not quads:
        return []
    way = _way_up(grey, quads)
    turned = [_rolled(quad, way) for quad in quads]
    angle = statistics.median(_angle(quad) for quad in _longest(turned, 9))
    read = [(quad, *engine.text_of(engine.strip(grey, quad))) for quad in turned]
    return [_line(quad, text, score, angle) for quad, text, score in read if score >= engine.LEAST_SCORE and text]


def _way_up(grey: Image.Image, quads: Sequence[Quad]) -> int:
    """By how many corners the quads must be rolled so that the first is where reading begins."""
    longest = _longest(quads, 12)
    tall = sum(_length(quad) < _height(quad) for quad in longest) * 2 > len(longest)
    one, other = (1, 3) if tall else (0, 2)
    tried = longest[:TRIED]
    first = _score(grey, tried[:2], one)
    if first >= SURE:
        return one
    return one if _score(grey, tried, one) >= _score(grey, tried, other) else other


def _score(grey: Image.Image, quads: Sequence[Quad], roll: int) -> float:
    """How sure the recogniser is of these lines, read that way round."""
    return statistics.fmean(engine.text_of(engine.strip(grey, _rolled(quad, roll)))[1] for quad in quads)


def _longest(quads: Sequence[Quad], count: int) -> list[Quad]:
    return sorted(quads, key=lambda quad: -max(_length(quad), _height(quad)))[:count]


def _rolled(quad: Quad, by: int) -> Quad:
    a, b, c, d = quad[by:] + quad[:by]
    return a, b, c, d


def _length(quad: Quad) -> float:
    return math.dist(quad[0], quad[1])


def _height(quad: Quad) -> float:
    return math.dist(quad[0], quad[3])


def _angle(quad: Quad) -> float:
    """The direction of reading in radians, clockwise from the picture's x axis."""
    return math.atan2(quad[1][1] - quad[0][1], quad[1][0] - quad[0][0])


def _line(quad: Quad, text: str, score: float, angle: float) -> Line:
    a, b, c, d = (_turned(point, -angle) for point in quad)
    middle, half = (a[1] + b[1] + c[1] + d[1]) / 4, _height(quad) / 2
    return Line(text, quad, score, (a[0] + d[0]) / 2, middle - half, (b[0] + c[0]) / 2, middle + half)


def _turned(point: Point, angle: float) -> Point:
    x, y = point
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)

"""A drawn page as a phone would hand it in: turned, at a slant, blurred, noisy, lit from one side, packed as JPEG."""

from __future__ import annotations

import io
import math
import random

import numpy
from PIL import Image, ImageFilter

Point = tuple[float, float]


def photographed(page: Image.Image, rng: random.Random) -> bytes:
    """JPEG of 60–85 % quality, the page 1350 to 1900 pixels long; three in ten lie on a side or on their head."""
    page = page.resize(fitted(page, rng.randint(1350, 1900)), Image.Resampling.LANCZOS)
    page = slanted(page, rng)
    if rng.random() < 0.3:
        page = page.rotate(rng.choice((90, 180, 270)), expand=True)
    page = noisy(lit(page.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 1.2))), rng), rng)
    packed = io.BytesIO()
    page.save(packed, "JPEG", quality=rng.randint(60, 85))
    return packed.getvalue()


def fitted(page: Image.Image, longest: int) -> tuple[int, int]:
    scale = longest / max(page.size)
    return round(page.width * scale), round(page.height * scale)


def slanted(page: Image.Image, rng: random.Random) -> Image.Image:
    """Turned by up to 8°, each corner pulled by up to 3 % of the page, on a table of some colour."""
    turn, (wide, high) = math.radians(rng.uniform(-8, 8)), page.size
    corners = [(-wide / 2, -high / 2), (wide / 2, -high / 2), (wide / 2, high / 2), (-wide / 2, high / 2)]
    moved = [turned(point, turn) for point in corners]
    moved = [(x + rng.uniform(-0.03, 0.03) * wide, y + rng.uniform(-0.03, 0.03) * high) for x, y in moved]
    left, top = min(x for x, _ in moved) - 0.03 * wide, min(y for _, y in moved) - 0.03 * high
    target = [(x - left, y - top) for x, y in moved]
    size = (round(max(x for x, _ in target) + 0.03 * wide), round(max(y for _, y in target) + 0.03 * high))
    source = [(0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high)]
    table = tuple(rng.randint(60, 190) for _ in range(3))
    return page.transform(
        size, Image.Transform.PERSPECTIVE, mapping(target, source), Image.Resampling.BICUBIC, fillcolor=table
    )


def turned(point: Point, turn: float) -> Point:
    x, y = point
    return x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)


def mapping(target: list[Point], source: list[Point]) -> list[float]:
    """The eight numbers with which Pillow fetches each target point from its source."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    wanted = [value for point in source for value in point]
    return [float(number) for number in numpy.linalg.solve(numpy.array(rows), numpy.array(wanted))]


def lit(page: Image.Image, rng: random.Random) -> Image.Image:
    """Light falling off across the page, and sometimes the soft shadow of a hand or a phone."""
    ys, xs = numpy.mgrid[0 : 1 : page.height * 1j, 0 : 1 : page.width * 1j]
    turn, depth = rng.uniform(0, 2 * math.pi), rng.uniform(0.1, 0.4)
    light = 1.05 - depth * (0.5 + (xs - 0.5) * math.cos(turn) + (ys - 0.5) * math.sin(turn))
    if rng.random() < 0.4:
        light *= 1 - 0.3 * numpy.exp(-(((xs - rng.random()) / 0.3) ** 2 + ((ys - rng.random()) / 0.3) ** 2))
    bright = numpy.asarray(page, dtype=numpy.float32) * light[..., None]
    return Image.fromarray(bright.clip(0, 255).astype(numpy.uint8))


def noisy(page: Image.Image, rng: random.Random) -> Image.Image:
    grains = numpy.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(2, 11), (page.height, page.width, 1))
    return Image.fromarray((numpy.asarray(page, dtype=numpy.float32) + grains).clip(0, 255).astype(numpy.uint8))

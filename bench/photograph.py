"""A drawing as a hurried person photographs it: turned, at a slant, badly lit, soft, noisy, packed as JPEG."""

from __future__ import annotations

import dataclasses
import io
import math
import random

from PIL import Image, ImageChops, ImageFilter


@dataclasses.dataclass(frozen=True, slots=True)
class Photograph:
    """A page as it arrives, and where a point of the drawing is on it."""

    image: Image.Image
    forward: tuple[float, ...]

    def at(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f, g, h = self.forward
        depth = g * x + h * y + 1
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth


def photograph(image: Image.Image, dice: random.Random) -> Photograph:
    """The drawing as a hurried person takes it."""
    image = image.convert("RGB")
    width, height = image.size
    quarter = dice.choices((0, 90, 180, 270), (8, 1, 1, 1))[0]
    angle, margin = math.radians(quarter + dice.uniform(-7, 7)), 0.06
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    moved = [_turned(x - width / 2, y - height / 2, angle) for x, y in corners]
    slant = 0.035 * max(width, height)
    moved = [(x + dice.uniform(-slant, slant), y + dice.uniform(-slant, slant)) for x, y in moved]
    left, top = min(x for x, _y in moved), min(y for _x, y in moved)
    scale = dice.uniform(1250, 2300) / max(max(x for x, _y in moved) - left, max(y for _x, y in moved) - top)
    edge = margin * max(width, height) * scale
    placed = [((x - left) * scale + edge, (y - top) * scale + edge) for x, y in moved]
    size = tuple(round(max(one[axis] for one in placed) + edge) for axis in (0, 1))
    table = Image.new("RGB", size, dice.choice(("#5b5148", "#8a8f94", "#3d4650", "#b9a98f")))
    back = homography(placed, corners)
    sheet = image.transform(size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    mask = Image.new("L", image.size, 255).transform(size, Image.Transform.PERSPECTIVE, back)
    table.paste(sheet, (0, 0), mask)
    return Photograph(worn(table, dice), homography(corners, placed))


def packed(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def worn(image: Image.Image, dice: random.Random) -> Image.Image:
    """Uneven light, a soft lens, noise, and the camera's JPEG."""
    light = Image.new("L", (4, 3))
    light.putdata([dice.randint(150, 255) for _spot in range(12)])
    image = ImageChops.multiply(image, light.resize(image.size, Image.Resampling.BICUBIC).convert("RGB"))
    image = image.filter(ImageFilter.GaussianBlur(dice.uniform(0, 1.3)))
    noise = Image.effect_noise(image.size, dice.uniform(4, 22)).convert("RGB")
    image = Image.blend(image, ImageChops.overlay(image, noise), 0.5)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=dice.randint(60, 88))
    return Image.open(out)


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def homography(source: list[tuple[float, float]], target: list[tuple[float, float]]) -> tuple[float, ...]:
    """The eight numbers that take four points to four others; solved by elimination."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    for at in range(8):
        best = max(range(at, 8), key=lambda one: abs(rows[one][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(8):
            if other != at:
                times = rows[other][at]
                rows[other] = [a - times * b for a, b in zip(rows[other], rows[at], strict=True)]
    return tuple(row[8] for row in rows)

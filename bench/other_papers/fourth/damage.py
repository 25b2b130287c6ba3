"""How the fourth set's pages arrive: on their side or head, slanted up to 12°, blurred, noisy, badly lit."""

from __future__ import annotations

import io
import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]


def photographed(page: Image.Image, dice: random.Random) -> bytes:
    """JPEG of quality 35 to 88, 900 to 1900 pixels long; each damage comes to most pages, none to all."""
    picture = slanted(page, dice) if dice.random() < 0.9 else page
    long = dice.choice((900, 1000, 1150, 1300, 1500, 1700, 1900))
    share = long / max(picture.size)
    picture = picture.resize((round(picture.width * share), round(picture.height * share)), Image.Resampling.LANCZOS)
    picture = picture.rotate(dice.choice((0, 0, 0, 0, 0, 90, 180, 270)), expand=True)
    for chance, spoil in ((0.8, lit), (0.6, blurred), (0.7, noisy)):
        picture = spoil(picture, dice) if dice.random() < chance else picture
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=dice.choice((35, 45, 55, 65, 75, 88)))
    return out.getvalue()


def slanted(page: Image.Image, dice: random.Random) -> Image.Image:
    """Turned by up to 12° and seen from the side, on a ground of some colour with some grain."""
    width, height = page.size
    turn = math.radians(dice.choice((dice.uniform(-3, 3), dice.uniform(-3, 3), dice.uniform(-12, 12))))
    pull = 0.04 * min(width, height)
    corners = [(-width / 2, -height / 2), (width / 2, -height / 2), (width / 2, height / 2), (-width / 2, height / 2)]
    seen = [_moved(x, y, turn, dice.uniform(-pull, pull), dice.uniform(-pull, pull)) for x, y in corners]
    margin = dice.uniform(0.01, 0.08) * max(width, height)
    left, top = min(x for x, _ in seen) - margin, min(y for _, y in seen) - margin
    size = (int(max(x for x, _ in seen) - left + margin), int(max(y for _, y in seen) - top + margin))
    target = [(x - left, y - top) for x, y in seen]
    numbers = mapping(target, [(0, 0), (width, 0), (width, height), (0, height)])
    laid = page.transform(size, Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC)
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(target, fill=255)
    return Image.composite(laid, table(size, dice), mask)


def _moved(x: float, y: float, turn: float, right: float, down: float) -> Point:
    return x * math.cos(turn) - y * math.sin(turn) + right, x * math.sin(turn) + y * math.cos(turn) + down


def table(size: tuple[int, int], dice: random.Random) -> Image.Image:
    """What lies beneath: wood, cloth, a white desk."""
    colour = dice.choice(((126, 92, 60), (70, 74, 80), (205, 205, 200), (150, 132, 110), (40, 42, 46)))
    ground = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(ground)
    for _ in range(dice.choice((0, 12, 30))):
        y, shade = dice.randrange(size[1]), dice.randint(-18, 18)
        draw.line(
            (0, y, size[0], y + dice.randint(-60, 60)), fill=tuple(c + shade for c in colour), width=dice.randint(1, 7)
        )
    return ground


def mapping(target: list[Point], source: list[Point]) -> list[float]:
    """The eight numbers by which each target point is fetched from its source (Gauss, with pivots)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                share = rows[row][column]
                rows[row] = [one - share * other for one, other in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]


def lit(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Light that falls off to one side, and often a soft shadow over a part."""
    small = Image.new("L", (64, 64), 255)
    dark, turn = dice.randint(120, 215), dice.uniform(0, 2 * math.pi)
    for x in range(64):
        for y in range(64):
            along = (math.cos(turn) * (x - 32) + math.sin(turn) * (y - 32)) / 90 + 0.5
            small.putpixel((x, y), int(dark + (255 - dark) * min(max(along, 0), 1)))
    if dice.random() < 0.5:
        shadow, left, top = Image.new("L", (64, 64), 255), dice.randint(-10, 50), dice.randint(-10, 50)
        ImageDraw.Draw(shadow).ellipse((left, top, left + 40, top + 30), fill=dice.randint(150, 210))
        small = ImageChops.multiply(small, shadow.filter(ImageFilter.GaussianBlur(3)))
    light = small.resize(picture.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(picture, Image.merge("RGB", (light, light, light)))


def blurred(picture: Image.Image, dice: random.Random) -> Image.Image:
    """Out of focus, by less on a small picture: what no eye can read is no question."""
    return picture.filter(ImageFilter.GaussianBlur(dice.uniform(0.3, 1.0) * max(picture.size) / 1500))


def noisy(picture: Image.Image, dice: random.Random) -> Image.Image:
    grain = Image.effect_noise(picture.size, dice.uniform(6, 22))
    return Image.blend(picture, ImageChops.overlay(picture, Image.merge("RGB", (grain, grain, grain))), 0.5)

"""What makes a sheet look official and says that it is not: woven lines, frames, rosettes, seals, 样本."""

from __future__ import annotations

import functools
import math

import segno
from PIL import Image, ImageDraw, ImageFont

Colour = str
Size = tuple[int, int]
SEAL = (196, 38, 30, 205)


@functools.cache
def woven(size: Size, paper: Colour, thread: Colour, step: int = 46, swing: int = 60) -> Image.Image:
    """Paper with a pale web of waves, as printed against copying. The same sheet is made once."""
    sheet = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(sheet)
    for phase in (0.0, 2.1, 4.2):
        for top in range(-swing, size[1] + swing, step):
            pen.line(
                [(x, top + swing * math.sin(x / 130 + phase + top / 400)) for x in range(0, size[0] + 9, 9)], thread
            )
    return sheet


@functools.cache
def framed(size: Size, paper: Colour, thread: Colour, frame: Colour) -> Image.Image:
    """Woven paper inside a frame of scallops between two lines."""
    sheet = woven(size, paper, thread).copy()
    pen = ImageDraw.Draw(sheet)
    width, height = size
    pen.rectangle((28, 28, width - 28, height - 28), outline=frame, width=9)
    pen.rectangle((84, 84, width - 84, height - 84), outline=frame, width=3)
    for x, y in _around(60, 60, width - 60, height - 60, 38):
        pen.ellipse((x - 17, y - 17, x + 17, y + 17), outline=frame, width=3)
        pen.ellipse((x - 6, y - 6, x + 6, y + 6), fill=frame)
    for x, y in ((60, 60), (width - 60, 60), (60, height - 60), (width - 60, height - 60)):
        pen.rectangle((x - 34, y - 34, x + 34, y + 34), fill=paper, outline=frame, width=5)
        rosette(pen, (x, y), 26, frame, 8)
    return sheet


def _around(left: int, top: int, right: int, bottom: int, step: int) -> list[tuple[float, float]]:
    """Points along the four sides."""
    across = [left + (right - left) * part / ((right - left) // step) for part in range((right - left) // step)]
    down = [top + (bottom - top) * part / ((bottom - top) // step) for part in range((bottom - top) // step)]
    return [*((x, y) for x in across for y in (top, bottom)), *((x, y) for y in down for x in (left, right))]


def rosette(pen: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, colour: Colour, petals: int = 12) -> None:
    """A flower of crossing curves: it stands where an emblem of state would be."""
    for turn in range(petals):
        angle = 2 * math.pi * turn / petals
        points = []
        for part in range(41):
            along = math.pi * part / 40
            reach, bend = radius * math.sin(along), angle + 0.55 * math.cos(along)
            points.append((at[0] + reach * math.cos(bend), at[1] + reach * math.sin(bend)))
        pen.line(points, colour, max(round(radius / 26), 1))
    inner = radius * 0.24
    pen.ellipse((at[0] - inner, at[1] - inner, at[0] + inner, at[1] + inner), fill=colour)


def seal(around: str, below: str, radius: int, tilt: float, face: ImageFont.FreeTypeFont) -> Image.Image:
    """A round seal: a ring, a name along it, a star, a line below. Paste it over the writing with itself as mask."""
    side = radius * 2 + 20
    disc = Image.new("RGBA", (side, side), (*SEAL[:3], 0))
    pen = ImageDraw.Draw(disc)
    pen.ellipse((10, 10, side - 10, side - 10), outline=SEAL, width=max(radius // 17, 4))
    middle = side / 2
    pen.polygon(_star(middle, middle, radius * 0.28), fill=SEAL)
    pen.text(
        (middle, middle + radius * 0.55),
        below,
        font=face.font_variant(size=round(radius * 0.17)),
        fill=SEAL,
        anchor="mm",
    )
    spread = min(math.radians(250), math.radians(24) * len(around))
    for number, sign in enumerate(around):
        angle = -math.pi / 2 - spread / 2 + spread * (number + 0.5) / len(around)
        glyph = Image.new("RGBA", (face.size * 2,) * 2, (*SEAL[:3], 0))  # type: ignore[arg-type]
        ImageDraw.Draw(glyph).text((face.size, face.size), sign, font=face, fill=SEAL, anchor="mm")
        turned = glyph.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        x, y = middle + radius * 0.74 * math.cos(angle), middle + radius * 0.74 * math.sin(angle)
        disc.alpha_composite(turned, (max(round(x - face.size), 0), max(round(y - face.size), 0)))
    return disc.rotate(tilt, Image.Resampling.BICUBIC)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        reach, angle = (radius if corner % 2 == 0 else radius * 0.4), math.pi * (corner / 5 - 0.5)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return points


@functools.cache
def watermark(size: Size, face: ImageFont.FreeTypeFont) -> Image.Image:
    """样本 SPECIMEN in slanting rows over a sheet of this size, transparent elsewhere."""
    wide = Image.new("RGBA", (round(size[0] * 1.5), round(size[1] * 1.5)), (196, 38, 30, 0))
    pen = ImageDraw.Draw(wide)
    line = "样本 SPECIMEN　　" * 4
    for number, y in enumerate(range(0, wide.height, round(face.size * 3.4))):
        pen.text((-number % 2 * face.size * 4, y), line, font=face, fill=(196, 38, 30, 40))
    turned = wide.rotate(24, Image.Resampling.BICUBIC)
    left, top = (turned.width - size[0]) // 2, (turned.height - size[1]) // 2
    return turned.crop((left, top, left + size[0], top + size[1]))


def qr(words: str, side: int) -> Image.Image:
    """A two-dimensional code that says that this is a specimen."""
    rows = [[0 if dark else 255 for dark in row] for row in segno.make(words, error="m").matrix]
    picture = Image.new("L", (len(rows), len(rows)))
    picture.putdata([dot for row in rows for dot in row])
    return picture.resize((side, side), Image.Resampling.NEAREST).convert("RGB")

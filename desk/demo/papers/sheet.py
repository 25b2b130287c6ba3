"""A sheet that papers are drawn on: it keeps, for every value it writes, where the ink is."""

from __future__ import annotations

import dataclasses
import functools
import io
import random
import re
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

import onboarding
from desk.demo.papers import ornament

FONT = Path(onboarding.__file__).parent / "fonts" / "NotoSansSC-Regular.ttf"
INK, LABEL, RED = "#1c2421", "#6b5326", "#b3261e"
QUALITY = 72  # of the JPEG
STOPS = "，。；：、）》”"
PIECES = re.compile(rf"[《（“]*(?:[0-9A-Za-z ]+|.)[{STOPS}]*", re.DOTALL)
Box = tuple[int, int, int, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One printed value and the pixels that it covers: left, top, right, bottom."""

    value: str
    box: Box


@dataclasses.dataclass(frozen=True, slots=True)
class Specimen:
    """A drawn paper and the truth about it. Names of `fields` are those of the forms (`merchant.uscc`) where one asks
    for the value; what reads papers is measured against them."""

    image: Image.Image
    fields: dict[str, Field]

    def jpeg(self) -> bytes:
        """The bytes as a camera would give them."""
        out = io.BytesIO()
        self.image.save(out, "JPEG", quality=QUALITY, subsampling=2)
        return out.getvalue()


@functools.cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


class Sheet:
    """A picture with a pen. `seed` decides the light, the tilt of seals, whatever else differs between two papers."""

    def __init__(self, base: Image.Image, seed: int) -> None:
        self.image, self.fields = base.copy(), dict[str, Field]()
        self.pen = ImageDraw.Draw(self.image)
        self.dice = random.Random(seed)  # a picture, no secret

    def text(
        self, at: tuple[float, float], words: str, size: int, fill: str = INK, anchor: str = "la", bold: int = 0
    ) -> Box:
        """Words without a truth of their own: titles, labels. Gives the pixels they cover."""
        face = font(size)
        self.pen.text(at, words, font=face, fill=fill, anchor=anchor, stroke_width=bold, stroke_fill=fill)
        left, top, right, bottom = self.pen.textbbox(at, words, font=face, anchor=anchor, stroke_width=bold)
        return round(left), round(top), round(right), round(bottom)

    def value(
        self,
        name: str,
        words: str,
        at: tuple[float, float],
        size: int,
        *,
        width: int = 10_000,
        fill: str = INK,
        anchor: str = "la",
        bold: int = 0,
    ) -> int:
        """A value, in lines of at most `width` pixels; remembered under `name`. Gives the y below it."""
        boxes, y = [], at[1]
        for line in wrapped(words, size, width):
            boxes.append(self.text((at[0], y), line, size, fill, anchor, bold))
            y += round(size * 1.45)
        if boxes:
            left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
            self.fields[name] = Field(words, (left, top, max(box[2] for box in boxes), max(box[3] for box in boxes)))
        return round(y)

    def spread(self, at: tuple[float, float], words: str, size: int, width: int, fill: str = LABEL) -> None:
        """A label spread over `width` pixels, as printed forms set 名　称 under 法定代表人."""
        gap = (width - size) / max(len(words) - 1, 1)
        for number, sign in enumerate(words):
            self.text((at[0] + gap * number, at[1]), sign, size, fill)

    def seal(self, at: tuple[int, int], around: str, below: str = "样本专用章", radius: int = 150) -> None:
        """A round red seal over what is written there, a little turned."""
        disc = ornament.seal(around, below, radius, self.dice.uniform(-14, 14), font(round(radius * 0.235)))
        self.image.paste(disc, (at[0] - disc.width // 2, at[1] - disc.height // 2), disc)

    def done(self, light: int = 24) -> Specimen:
        """样本 across it all, then the light of that day."""
        mark = ornament.watermark(self.image.size, font(round(self.image.width / 19)))
        self.image.paste(mark, (0, 0), mark)
        return Specimen(ImageChops.multiply(self.image, _light(self.image.size, self.dice, light)), self.fields)


def wrapped(words: str, size: int, width: int) -> list[str]:
    """Lines of at most `width` pixels, broken between signs as Chinese is: never inside a number, nor before a stop."""
    lines, line = [], ""
    for piece in PIECES.findall(words):
        if line and font(size).getlength(line + piece.rstrip(STOPS)) > width:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line] if line else lines


def _light(size: tuple[int, int], dice: random.Random, depth: int) -> Image.Image:
    """Uneven light, different for every picture: two photographs of one form are never alike."""
    coarse = Image.new("L", (5, 4))
    coarse.putdata([dice.randint(255 - depth, 255) for _spot in range(20)])
    return coarse.resize(size, Image.Resampling.BICUBIC).convert("RGB")

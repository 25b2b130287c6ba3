"""What the fourth set is drawn with: faces, spaced and wrapped lines, labels, seals, patterns, a mock QR code."""

from __future__ import annotations

import functools
import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bench.other_papers import ink

NOTO = Path("/usr/share/fonts/opentype/noto")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
FACES = {
    "sans": (NOTO / "NotoSansCJK-Regular.ttc", 2), "bold": (NOTO / "NotoSansCJK-Bold.ttc", 2),
    "song": (NOTO / "NotoSerifCJK-Regular.ttc", 2), "heavy": (NOTO / "NotoSerifCJK-Bold.ttc", 2),
    "wide": (NOTO / "NotoSansCJK-Regular.ttc", 7), "wide bold": (NOTO / "NotoSansCJK-Bold.ttc", 7),
    "mono": (DEJAVU / "DejaVuSansMono.ttf", 0), "mono bold": (DEJAVU / "DejaVuSansMono-Bold.ttf", 0),
    "latin": (DEJAVU / "DejaVuSerif.ttf", 0),
}  # fmt: skip
BLACK, RED, BLUE = (28, 26, 30), (200, 40, 40), (40, 84, 150)
Colour = tuple[int, int, int]


@functools.cache
def face(name: str, size: int) -> ImageFont.FreeTypeFont:
    """The face, or the project's own one on a machine without it."""
    path, index = FACES[name]
    return ImageFont.truetype(str(path if path.is_file() else ink.OWN), size, index=index if path.is_file() else 0)


class Canvas:
    """A page in the making; lengths are pixels, a place is the left upper corner of the writing."""

    def __init__(self, width: int, height: int, paper: Colour = (252, 251, 246)) -> None:
        self.image = Image.new("RGB", (width, height), paper)
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, words: str, name: str, size: int, colour: Colour = BLACK, gap: float = 0
    ) -> float:
        """Writes one line, `gap` pixels between signs; where it ends."""
        if not gap:
            self.draw.text((x, y), words, colour, face(name, size))
            return x + face(name, size).getlength(words)
        for sign in words:
            self.draw.text((x, y), sign, colour, face(name, size))
            x += face(name, size).getlength(sign) + gap
        return x - gap

    def middle(
        self, x: float, y: float, words: str, name: str, size: int, colour: Colour = BLACK, gap: float = 0
    ) -> None:
        width = face(name, size).getlength(words) + gap * (len(words) - 1)
        self.text(x - width / 2, y, words, name, size, colour, gap)

    def spread(
        self, x: float, y: float, words: str, width: float, name: str, size: int, colour: Colour = BLACK
    ) -> None:
        """A label drawn out to a width, as forms have them: 名　　　称."""
        free = width - face(name, size).getlength(words)
        self.text(x, y, words, name, size, colour, max(free / max(len(words) - 1, 1), 0))

    def block(self, x: float, y: float, words: str, width: float, name: str, size: int, lead: float = 1.45) -> float:
        """Writes a text in as many lines as it takes; where the next line would stand."""
        for line in wrapped(words, width, face(name, size)):
            self.text(x, y, line, name, size)
            y += size * lead
        return y

    def frame(self, inset: int, colour: Colour, thick: int) -> None:
        width, height = self.image.size
        self.draw.rectangle((inset, inset, width - inset, height - inset), outline=colour, width=thick)

    def waves(self, colour: Colour, step: int = 26) -> None:
        """A pale pattern under everything."""
        width, height = self.image.size
        for top in range(0, height, step):
            line = [(x, top + 9 * math.sin(x / 31 + top)) for x in range(0, width, 8)]
            self.draw.line(line, fill=colour, width=1)

    def seal(self, x: float, y: float, radius: int, words: str, dice: random.Random, alpha: int = 150) -> None:
        """A round seal whose middle is (x, y), over whatever stands there."""
        layer = Image.new("RGBA", (2 * radius, 2 * radius))
        draw = ImageDraw.Draw(layer)
        red = (*RED, alpha)
        draw.ellipse((4, 4, 2 * radius - 4, 2 * radius - 4), outline=red, width=max(radius // 22, 3))
        draw.text((radius, radius), "★", red, face("sans", radius // 2), anchor="mm")
        for number, sign in enumerate(words):
            _sign(layer, sign, radius, -2.1 + 4.2 * number / max(len(words) - 1, 1), red)
        turned = layer.rotate(dice.uniform(-25, 25), Image.Resampling.BICUBIC)
        self.image.paste(turned, (int(x - radius), int(y - radius)), turned)

    def across(self, words: str, size: int, angle: float, alpha: int, colour: Colour = (110, 110, 120)) -> None:
        """A sentence right across the page."""
        width, height = self.image.size
        layer = Image.new("RGBA", (2 * width, 2 * width))
        ImageDraw.Draw(layer).text((width, width), words, (*colour, alpha), face("sans", size), anchor="mm")
        turned = layer.rotate(angle, Image.Resampling.BICUBIC)
        self.image.paste(turned, ((width - 2 * width) // 2, (height - 2 * width) // 2), turned)

    def qr(self, x: int, y: int, size: int, dice: random.Random) -> None:
        """Black and white squares that look like a QR code."""
        cell = size // 29
        for row in range(29):
            for column in range(29):
                if dice.random() < 0.5:
                    left, top = x + column * cell, y + row * cell
                    self.draw.rectangle((left, top, left + cell - 1, top + cell - 1), fill=BLACK)
        for left, top in ((x, y), (x + 22 * cell, y), (x, y + 22 * cell)):
            self.draw.rectangle((left, top, left + 7 * cell, top + 7 * cell), fill=(255, 255, 255))
            self.draw.rectangle((left, top, left + 7 * cell - 1, top + 7 * cell - 1), outline=BLACK, width=cell)
            self.draw.rectangle((left + 2 * cell, top + 2 * cell, left + 5 * cell - 1, top + 5 * cell - 1), fill=BLACK)

    def specimen(self, x: float, y: float, size: int) -> None:
        self.text(x, y, "样本", "sans", size, (215, 205, 205))


def _sign(layer: Image.Image, sign: str, radius: int, angle: float, colour: tuple[int, int, int, int]) -> None:
    size = max(radius // 5, 14)
    tile = Image.new("RGBA", (size * 2, size * 2))
    ImageDraw.Draw(tile).text((size, size), sign, colour, face("song", size), anchor="mm")
    tile = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
    reach = radius * 0.76
    x, y = radius + reach * math.sin(angle), radius - reach * math.cos(angle)
    layer.alpha_composite(tile, (max(int(x - size), 0), max(int(y - size), 0)))


def wrapped(words: str, width: float, kind: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for sign in words:
        if kind.getlength(lines[-1] + sign) > width and sign not in "，。；、）":
            lines.append("")
        lines[-1] += sign
    return lines

"""Fonts, spaced and wrapped text, seals, guilloches and mock QR codes: what the layouts are drawn with."""

from __future__ import annotations

import functools
import math
import random
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

import onboarding

OWN = Path(onboarding.__file__).parent / "fonts" / "NotoSansSC-Regular.ttf"
SYSTEM = Path("/usr/share/fonts/opentype/noto")  # Debian's fonts-noto-cjk; the project's own face where it is missing
FACES = {
    "sans": "NotoSansCJK-Regular.ttc",
    "bold": "NotoSansCJK-Bold.ttc",
    "song": "NotoSerifCJK-Regular.ttc",
    "heavy": "NotoSerifCJK-Bold.ttc",
}
SIMPLIFIED = 2  # the face inside each collection
BLACK, RED, GREY = (25, 25, 28), (196, 38, 34), (150, 150, 150)
Colour = tuple[int, int, int]


@functools.cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    path = SYSTEM / FACES[face]
    return (
        ImageFont.truetype(str(path), size, index=SIMPLIFIED) if path.is_file() else ImageFont.truetype(str(OWN), size)
    )


class Sheet:
    """A page in the making; lengths are pixels."""

    def __init__(self, width: int, height: int, paper: Colour = (250, 248, 240)) -> None:
        self.image = Image.new("RGB", (width, height), paper)
        self.draw = ImageDraw.Draw(self.image)
        self.width, self.height = width, height

    def text(
        self, x: float, y: float, words: str, size: int, face: str = "song", fill: Colour = BLACK, gap: float = 0
    ) -> float:
        """Writes one line and returns where it ends; `gap` is laid between the signs."""
        if not gap:
            self.draw.text((x, y), words, font=font(face, size), fill=fill)
            return x + font(face, size).getlength(words)
        for sign in words:
            self.draw.text((x, y), sign, font=font(face, size), fill=fill)
            x += font(face, size).getlength(sign) + gap
        return x - gap

    def centred(
        self, y: float, words: str, size: int, face: str = "song", fill: Colour = BLACK, gap: float = 0
    ) -> None:
        wide = font(face, size).getlength(words) + gap * (len(words) - 1)
        self.text((self.width - wide) / 2, y, words, size, face, fill, gap)

    def justified(
        self, x: float, y: float, words: str, width: float, size: int, face: str = "song", fill: Colour = BLACK
    ) -> None:
        """A label whose signs are spread over the width, as printed forms do: 名　　称."""
        gap = (width - font(face, size).getlength(words)) / max(len(words) - 1, 1)
        self.text(x, y, words, size, face, fill, max(gap, 0.01))

    def wrapped(
        self,
        x: float,
        y: float,
        words: str,
        width: float,
        size: int,
        face: str = "song",
        fill: Colour = BLACK,
        leading: float = 1.45,
    ) -> float:
        """Writes over as many lines as needed and returns the y below the last."""
        for line in lines(words, width, font(face, size)):
            self.draw.text((x, y), line, font=font(face, size), fill=fill)
            y += size * leading
        return y

    def specimen(self, rng: random.Random, size: int = 0) -> None:
        """The mark that no drawn paper may lack: big, pale and askew, behind nothing that is dark."""
        size = size or self.height // 5
        mark = Image.new("RGB", self.image.size, "white")
        at = (self.width * rng.uniform(0.15, 0.6), self.height * rng.uniform(0.3, 0.6))
        ImageDraw.Draw(mark).text(at, "样本", font=font("bold", size), fill=(232, 226, 226))
        self.image.paste(ImageChops.multiply(self.image, mark.rotate(rng.uniform(-20, 20), fillcolor="white")))
        self.text(
            self.width - size * 0.3 * 2 - 20,
            self.height - size * 0.3 - 30,
            "样本",
            max(int(size * 0.2), 16),
            "sans",
            GREY,
        )

    def seal(self, rng: random.Random, x: float, y: float, radius: float, words: str) -> None:
        """A round red seal with a star, inked unevenly over whatever lies there."""
        side = int(radius * 2.2)
        ink = Image.new("RGB", (side, side), "white")
        red = (rng.randint(205, 230), rng.randint(85, 130), rng.randint(85, 130))
        pen, centre = ImageDraw.Draw(ink), side / 2
        pen.ellipse(
            (centre - radius, centre - radius, centre + radius, centre + radius),
            outline=red,
            width=max(int(radius * 0.06), 2),
        )
        pen.polygon(list(star(centre, centre, radius * 0.3)), fill=red)
        ring(ink, words, radius, red)
        self.lay(ink.rotate(rng.uniform(-30, 30), fillcolor="white"), x - side / 2, y - side / 2)

    def lay(self, ink: Image.Image, x: float, y: float) -> None:
        box = (int(x), int(y), int(x) + ink.width, int(y) + ink.height)
        self.image.paste(ImageChops.multiply(self.image.crop(box), ink), box[:2])

    def waves(self, rng: random.Random, colour: Colour, step: int = 14) -> None:
        """Fine wavy lines over the whole page, as on cards and certificates."""
        phase, tall = rng.uniform(0, 6), rng.uniform(6, 14)
        for y in range(-20, self.height + 20, step):
            points = [(x, y + tall * math.sin(x / 70 + phase + y / 90)) for x in range(0, self.width + 12, 12)]
            self.draw.line(points, fill=colour, width=1)

    def qr(self, rng: random.Random, x: int, y: int, side: int, cells: int = 33) -> None:
        """Something that looks like a QR code and says nothing."""
        tiny = Image.new("1", (cells, cells), 1)
        for place in range(cells * cells):
            tiny.putpixel((place % cells, place // cells), rng.getrandbits(1))
        pen = ImageDraw.Draw(tiny)
        for left, top in ((0, 0), (cells - 7, 0), (0, cells - 7)):
            pen.rectangle((left, top, left + 6, top + 6), fill=0)
            pen.rectangle((left + 1, top + 1, left + 5, top + 5), fill=1)
            pen.rectangle((left + 2, top + 2, left + 4, top + 4), fill=0)
        self.image.paste(tiny.resize((side, side)).convert("RGB"), (x, y))

    def frame(self, colour: Colour, margin: int, width: int) -> None:
        self.draw.rectangle((margin, margin, self.width - margin, self.height - margin), outline=colour, width=width)


def lines(words: str, width: float, face: ImageFont.FreeTypeFont) -> list[str]:
    found = [""]
    for sign in words:
        if face.getlength(found[-1] + sign) > width:
            found.append("")
        found[-1] += sign
    return found


def star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    turns = ((math.pi * point / 5 - math.pi / 2, radius if point % 2 == 0 else radius * 0.4) for point in range(10))
    return [(x + far * math.cos(turn), y + far * math.sin(turn)) for turn, far in turns]


def ring(ink: Image.Image, words: str, radius: float, colour: Colour) -> None:
    """The words along the upper rim."""
    size, centre = max(int(radius * 0.24), 8), ink.width / 2
    for place, sign in enumerate(words):
        turn = (place - (len(words) - 1) / 2) * min(0.42, 4.6 / len(words))
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), sign, font=font("bold", size), fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(turn))
        far = radius * 0.78
        at = (int(centre + far * math.sin(turn) - size), int(centre - far * math.cos(turn) - size))
        ink.paste(colour, at, tile)

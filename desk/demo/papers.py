"""Drawn specimen papers, marked 样本 all over: nobody's real document. Each call gives the bytes of a JPEG file."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageDraw, ImageFont

import onboarding

FONT = Path(onboarding.__file__).parent / "fonts" / "NotoSansSC-Regular.ttf"
INK, PAPER, RED, PALE = "#1c2421", "#fdfaf0", "#b3261e", "#d9d2bf"
Rows = Sequence[tuple[str, str]]


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    """The bytes as a browser would send them."""
    return SimpleUploadedFile(name, data, "image/jpeg")


def licence(rows: Rows, seed: int, title: str = "营业执照") -> bytes:
    """A licence or certificate: a frame, a title, labelled rows, a seal."""
    sheet = Image.new("RGB", (1800, 1300), PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((50, 50, 1750, 1250), outline="#b8860b", width=14)
    pen.text((900, 190), title, font=_font(110), fill=INK, anchor="mm")
    for number, (label, value) in enumerate(rows):
        pen.text((190, 320 + 92 * number), label, font=_font(38), fill="#5b4a1f")
        pen.text((560, 316 + 92 * number), value, font=_font(44), fill=INK)
    _seal(pen, 1460, 1040)
    return _marked(sheet, seed)


def card_front(rows: Rows, seed: int) -> bytes:
    """The portrait side of an identity card, with a drawn head."""
    sheet = Image.new("RGB", (1620, 1020), "#eef3f6")
    pen = ImageDraw.Draw(sheet)
    tint = random.Random(seed)  # a picture, no secret
    face = tuple(tint.randint(140, 220) for _channel in range(3))
    pen.rectangle((1120, 180, 1500, 660), fill="#dfe7ea")
    pen.ellipse((1220, 250, 1400, 470), fill=face)
    pen.pieslice((1150, 460, 1470, 860), 180, 360, fill=tuple(channel // 2 for channel in face))
    for number, (label, value) in enumerate(rows):
        pen.text((110, 150 + 118 * number), label, font=_font(40), fill="#3b6ea5")
        pen.text((430, 144 + 118 * number), value, font=_font(50), fill=INK)
    return _marked(sheet, seed)


def card_back(rows: Rows, seed: int) -> bytes:
    """The emblem side, with a drawn disc in place of the emblem."""
    sheet = Image.new("RGB", (1620, 1020), "#f4efe4")
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((150, 120, 420, 390), outline=RED, width=18)
    pen.text((960, 200), "居民身份证", font=_font(96), fill=INK, anchor="mm")
    for number, (label, value) in enumerate(rows):
        pen.text((460, 660 + 110 * number), f"{label}　{value}", font=_font(50), fill=INK)
    return _marked(sheet, seed)


def scene(caption: str, seed: int) -> bytes:
    """A shop as a drawing: blocks of colour that differ from shop to shop, and a sign."""
    dice = random.Random(seed)  # a picture, no secret
    sheet = Image.new("RGB", (1600, 1200), _shade(dice))
    pen = ImageDraw.Draw(sheet)
    for _block in range(14):
        x, y = dice.randint(0, 1500), dice.randint(250, 1100)
        pen.rectangle((x, y, x + dice.randint(120, 500), y + dice.randint(120, 600)), fill=_shade(dice))
    pen.rectangle((120, 60, 1480, 250), fill="#004b53")
    pen.text((800, 155), caption, font=_font(84), fill="#ffffff", anchor="mm")
    return _marked(sheet, seed)


def _light(size: tuple[int, int], seed: int) -> Image.Image:
    """Uneven light, different for every picture: two photographs of one form are never alike."""
    dice = random.Random(seed)  # a picture, no secret
    coarse = Image.new("L", (7, 6))
    coarse.putdata([dice.randint(150, 255) for _spot in range(42)])
    return coarse.resize(size, Image.Resampling.BICUBIC).convert("RGB")


def _shade(dice: random.Random) -> tuple[int, int, int]:
    return dice.randint(70, 240), dice.randint(70, 240), dice.randint(70, 240)


def _seal(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    pen.ellipse((x - 150, y - 150, x + 150, y + 150), outline=RED, width=10)
    pen.text((x, y), "样例章", font=_font(64), fill=RED, anchor="mm")


def _marked(sheet: Image.Image, seed: int) -> bytes:
    """样本 across the sheet, the light of that day over it, then JPEG."""
    mark = Image.new("RGBA", sheet.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(mark)
    for x in range(120, sheet.width, 620):
        for y in range(160, sheet.height, 340):
            pen.text((x, y), "样本", font=_font(90), fill=(179, 38, 30, 46))
    out = io.BytesIO()
    marked = Image.alpha_composite(sheet.convert("RGBA"), mark).convert("RGB")
    ImageChops.multiply(marked, _light(sheet.size, seed)).save(out, "JPEG", quality=86)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)

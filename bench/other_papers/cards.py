"""Resident identity cards: either side alone, and a copy with both sides on one sheet."""

from __future__ import annotations

import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageOps

from bench.other_papers import facts
from bench.other_papers.ink import BLACK, RED, Colour, Sheet

Truth = dict[str, str]
BLUE = (60, 100, 160)
NATIONS = ("汉", "汉", "汉", "回", "满", "壮", "土家", "维吾尔", "哈萨克", "蒙古", "藏")


def front(rng: random.Random) -> tuple[Sheet, Truth]:
    """The portrait side: labels in blue, the day of birth in spaced parts, the address over up to three lines."""
    place, born = rng.choice(facts.PLACES), facts.day(rng, 1958, 2003)
    name, number = facts.person(rng, 0.3), facts.id_number(rng, place[0], born)
    home = facts.address(rng, place, long=rng.random() < 0.3)
    sheet = Sheet(1240, 782, (232, 238, 240))
    sheet.waves(rng, rng.choice(((212, 226, 236), (236, 220, 226))), 11)
    size = rng.choice((38, 41, 44))
    person(sheet, rng, name, born, size)
    address(sheet, rng, home, size)
    foot(sheet, rng, number)
    likeness(sheet, rng)
    sheet.specimen(rng, 150)
    return sheet, {"name": name, "number": number, "birth": born.isoformat(), "address": home}


def person(sheet: Sheet, rng: random.Random, name: str, born: facts.Date, size: int) -> None:
    between, top = rng.choice((0, size * 0.4, size)), rng.randint(70, 100)
    row = rng.randint(92, 108)
    pair(sheet, 80, top, "姓名", facts.printed(rng, name), size, between)
    pair(sheet, 80, top + row, "性别", rng.choice("男女"), size, between)
    pair(sheet, 400, top + row, "民族", rng.choice(NATIONS), size, between)
    x, y = 80.0, top + row * 2
    x = sheet.text(x, y, "出生", int(size * 0.85), "sans", BLUE, between) + 22
    gap = rng.choice((6, 14, 26))
    for value, sign in ((born.year, "年"), (born.month, "月"), (born.day, "日")):
        x = sheet.text(x, y - 2, str(value), size, "sans") + gap
        x = sheet.text(x, y, sign, int(size * 0.85), "sans", BLUE) + gap


def pair(sheet: Sheet, x: float, y: float, label: str, value: str, size: int, between: float) -> None:
    start = sheet.text(x, y, label, int(size * 0.85), "sans", BLUE, between) + 24
    sheet.text(start, y - 2, value, size, "sans")


def address(sheet: Sheet, rng: random.Random, home: str, size: int) -> None:
    start = sheet.text(80, 395, "住址", int(size * 0.85), "sans", BLUE, rng.choice((0, 16, size))) + 24
    sheet.wrapped(start, 392, home, size * rng.choice((11, 12)) + 4, size, "sans", leading=1.35)


def foot(sheet: Sheet, rng: random.Random, number: str) -> None:
    start = sheet.text(80, 660, "公民身份号码", 36, "sans", BLUE, rng.choice((0, 3))) + rng.choice((30, 70))
    sheet.text(start, 655, number, 46, rng.choice(("sans", "bold")), gap=rng.choice((3, 7, 10)))


def likeness(sheet: Sheet, rng: random.Random) -> None:
    """A grey shape where the face would be."""
    pen, shade = sheet.draw, rng.randint(90, 150)
    pen.rectangle((830, 90, 1170, 560), fill=(222, 226, 230))
    pen.ellipse((920, 150, 1080, 360), fill=(shade, shade, shade))
    pen.pieslice((860, 370, 1140, 760), 180, 360, fill=(shade - 30,) * 3)


def back(rng: random.Random) -> tuple[Sheet, Truth]:
    """The emblem side: issuer and period."""
    place, start = rng.choice(facts.PLACES), facts.day(rng, 2008, 2024)
    end = facts.later(start, rng.choice((10, 20, 20)))
    lasting = rng.random() < 0.25
    sheet = Sheet(1240, 782, (236, 236, 230))
    sheet.waves(rng, (226, 214, 220), 12)
    emblem(sheet)
    sheet.text(380, 110, "中华人民共和国", 58, "song", gap=18)
    sheet.text(340, 215, "居民身份证", 92, "heavy", gap=24)
    size = rng.choice((36, 40))
    row(
        sheet,
        560,
        "签发机关",
        place[1] + rng.choice(("公安局" + place[2] + "分局", "公安局", place[2] + "公安分局")),
        size,
    )
    until = "长期" if lasting else f"{end:%Y.%m.%d}"
    row(sheet, 650, "有效期限", f"{start:%Y.%m.%d}{rng.choice(('-', ' - ', '—', '－'))}{until}", size)
    sheet.specimen(rng, 150)
    return sheet, {"valid_until": "long" if lasting else end.isoformat()}


def row(sheet: Sheet, y: float, label: str, value: str, size: int) -> None:
    start = sheet.text(270, y, label, int(size * 0.9), "sans", gap=2) + 34
    sheet.text(start, y - 1, value, size, "sans")


def emblem(sheet: Sheet) -> None:
    sheet.draw.ellipse((80, 80, 290, 290), fill=RED)
    sheet.draw.ellipse((110, 110, 260, 260), fill=(226, 180, 60))
    sheet.draw.ellipse((135, 135, 235, 235), fill=RED)


def both(rng: random.Random) -> tuple[Sheet, Truth]:
    """A copy of both sides on one sheet of A4, grey, with the sentence that shops write on such copies."""
    (portrait, told), (other, also) = front(rng), back(rng)
    sheet, wide = Sheet(1240, 1754, (252, 252, 252)), rng.randint(760, 900)
    first, second = (portrait, other) if rng.random() < 0.6 else (other, portrait)
    for picture, y in ((first, 180), (second, 900)):
        copied = card(picture.image).resize((wide, int(wide * 0.63)), Image.Resampling.LANCZOS)
        sheet.image.paste(copied, (int((1240 - wide) / 2 + rng.randint(-60, 60)), y + rng.randint(-40, 60)))
    if rng.random() < 0.6:
        sheet.text(200, 1600, "仅供办理收款业务使用，他用无效", 36, "song", (70, 70, 70))
    return sheet, told | also


def card(picture: Image.Image) -> Image.Image:
    grey = ImageOps.autocontrast(ImageOps.grayscale(picture)).convert("RGB")
    edge: Colour = BLACK
    ImageDraw.Draw(grey).rectangle((0, 0, grey.width - 1, grey.height - 1), outline=edge, width=3)
    return grey


LAYOUTS: tuple[tuple[str, Callable[[random.Random], tuple[Sheet, Truth]]], ...] = (
    ("ID, front", front),
    ("ID, back", back),
    ("ID, both on a sheet", both),
)

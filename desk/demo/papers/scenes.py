"""Photographs of a shop, drawn: its front, inside, till, stall and street. Colours and goods differ by shop."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from desk.demo.papers.about import About
from desk.demo.papers.sheet import Sheet, Specimen, wrapped

SIZE = (1600, 1200)
SIGNS = ("#0b4f56", "#7c1f2d", "#21406b", "#5a3b78", "#7a4a16", "#1f5a3a", "#2f2f35")
WALLS = ("#d9cfc2", "#cdd5d8", "#dcd6cb", "#cfc5b8", "#e0d9d0")
GOODS = {
    "food": ("#c96f3b", "#e0b15a", "#a84a32", "#f0dfba"),
    "clothes": ("#6d7fb3", "#c98ba0", "#8fae8b", "#d8c6a8"),
    "pharmacy": ("#ffffff", "#bfe0d0", "#7fb8d6", "#e9f2ee"),
    "clinic": ("#ffffff", "#cfe3ea", "#9cc7d4", "#eef5f7"),
    "books": ("#8a3b2e", "#2f5d62", "#c9a24b", "#445e93"),
}
ANY = ("#b5784c", "#6b8f71", "#4f6d8f", "#d0a75a")
RGB = tuple[int, int, int]


def front(about: About, seed: int, title: str = "") -> Specimen:
    """The front with its sign: sky, wall, two windows with goods, a door, the pavement."""
    sheet = Sheet(_sky(seed), seed)
    pen, dice = sheet.pen, random.Random(about.number)
    shift = sheet.dice.randint(-24, 24)
    pen.rectangle((0, 190, 1600, 960), fill=dice.choice(WALLS))
    for row in range(190, 330, 35):
        pen.line((0, row, 1600, row), fill="#b9b0a4", width=2)
    board = dice.choice(SIGNS)
    pen.rectangle((150 + shift, 250, 1450 + shift, 450), fill=board, outline="#20211f", width=6)
    sheet.value("store.sign_name", about.sign, (800 + shift, 350), 120, fill="#fff6df", anchor="mm", bold=2)
    for left in (170, 1010):
        _window(pen, dice, (left + shift, 500, left + 420 + shift, 890), about.trade)
    _door(pen, (640 + shift, 490, 960 + shift, 955))
    for stripe in range(14):
        x = 150 + shift + stripe * 93
        pen.polygon([(x, 450), (x + 93, 450), (x + 84, 512), (x - 9, 512)], fill=board if stripe % 2 else "#f4efe4")
    pen.rectangle((0, 955, 1600, 1200), fill="#9b9a96")
    for x in range(-200, 1800, 160):
        pen.line((x + shift, 1200, 700 + (x + shift) // 8, 957), fill="#8a8985", width=3)
    _plate(sheet, about, (990 + shift, 640))
    return _taken(sheet, title or "门头照")


def _sky(seed: int) -> Image.Image:
    dice = random.Random(seed)  # a picture, no secret
    top, low = dice.choice(
        (((150, 190, 222), (226, 236, 242)), ((190, 196, 202), (228, 228, 226)), ((246, 204, 160), (232, 226, 222)))
    )
    sky = Image.new("RGB", (1, 2))
    sky.putdata([top, low])
    return sky.resize(SIZE, Image.Resampling.BILINEAR)


def _window(pen: ImageDraw.ImageDraw, dice: random.Random, box: tuple[int, int, int, int], trade: str) -> None:
    left, top, right, bottom = box
    pen.rectangle(box, fill="#35454b", outline="#20211f", width=10)
    for shelf in range(top + 130, bottom + 1, 128):
        _goods(pen, dice, (left + 20, shelf - 12, right - 20), trade)
        pen.line((left + 10, shelf - 8, right - 10, shelf - 8), fill="#8d7a62", width=10)
    pen.polygon(
        [(left + 30, top + 20), (left + 110, top + 20), (left + 40, bottom - 20), (left + 12, bottom - 20)],
        fill="#4a5d64",
    )


def _goods(pen: ImageDraw.ImageDraw, dice: random.Random, at: tuple[int, int, int], trade: str) -> None:
    """A row of goods on a shelf: from left to right, standing on `base`."""
    x, base, right = at
    while x < right - 30:
        wide, high = dice.randint(24, 58), dice.randint(46, 96)
        colour = dice.choice(GOODS.get(trade, ANY))
        if trade == "food" and dice.random() < 0.5:
            pen.pieslice((x, base - high, x + wide * 2, base + high // 2), 180, 360, fill=colour)
            x += wide
        else:
            pen.rounded_rectangle((x, base - high, x + wide, base), 6, fill=colour)
            pen.rectangle((x + 4, base - high * 0.6, x + wide - 4, base - high * 0.4), fill="#f7f2e6")
        x += wide + dice.randint(6, 20)


def _door(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    middle = (left + right) // 2
    pen.rectangle(box, fill="#4d6067", outline="#20211f", width=12)
    pen.line((middle, top, middle, bottom), fill="#20211f", width=10)
    for handle in (middle - 30, middle + 22):
        pen.rounded_rectangle((handle, top + 200, handle + 10, top + 320), 5, fill="#d8d2c4")
    pen.polygon(
        [(left + 24, top + 60), (left + 84, top + 60), (left + 40, bottom - 20), (left + 20, bottom - 20)],
        fill="#61767d",
    )


def _plate(sheet: Sheet, about: About, at: tuple[int, int]) -> None:
    """The number of the house beside the door."""
    street = about.address[-14:]
    sheet.pen.rectangle((at[0] - 16, at[1], at[0] + 14, at[1] + 150), fill="#1b4f9c")
    for number, sign in enumerate(street.replace(" ", "")[:6]):
        sheet.text((at[0] - 1, at[1] + 16 + number * 24), sign, 20, "#ffffff", "mm")


def inside(about: About, seed: int, title: str = "") -> Specimen:
    """The room behind the door: floor in perspective, shelves or tables, lamps."""
    sheet = Sheet(Image.new("RGB", SIZE, random.Random(about.number).choice(WALLS)), seed)
    pen, dice = sheet.pen, random.Random(about.number)
    shift = sheet.dice.randint(-30, 30)
    pen.polygon([(0, 1200), (1600, 1200), (1240 + shift, 720), (360 + shift, 720)], fill="#b59a78")
    for x in range(-600, 2300, 170):
        pen.line((x, 1200, 800 + (x - 800) * 0.5 + shift, 720), fill="#9c8262", width=4)
    pen.polygon([(0, 0), (1600, 0), (1240 + shift, 190), (360 + shift, 190)], fill="#f1ede6")
    pen.rectangle((360 + shift, 190, 1240 + shift, 720), fill="#e9e3d8", outline="#c9c0b2", width=4)
    sheet.value("store.sign_name", about.sign, (800 + shift, 262), 64, fill="#4a3a24", anchor="mm", bold=1)
    for shelf in (430, 560, 690):
        _goods(pen, dice, (400 + shift, shelf - 8, 1200 + shift), about.trade)
        pen.rectangle((390 + shift, shelf - 6, 1210 + shift, shelf + 6), fill="#7d6547")
    for x, y, side in ((130, 820, 330), (1130, 820, 330), (560, 880, 400)):
        _table(pen, (x + shift, y, side), about.trade)
    for x in (200, 1400):
        pen.line((x + shift, 60, x + shift, 300), fill="#40382e", width=5)
        pen.pieslice((x - 60 + shift, 280, x + 60 + shift, 400), 180, 360, fill="#e8c66a")
    return _taken(sheet, title or "店内照")


def _table(pen: ImageDraw.ImageDraw, at: tuple[int, int, int], trade: str) -> None:
    x, y, wide = at
    pen.polygon([(x, y + 70), (x + 40, y), (x + wide - 40, y), (x + wide, y + 70)], fill="#8a633c")
    pen.rectangle((x, y + 70, x + wide, y + 96), fill="#70502f")
    for leg in (x + 20, x + wide - 44):
        pen.rectangle((leg, y + 96, leg + 24, y + 270), fill="#5a4026")
    if trade == "food":
        for bowl in (x + 90, x + wide - 170):
            pen.pieslice((bowl, y - 34, bowl + 90, y + 66), 0, 180, fill="#f4f0ea")
            pen.ellipse((bowl, y, bowl + 90, y + 30), fill="#c96f3b")
    else:
        pen.rounded_rectangle(
            (x + 80, y - 40, x + wide - 80, y + 24), 10, fill=random.Random(x).choice(GOODS.get(trade, ANY))
        )


def till(about: About, seed: int, title: str = "") -> Specimen:
    """The counter with a terminal and a board for codes."""
    sheet = Sheet(Image.new("RGB", SIZE, "#d8d0c2"), seed)
    pen, dice = sheet.pen, random.Random(about.number)
    shift = sheet.dice.randint(-40, 40)
    for shelf in (240, 420, 600):
        _goods(pen, dice, (60 + shift, shelf - 8, 1540 + shift), about.trade)
        pen.rectangle((0, shelf - 6, 1600, shelf + 8), fill="#8a7150")
    pen.polygon([(0, 820), (120, 700), (1600, 700), (1600, 820)], fill="#b98a58")
    pen.rectangle((0, 820, 1600, 1200), fill="#8f683f")
    for x in range(0, 1600, 200):
        pen.line((x, 826, x, 1200), fill="#7c5934", width=4)
    left = 330 + shift
    pen.rounded_rectangle((left, 380, left + 250, 800), 28, fill="#2b3136", outline="#14181b", width=6)
    pen.rounded_rectangle((left + 22, 420, left + 228, 640), 10, fill="#d7ecf2")
    sheet.text((left + 125, 500), "请出示付款码", 26, "#1c4f63", "mm")
    sheet.text((left + 125, 570), "¥ 28.00", 44, "#0b2d3a", "mm", 1)
    for key in range(9):
        x, y = left + 40 + key % 3 * 64, 662 + key // 3 * 42
        pen.rounded_rectangle((x, y, x + 46, y + 28), 6, fill="#7d888f")
    pen.rectangle((left + 40, 330, left + 210, 392), fill="#ffffff")
    pen.rounded_rectangle((1000 + shift, 430, 1290 + shift, 790), 18, fill="#ffffff", outline="#2e7d5b", width=8)
    sheet.text((1145 + shift, 480), "扫码支付", 44, "#2e7d5b", "mm", 1)
    _dots(pen, sheet.dice, (1050 + shift, 530), 19, 10)
    sheet.value("store.sign_name", about.sign, (800, 1010), 90, fill="#f6e7c9", anchor="mm", bold=1)
    return _taken(sheet, title or "收银台照")


def _dots(pen: ImageDraw.ImageDraw, dice: random.Random, at: tuple[int, int], count: int, side: int) -> None:
    """Something like a code: it leads nowhere."""
    for row in range(count):
        for column in range(count):
            if dice.random() < 0.5:
                x, y = at[0] + column * side, at[1] + row * side
                pen.rectangle((x, y, x + side - 1, y + side - 1), fill="#1c2421")


def stall(about: About, seed: int, title: str = "") -> Specimen:
    """A stall: umbrella, cart, goods, a board with the name."""
    sheet = Sheet(_sky(seed), seed)
    pen, dice = sheet.pen, random.Random(about.number)
    shift = sheet.dice.randint(-60, 60)
    for x in range(0, 1600, 260):
        pen.rectangle((x + 8, dice.randint(190, 330), x + 240, 840), fill=dice.choice(WALLS))
    pen.rectangle((0, 840, 1600, 1200), fill="#a09c94")
    pen.rectangle((790 + shift, 300, 810 + shift, 700), fill="#5b4630")
    colour = dice.choice(SIGNS)
    for part in range(6):
        shade = colour if part % 2 == 0 else "#f2ead8"
        pen.pieslice((330 + shift, 130, 1270 + shift, 760), 180 + part * 30, 210 + part * 30, fill=shade)
    pen.rectangle((400 + shift, 690, 1200 + shift, 990), fill="#c7a26c", outline="#7d5f38", width=8)
    _goods(pen, dice, (430 + shift, 690, 1170 + shift), about.trade)
    sheet.value("store.sign_name", about.sign, (800 + shift, 840), 96, fill="#4a2f14", anchor="mm", bold=2)
    for wheel in (520, 1080):
        pen.ellipse((wheel - 80 + shift, 930, wheel + 80 + shift, 1090), fill="#3b3b3b")
        pen.ellipse((wheel - 40 + shift, 970, wheel + 40 + shift, 1050), fill="#c9c9c9")
    return _taken(sheet, title or "摊位全景照")


def _taken(sheet: Sheet, title: str) -> Specimen:
    """What the picture shows, in its corner."""
    words = wrapped(f"{title} · 样本", 34, 700)[0]
    sheet.text((1560, 1160), words, 34, "#ffffff", "rd")
    return sheet.done(60)

"""Identity cards as a crop, on a table, both sides on a copied sheet; a bright and a dark bank card."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from bench.other_papers import facts
from bench.other_papers.fourth import damage, words
from bench.other_papers.fourth.canvas import BLACK, BLUE, Canvas

Truth = dict[str, str]
Drawn = tuple[Canvas, Truth]
LABEL = (62, 104, 168)
ACROSS = ("仅供办理收单业务使用", "仅用于商户入网，他用无效", "复印无效 仅供银行开户")
PREFIXES = ("621226", "622262", "622700", "623058", "621700", "622848", "436742", "625956", "621462")
BRANDS = ("中国银行", "中国农业银行", "交通银行", "招商银行", "兴业银行", "平安银行", "浦发银行", "中信银行")


def front(dice: random.Random) -> tuple[Canvas, Truth]:
    """The portrait side, 1012 to 638."""
    at, born = words.place(dice), facts.day(dice, 1955, 2004)
    number = facts.id_number(dice, at.code, born)
    truth = {"name": words.person(dice), "number": number, "birth": f"{born}", "address": words.home(dice, at)}
    card, print_face = Canvas(1012, 638, (226, 236, 242)), dice.choice(("sans", "bold", "song"))
    card.waves((202, 222, 232), 13)
    card.draw.rectangle((664, 92, 940, 440), fill=(206, 214, 222))
    card.draw.ellipse((740, 140, 866, 300), fill=(176, 150, 132))
    card.draw.rectangle((700, 300, 906, 440), fill=(66, 70, 90))
    for y, label in ((72, "姓名"), (150, "性别"), (228, "出生"), (306, "住址")):
        card.text(64, y, label, "sans", 29, LABEL, dice.choice((0, 6)))
    card.text(170, 66, truth["name"], print_face, 38)
    card.text(170, 148, "男" if int(number[16]) % 2 else "女", print_face, 32)
    card.text(280, 150, "民族", "sans", 29, LABEL)
    card.text(370, 148, dice.choice(words.PEOPLES), print_face, 32)
    birth(card, born, print_face)
    card.block(170, 302, truth["address"], 440, print_face, 33, 1.32)
    card.text(64, 552, "公民身份号码", "sans", 29, LABEL)
    card.text(340, 544, number, dice.choice(("mono bold", "bold", "sans")), 40, BLACK, dice.choice((2, 5)))
    card.specimen(880, 24, 28)
    return card, truth


def birth(card: Canvas, born: facts.Date, print_face: str) -> None:
    for x, value, unit in ((170, born.year, "年"), (310, born.month, "月"), (400, born.day, "日")):
        end = card.text(x, 226, f"{value}", print_face, 32)
        card.text(end + 12, 228, unit, "sans", 29, LABEL)


def back(dice: random.Random) -> tuple[Canvas, Truth]:
    """The side with the emblem: issuer and term."""
    at, since = words.place(dice), facts.day(dice, 2008, 2023)
    card, open_end = Canvas(1012, 638, (230, 238, 240)), dice.random() < 0.3
    until = facts.later(since, dice.choice((5, 10, 20)))
    card.waves((206, 224, 226), 17)
    card.draw.ellipse((70, 60, 230, 220), fill=(204, 60, 50))
    card.text(290, 70, "中华人民共和国", "heavy", 62, BLACK, 10)
    card.text(330, 170, "居民身份证", "heavy", 80, BLACK, 26)
    card.text(200, 440, "签发机关", "sans", 30, BLACK)
    card.text(370, 438, at.city + dice.choice(("公安局", f"公安局{at.district.removesuffix('区')}分局")), "song", 33)
    card.text(200, 520, "有效期限", "sans", 30, BLACK)
    dash = dice.choice(("-", "—"))
    card.text(370, 518, f"{since:%Y.%m.%d}{dash}{'长期' if open_end else f'{until:%Y.%m.%d}'}", "song", 33)
    card.specimen(880, 590, 28)
    return card, {"valid_until": "long" if open_end else f"{until}"}


def emblem(dice: random.Random) -> Drawn:
    return back(dice)


def on_table(dice: random.Random) -> Drawn:
    """The card takes a half of the picture; a pen and other things lie beside it."""
    card, truth = front(dice)
    page = Canvas(1800, 1350)
    page.image.paste(damage.table(page.image.size, dice))
    page.draw.rectangle((1500, 60, 1760, 520), fill=(240, 240, 236))
    page.text(1530, 100, "备忘：送水", "sans", 34, (70, 70, 90))
    page.draw.line((120, 1240, 900, 1180), fill=(30, 40, 120), width=22)
    rounded = Image.new("L", card.image.size)
    ImageDraw.Draw(rounded).rounded_rectangle((0, 0, 1011, 637), 36, fill=255)
    turn = dice.uniform(-12, 12)
    laid, mask = (one.rotate(turn, Image.Resampling.BICUBIC, expand=True) for one in (card.image, rounded))
    page.image.paste(laid, (dice.randint(120, 420), dice.randint(180, 420)), mask)
    return page, truth


def sheet(dice: random.Random) -> Drawn:
    """Both sides on one A4 copy, grey, four in ten with a sentence across; the emblem's side above or below."""
    (one, front_truth), (other, back_truth) = front(dice), back(dice)
    sides = [one, other] if dice.random() < 0.7 else [other, one]
    page = Canvas(1240, 1754, (250, 250, 250))
    for side, y in zip(sides, (200, 960), strict=True):
        copied = side.image.convert("L").convert("RGB") if dice.random() < 0.6 else side.image
        page.image.paste(copied.resize((860, 542), Image.Resampling.LANCZOS), (190, y))
    if dice.random() < 0.4:
        page.across(dice.choice(ACROSS), 62, dice.uniform(20, 42), 120)
    page.text(420, 1600, "与原件核对一致", "sans", 34, BLUE)
    return page, front_truth | back_truth


def written_on(dice: random.Random) -> Drawn:
    """The portrait side with a sentence right across what is printed."""
    card, truth = front(dice)
    for shift in range(dice.choice((1, 2))):
        card.across(dice.choice(ACROSS), dice.choice((44, 56)), dice.uniform(8, 36) - 12 * shift, dice.randint(90, 150))
    return card, truth


def bank_card(dice: random.Random) -> Drawn:
    """A bright card: digits stand out in relief, in groups of four."""
    number, bank = pan(dice), dice.choice(BRANDS)
    card = Canvas(1012, 638, dice.choice(((214, 176, 96), (196, 206, 220), (236, 214, 214))))
    card.waves((226, 196, 130), 37)
    card.text(80, 56, bank, "bold", 54, (120, 30, 30))
    card.text(84, 126, "DEBIT CARD 借记卡", "sans", 24)
    card.draw.rounded_rectangle((90, 210, 220, 310), 14, fill=(222, 196, 120), outline=(140, 110, 50), width=3)
    shown, x = grouped(number), 80
    kind = dice.choice(("mono", "mono bold"))
    size = 56 if len(number) == 16 else 48
    for shift, colour in ((3, (120, 108, 80)), (-2, (250, 248, 240)), (0, (70, 62, 50))):
        card.text(x + shift, 350 + shift, shown, kind, size, colour)
    card.text(420, 450, f"VALID THRU {dice.randint(1, 12):02d}/{dice.randint(26, 39)}", "mono", 26)
    card.text(80, 540, dice.choice(("ZHANG SAN", "LI SI", "CARDHOLDER")), "mono", 32)
    card.text(780, 540, "银联 UnionPay", "bold", 30, (20, 60, 120))
    card.specimen(880, 40, 28)
    return card, {"account_number": number, "bank": bank}


def dark_card(dice: random.Random) -> Drawn:
    """A dark card with bright flat digits, in groups or without, hotline and other digits beside them."""
    number, bank = pan(dice), dice.choice(BRANDS)
    card, bright = Canvas(1012, 638, dice.choice(((24, 26, 34), (60, 18, 24), (16, 44, 40)))), (226, 222, 206)
    card.text(90, 70, bank, "heavy", 50, bright)
    card.text(640, 84, "PLATINUM 信用卡", "sans", 30, bright)
    card.draw.rounded_rectangle((90, 200, 214, 296), 12, fill=(196, 186, 150))
    shown = grouped(number) if dice.random() < 0.6 else number
    card.text(90, 370, shown, "sans", 52, bright, dice.choice((1, 4)))
    card.text(90, 460, "月/年 MONTH/YEAR", "sans", 18, bright)
    card.text(300, 452, f"{dice.randint(1, 12):02d}/{dice.randint(26, 39)}", "mono", 28, bright)
    card.text(
        90,
        540,
        f"客服热线 955{dice.randint(10, 99)}　400-{dice.randint(100, 999)}-{dice.randint(1000, 9999)}",
        "sans",
        24,
        bright,
    )
    card.specimen(870, 560, 26)
    return card, {"account_number": number, "bank": bank}


def pan(dice: random.Random) -> str:
    length = dice.choice((16, 19, 19))
    return facts.luhn(dice.choice(PREFIXES) + "".join(dice.choices("0123456789", k=length - 7)))


def grouped(number: str) -> str:
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


LAYOUTS = (
    ("ID portrait, crop", front, "front"), ("ID emblem, crop", emblem, "back"),
    ("ID on a table", on_table, "front"), ("ID, two sides on A4", sheet, "id"),
    ("ID, written across", written_on, "front"),
    ("bank card, relief", bank_card, "card"), ("bank card, dark", dark_card, "card"),
)  # fmt: skip

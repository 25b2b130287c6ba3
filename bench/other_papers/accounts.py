"""Papers of accounts: the permit of before 2019, the printout of after, a bank's letter, a bank card."""

from __future__ import annotations

import random
from collections.abc import Callable

from PIL import Image

from bench.other_papers import facts
from bench.other_papers.ink import BLACK, Sheet

Truth = dict[str, str]
Told = tuple[Sheet, Truth]


def subject(rng: random.Random) -> Truth:
    place = rng.choice(facts.PLACES)
    bank = rng.choice(facts.BANKS).format(place[1].removesuffix("市") + rng.choice(("", "高新区", "人民路", "城东")))
    return {
        "account_name": facts.company(rng, place),
        "account_number": facts.account(rng),
        "bank": bank,
        "legal_representative": facts.person(rng),
        "permit_number": facts.permit(rng),
    }


def permit(rng: random.Random) -> Told:
    """开户许可证: a sentence with the holder inside, then representative, bank and number."""
    it, sheet = subject(rng), Sheet(1500, 1060, (246, 240, 226))
    sheet.waves(rng, (232, 220, 196), 16)
    sheet.frame((150, 60, 50), 30, 8)
    sheet.centred(110, "开户许可证", 84, "heavy", gap=20)
    number = f"{rng.randint(1010, 8910)}-{rng.randrange(10**8):08d}"
    sheet.text(130, 260, "核准号" + rng.choice(("：", ":", " ")) + it["permit_number"], 27, "sans")
    sheet.text(930, 260, "编号：" + number, 27, "sans")
    y = sheet.wrapped(
        130, 350, f"　　经审核，{it['account_name']}符合开户条件，准予开立基本存款账户。", 1240, 33, leading=1.8
    )
    row(sheet, rng, y + 40, "法定代表人（单位负责人）", facts.printed(rng, it["legal_representative"]))
    row(sheet, rng, y + 125, "开户银行", it["bank"])
    row(sheet, rng, y + 210, rng.choice(("账　　号", "账号", "帐 号")), it["account_number"])
    sheet.text(880, 830, "发证机关（盖章）", 30)
    sheet.text(950, 910, facts.written(rng, facts.day(rng, 2008, 2018), 2), 29)
    sheet.seal(rng, 1080 + rng.randint(-80, 80), 800 + rng.randint(-160, 20), 120, "中国人民银行营业管理部")
    sheet.specimen(rng)
    return sheet, it


def row(sheet: Sheet, rng: random.Random, y: float, label: str, value: str) -> None:
    start = sheet.text(190, y, label, 31, "song") + rng.choice((20, 50, 90))
    sheet.text(start, y, value, 31, "song")
    sheet.draw.line((start - 8, y + 46, 1380, y + 46), fill=(120, 110, 100), width=2)


def basic(rng: random.Random) -> Told:
    """基本存款账户信息: a plain printout of labels and values, in a grid or without one."""
    it, sheet, ruled = subject(rng), Sheet(1240, 900, (255, 255, 255)), rng.random() < 0.5
    sheet.centred(90, "基本存款账户信息", 50, "bold", gap=8)
    colon = "" if ruled else rng.choice(("：", ":"))
    rows = [("账户名称", it["account_name"]), ("账户号码", it["account_number"]), ("开户银行", it["bank"])]
    rows += [
        (rng.choice(("法定代表人（单位负责人）", "法定代表人")), facts.printed(rng, it["legal_representative"])),
        ("基本存款账户编号", it["permit_number"]),
    ]
    for place, (name, value) in enumerate(rows):
        y = 230 + place * 92
        sheet.text(110, y, name + colon, 27, "song")
        sheet.text(500, y, value, 27, rng.choice(("song", "sans")))
        if ruled:
            sheet.draw.rectangle((90, y - 26, 1150, y + 66), outline=BLACK, width=2)
            sheet.draw.line((480, y - 26, 480, y + 66), fill=BLACK, width=2)
    sheet.text(700, 735, facts.written(rng, facts.day(rng, 2019, 2025), 0), 26)
    sheet.seal(rng, 880, 700 + rng.randint(-90, 20), 110, "银行业务专用章")
    sheet.specimen(rng)
    return sheet, it


def letter(rng: random.Random) -> Told:
    """A bank's letter: a salutation, a sentence, a short list, the bank's name under it."""
    it, sheet = subject(rng), Sheet(1240, 1500, (255, 254, 250))
    sheet.centred(130, rng.choice(("开户证明", "银行账户证明", "账户信息证明函")), 52, "heavy", gap=12)
    sheet.text(130, 260, "致：有关单位", 29)
    y = (
        sheet.wrapped(
            130,
            330,
            f"　　兹证明{it['account_name']}在我行开立人民币单位结算账户，账户状态正常。具体信息如下：",
            980,
            29,
            leading=1.7,
        )
        + 30
    )
    words = rng.choice(
        (
            ("户名", "账号", "开户行"),
            ("账户名称", "银行账号", "开户行名称"),
            ("单位名称", "人民币账号", "开户网点"),
            ("户　名", "账　号", "开户银行"),
        )
    )
    colon = rng.choice(("：", ":", "： "))
    for label, value in zip(words, (it["account_name"], spaced(rng, it["account_number"]), it["bank"]), strict=True):
        start = sheet.text(190, y, label + colon, 29, "song")
        y = max(sheet.wrapped(start, y, value, 1080 - start, 29), y + 62)
    sheet.text(190, y + 30, "特此证明。", 29)
    sheet.text(620, y + 170, it["bank"][:14], 27)
    sheet.text(700, y + 230, facts.written(rng, facts.day(rng, 2019, 2025), 1), 27)
    sheet.seal(rng, 820, y + rng.randint(60, 190), 120, "业务专用章")
    sheet.specimen(rng)
    return sheet, {name: it[name] for name in ("account_name", "account_number", "bank")}


def spaced(rng: random.Random, number: str) -> str:
    if rng.random() < 0.6:
        return number
    return " ".join(number[place : place + 4] for place in range(0, len(number), 4))


CARD_BANKS = ("中国建设银行", "中国工商银行", "招商银行", "中国农业银行", "中国银行", "交通银行")


def card(rng: random.Random) -> Told:
    """A bank card: groups of four, embossed or printed flat."""
    number, bank = facts.card(rng, rng.choice((16, 19, 19, 19))), rng.choice(CARD_BANKS)
    sheet = Sheet(1200, 756)
    ground(sheet, rng)
    sheet.text(80, 60, bank, 52, "bold", (245, 245, 245))
    sheet.text(860, 75, rng.choice(("储蓄卡", "借记卡", "DEBIT")), 36, "sans", (235, 235, 235))
    sheet.draw.rounded_rectangle((100, 240, 240, 345), 14, fill=(214, 186, 110), outline=(150, 120, 60), width=3)
    shown = " ".join(number[place : place + 4] for place in range(0, len(number), 4))
    digits(sheet, rng, shown)
    sheet.text(540, 520, "月/年 " + f"{rng.randint(1, 12):02d}/{rng.randint(27, 35)}", 30, "sans", (240, 240, 240))
    sheet.text(960, 620, "银联 UnionPay", 30, "bold", (250, 250, 250))
    sheet.text(80, 660, "样本", 28, "sans", (235, 235, 235))
    return sheet, {"account_number": number, "bank": bank}


def ground(sheet: Sheet, rng: random.Random) -> None:
    """A slope between two strong colours."""
    first, last = rng.choice(
        (
            ((20, 60, 140), (40, 120, 190)),
            ((150, 30, 40), (200, 80, 60)),
            ((30, 110, 90), (60, 150, 120)),
            ((70, 70, 80), (120, 120, 130)),
        )
    )
    mask = Image.linear_gradient("L").resize(sheet.image.size)
    sheet.image.paste(Image.composite(Image.new("RGB", mask.size, last), Image.new("RGB", mask.size, first), mask))


def digits(sheet: Sheet, rng: random.Random, shown: str) -> None:
    """Embossed: the light edge above and left, the dark one below and right, silver on top."""
    size = rng.choice((56, 60, 64))
    if rng.random() < 0.6:
        sheet.text(90 + 3, 400 + 3, shown, size, "bold", (15, 15, 20), 3)
        sheet.text(90 - 2, 400 - 2, shown, size, "bold", (255, 255, 255), 3)
    sheet.text(90, 400, shown, size, "bold", rng.choice(((215, 215, 215), (240, 240, 235))), 3)


LAYOUTS: tuple[tuple[str, Callable[[random.Random], Told]], ...] = (
    ("permit", permit),
    ("basic account", basic),
    ("bank letter", letter),
    ("bank card", card),
)

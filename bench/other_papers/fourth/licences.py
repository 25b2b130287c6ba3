"""Six business licences nobody drew before: portrait, landscape, of a stall, of a branch, bilingual, on a phone."""

from __future__ import annotations

import random

from bench.other_papers import facts
from bench.other_papers.fourth import words
from bench.other_papers.fourth.canvas import BLACK, BLUE, RED, Canvas

Truth = dict[str, str]
Drawn = tuple[Canvas, Truth]
Rows = list[tuple[str, str]]


def firm(dice: random.Random, household: bool = False) -> tuple[Truth, Truth, words.Place]:
    """The truth about a firm, how its days are printed, and its place."""
    at, since = words.place(dice), facts.day(dice, 2002, 2023)
    spelled, until = words.term(dice, since)
    truth = {
        "uscc": facts.uscc(dice, at.code, household), "name": words.company(dice, at),
        "legal_representative": words.person(dice),
        "type": dice.choice(words.KINDS), "address": words.address(dice, at), "scope": words.scope(dice),
        "capital": words.capital(dice), "established": f"{since}", "valid_until": until,
    }  # fmt: skip
    return (
        truth,
        {"since": words.said(dice, since), "term": spelled, "given": words.said(dice, facts.later(since, 1))},
        at,
    )


def portrait(dice: random.Random) -> Drawn:
    """The upright one of 2015: emblem, red title, the number under it, labels drawn out to one width."""
    truth, spelled, at = firm(dice)
    page, size = Canvas(1240, 1754, (253, 251, 242)), 34
    page.waves((236, 240, 226))
    page.frame(40, (178, 140, 60), 14)
    page.draw.ellipse((545, 90, 695, 240), fill=(210, 60, 40))
    page.middle(620, 270, "营业执照", "heavy", 92, BLACK, 46)
    y = portrait_number(page, truth, dice)
    rows = [("名称", truth["name"]), ("类型", truth["type"]), ("住所", truth["address"])]
    rows += [
        ("法定代表人", truth["legal_representative"]),
        ("注册资本", truth["capital"]),
        ("成立日期", spelled["since"]),
    ]
    rows += [("营业期限", spelled["term"]), ("经营范围", truth["scope"])]
    for label, value in rows:
        page.spread(130, y, label, 190, "song", size, BLACK)
        y = page.block(370, y, value, 740, dice.choice(("song", "sans")), size) + 26
    page.text(760, 1560, "登记机关", "song", 32, BLACK, 12)
    page.text(800, 1640, spelled["given"], "song", 32)
    page.seal(900, 1540, 120, f"{at.city}市场监督管理局", dice)
    page.text(90, 1690, "企业信用信息公示系统网址： http://www.gsxt.example", "sans", 20)
    page.specimen(100, 1600, 40)
    return page, truth


def portrait_number(page: Canvas, truth: Truth, dice: random.Random) -> float:
    """One code, or the fifteen digits that were in use before: then there is no code on the paper."""
    label, number = dice.choice(("统一社会信用代码", "统一社会信用代码：", "注册号")), truth["uscc"]
    if label == "注册号":
        truth["uscc"], number = "", facts.uscc(dice, "330203")[2:8] + "".join(dice.choices("0123456789", k=9))
    page.text(330, 420, label, "song", 34)
    page.text(640 if label != "注册号" else 500, 418, number, dice.choice(("sans", "mono", "song")), 36)
    page.text(900, 90, "编号 " + "".join(dice.choices("0123456789", k=8)), "sans", 24)
    return 520


def landscape(dice: random.Random) -> Drawn:
    """The broad one since 2019: number on the left, QR code on the right, two columns beneath."""
    truth, spelled, at = firm(dice)
    page, size = Canvas(2000, 1414, (252, 252, 248)), 33
    page.waves((232, 238, 240), 31)
    page.frame(34, (190, 156, 84), 18)
    page.middle(1000, 190, "营业执照", "heavy", 108, BLACK, 70)
    page.text(980, 330, "（副　本）" if dice.random() < 0.6 else "", "song", 40)
    page.text(130, 190, "统一社会信用代码", "bold", 32)
    page.text(130, 244, truth["uscc"], "bold", 38, BLACK, dice.choice((0, 3)))
    page.qr(1640, 110, 203, dice)
    for number, line in enumerate(
        ("扫描二维码登录", "“国家企业信用", "信息公示系统”", "了解更多登记、", "备案、许可、监", "管信息。")
    ):
        page.text(1648, 322 + 24 * number, line, "sans", 20)
    left: Rows = [
        ("名称", truth["name"]),
        ("类型", truth["type"]),
        ("法定代表人", truth["legal_representative"]),
        ("经营范围", truth["scope"]),
    ]
    right: Rows = [
        ("注册资本", truth["capital"]),
        ("成立日期", spelled["since"]),
        ("营业期限", spelled["term"]),
        ("住所", truth["address"]),
    ]
    columns(page, left, 120, 640, size, dice)
    columns(page, right, 1120, 560, size, dice)
    page.text(1240, 1130, "登 记 机 关", "song", 38)
    page.text(1500, 1250, spelled["given"], "song", 34)
    page.seal(1560, 1150, 135, f"{at.city}市场监督管理局", dice)
    page.text(
        130,
        1340,
        "国家企业信用信息公示系统网址：http://www.gsxt.example　市场主体应当于每年1月1日至6月30日报送年度报告",
        "sans",
        20,
    )
    page.specimen(150, 1280, 34)
    return page, truth


def columns(page: Canvas, rows: Rows, x: int, width: int, size: int, dice: random.Random) -> None:
    y: float = 520
    for label, value in rows:
        page.spread(x, y, label, 180, "song", size + 2)
        y = page.block(x + 220, y, value, width, "sans", size, 1.35) + 34


def stall(dice: random.Random) -> Drawn:
    """A household's: no capital, no term; 经营者, 组成形式, 经营场所, 注册日期."""
    truth, spelled, at = firm(dice, household=True)
    truth |= {"name": words.stall(dice, at), "type": "个体工商户", "capital": "", "valid_until": ""}
    page, face_name = Canvas(1754, 1240, (255, 253, 246)), dice.choice(("song", "sans"))
    page.frame(30, (120, 160, 120), 8)
    page.frame(46, (120, 160, 120), 3)
    page.middle(877, 110, "个体工商户营业执照" if dice.random() < 0.5 else "营业执照", "heavy", 76, RED, 20)
    page.text(1180, 220, "（副本）", "song", 32)
    page.text(200, 300, f"统一社会信用代码：{truth['uscc']}", face_name, 34)
    rows = [
        (dice.choice(("名称", "字号名称")), truth["name"]),
        ("类型", truth["type"]),
        ("经营者", truth["legal_representative"]),
    ]
    rows += [("组成形式", dice.choice(("个人经营", "家庭经营"))), ("经营场所", truth["address"])]
    rows += [("注册日期", spelled["since"]), ("经营范围", truth["scope"])]
    y: float = 400
    for label, value in rows:
        end = page.text(200, y, label, face_name, 34, BLACK, 34 if len(label) == 2 else 0)
        page.text(end, y, "：", face_name, 34)
        y = page.block(400, y, value, 1050, face_name, 34) + 18
    page.text(1150, 1060, "登记机关（盖章）", face_name, 30)
    page.text(1180, 1120, spelled["given"], face_name, 30)
    page.seal(1300, 1050, 110, f"{at.district}市场监督管理局", dice)
    page.specimen(240, 1120, 36)
    return page, truth


def branch(dice: random.Random) -> Drawn:
    """A branch's: 负责人, 营业场所, no capital; the seal lies over the values."""
    truth, spelled, at = firm(dice)
    truth |= {
        "name": words.branch(dice, at),
        "capital": "",
        "type": dice.choice(("有限责任公司分公司", "分公司", "股份有限公司分公司(非上市)")),
    }
    page, size = Canvas(1800, 1280, (250, 250, 252)), 32
    page.waves((228, 234, 246), 22)
    page.frame(36, BLUE, 6)
    page.middle(900, 120, "营 业 执 照", "bold", 90)
    page.middle(900, 245, "（分支机构）" if dice.random() < 0.5 else "（副本）", "song", 36)
    page.text(1150, 300, "统一社会信用代码", "song", 28)
    page.text(1150, 340, truth["uscc"], "mono bold", 32)
    pairs: list[tuple[Rows, int]] = [
        ([("名称", truth["name"])], 130), ([("类型", truth["type"]), ("负责人", truth["legal_representative"])], 130),
        ([("成立日期", spelled["since"])], 130), ([("营业期限", spelled["term"])], 130),
        ([("营业场所", truth["address"])], 130), ([("经营范围", truth["scope"])], 130),
    ]  # fmt: skip
    y: float = 420
    for row, x in pairs:
        below = y
        for number, (label, value) in enumerate(row):
            start = x + 900 * number
            page.spread(start, y, label, 4 * size, "heavy", size)
            below = max(below, page.block(start + 180, y, value, 1300 if len(row) == 1 else 560, "song", size))
        y = below + 24
    page.text(1180, 1130, f"登记机关　{spelled['given']}", "song", 28)
    page.seal(dice.randint(900, 1450), dice.randint(600, 1080), 125, f"{at.city}行政审批局", dice, 130)
    page.specimen(160, 1180, 32)
    return page, truth


def bilingual(dice: random.Random) -> Drawn:
    """Chinese labels with English ones under them, values in a table."""
    truth, spelled, at = firm(dice)
    page, size = Canvas(1400, 1900, (254, 254, 250)), 32
    page.middle(700, 90, "营业执照", "bold", 84, RED, 40)
    page.middle(700, 205, "BUSINESS LICENSE", "latin", 40, RED)
    rows = [
        ("统一社会信用代码", "Unified Social Credit Code", truth["uscc"]),
        ("名称", "Name of Enterprise", truth["name"]),
    ]
    rows += [("类型", "Type", truth["type"]), ("法定代表人", "Legal Representative", truth["legal_representative"])]
    rows += [
        ("注册资本", "Registered Capital", truth["capital"]),
        ("成立日期", "Date of Establishment", spelled["since"]),
    ]
    rows += [
        ("营业期限", "Operating Period", spelled["term"]),
        ("住所", "Domicile", truth["address"]),
        ("经营范围", "Business Scope", truth["scope"]),
    ]
    y: float = 310
    for label, english, value in rows:
        page.text(120, y, label, "sans", 32)
        page.text(120, y + 42, english, "latin", 22, (90, 90, 90))
        below = max(page.block(520, y + 4, value, 740, "sans", size, 1.4), y + 76)
        page.draw.line((110, below + 8, 1290, below + 8), fill=(170, 170, 170), width=2)
        y = below + 22
    page.text(800, 1730, "登记机关 Registration Authority", "sans", 24)
    page.text(900, 1780, spelled["given"], "sans", 28)
    page.seal(1000, 1720, 125, f"{at.city}市场监督管理局", dice)
    page.specimen(120, 1820, 30)
    return page, truth


def phone(dice: random.Random) -> Drawn:
    """An electronic licence on a phone's screen: small grey labels, each value beneath its own."""
    truth, spelled, _at = firm(dice)
    page, y = Canvas(1080, 2160, (246, 247, 250)), 390.0
    page.draw.rectangle((0, 0, 1080, 300), fill=(58, 110, 210))
    page.text(40, 20, f"{dice.randint(7, 22)}:{dice.randint(10, 59)}", "sans", 34, (255, 255, 255))
    page.middle(540, 110, "电子营业执照", "bold", 60, (255, 255, 255))
    page.middle(540, 210, "样本　仅供核对", "sans", 30, (220, 230, 255))
    rows = [
        ("企业名称", truth["name"]),
        ("统一社会信用代码", truth["uscc"]),
        ("法定代表人", truth["legal_representative"]),
    ]
    rows += [("类型", truth["type"]), ("注册资本", truth["capital"]), ("成立日期", spelled["since"])]
    rows += [("营业期限", spelled["term"]), ("住所", truth["address"]), ("经营范围", truth["scope"])]
    for label, value in rows:
        page.text(60, y, label, "sans", 30, (120, 124, 132))
        y = page.block(60, y + 44, value, 950, "sans", 38, 1.3) + 34
    page.draw.rectangle((60, 2060, 1020, 2140), fill=(58, 110, 210))
    page.middle(540, 2072, "出示营业执照", "sans", 40, (255, 255, 255))
    return page, truth


LAYOUTS = (
    ("portrait licence", portrait), ("landscape licence", landscape), ("stall licence", stall),
    ("branch licence", branch), ("bilingual licence", bilingual), ("licence on a phone", phone),
)  # fmt: skip

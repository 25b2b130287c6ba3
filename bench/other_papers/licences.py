"""Five business licences: the wide one of 2019, the tall original, a household's, an old style, a printout."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from bench.other_papers import facts
from bench.other_papers.ink import BLACK, GREY, RED, Colour, Sheet

Truth = dict[str, str]
AUTHORITY = "市场监督管理局"
Term = tuple[str, str]  # as printed, as meant: an ISO day, 'long' or nothing


class Business(NamedTuple):
    """What a licence says of a company, printed values beside their meaning."""

    uscc: str
    name: str
    type: str
    person: str
    address: str
    scope: str
    capital: str
    established: facts.Date
    place: tuple[str, str, str]


def business(rng: random.Random) -> Business:
    place = rng.choice(facts.PLACES)
    return Business(
        facts.uscc(rng, place[0]), facts.company(rng, place), rng.choice(facts.COMPANY_TYPES),
        facts.person(rng),
        facts.address(rng, place, long=rng.random() < 0.2), facts.scope(rng), facts.capital(rng),
        facts.day(rng, 1998, 2024),
        place,
    )  # fmt: skip


def term(rng: random.Random, start: facts.Date, form: int) -> Term:
    """The period of business in one of the ways it is printed."""
    end = facts.later(start, rng.choice((10, 20, 30, 50)), less=1)
    first, last = facts.written(rng, start, form), facts.written(rng, end, form)
    return rng.choice((
        ("长期", "long"), (f"{first}至长期", "long"), (f"{first} 至 {last}", end.isoformat()),
        (f"{first}至{last}", end.isoformat()),
        (f"自{first}至{last}", end.isoformat()), (f"自{first}至长期", "long"), (f"{first}至不约定期限", "long"),
    ))  # fmt: skip


def truth(it: Business, valid_until: str, *, capital: bool = True) -> Truth:
    found = {
        "uscc": it.uscc,
        "name": it.name,
        "type": it.type,
        "legal_representative": it.person,
        "address": it.address,
        "scope": it.scope,
    }
    return (
        found
        | {"established": it.established.isoformat(), "valid_until": valid_until}
        | ({"capital": it.capital} if capital else {})
    )


def column(
    sheet: Sheet,
    x: float,
    y: float,
    rows: list[tuple[str, str]],
    *,
    label: float,
    wide: float,
    size: int,
    colour: Colour,
    step: float,
    colon: str = "",
    face: str = "song",
) -> float:
    """Labels spread over one width, each with its value beside it."""
    for name, value in rows:
        sheet.justified(x, y, name, label, size, "song", colour)
        if colon:
            sheet.text(x + label, y, colon, size, "song", colour)
        below = sheet.wrapped(x + label + size * 1.2, y, value, wide, size, face)
        y = max(below, y + step) + size * 0.25
    return y


def wide(rng: random.Random) -> tuple[Sheet, Truth]:
    """2019 and after: two columns without colons, the code at the top left, a QR code at the top right."""
    it, form, sheet = business(rng), rng.randrange(5), Sheet(1680, 1188, (252, 249, 238))
    period, meant = term(rng, it.established, form)
    sheet.waves(rng, (238, 232, 214))
    sheet.frame((190, 150, 70), 26, 10)
    head(sheet, rng, it.uscc)
    left = [("名称", it.name), ("类型", it.type), ("法定代表人", facts.printed(rng, it.person)), ("经营范围", it.scope)]
    right = [
        ("注册资本", it.capital),
        ("成立日期", facts.written(rng, it.established, form)),
        ("营业期限", period),
        ("住所", it.address),
    ]
    size, face = rng.choice((23, 25, 27)), rng.choice(("song", "sans"))
    column(sheet, 110, 400, left, label=size * 5.2, wide=610, size=size, colour=BLACK, step=58, face=face)
    column(sheet, 935, 400, right, label=size * 4.6, wide=490, size=size, colour=BLACK, step=58, face=face)
    foot(sheet, rng, it)
    return sheet, truth(it, meant)


def head(sheet: Sheet, rng: random.Random, code: str) -> None:
    sheet.centred(150, "营业执照", 110, "heavy", gap=26)
    sheet.centred(300, rng.choice(("（副　本）", "（副 本）（1-1）", "（正 本）")), 30)
    sheet.text(90, 105, "统一社会信用代码", 24, "song")
    sheet.text(90, 142, code, 30, rng.choice(("sans", "bold", "song")))
    sheet.qr(rng, 1390, 90, 170)
    sheet.wrapped(1340, 275, "扫描二维码登录“国家企业信用信息公示系统”了解更多登记、备案、许可、监管信息", 270, 17)


def foot(sheet: Sheet, rng: random.Random, it: Business) -> None:
    given = facts.later(it.established, rng.randint(0, 1))
    sheet.text(1010, 940, "登记机关", 28, "song", gap=12)
    sheet.text(1190, 1010, f"{given.year} 年 {given.month:02d} 月 {given.day:02d} 日", 27)
    sheet.seal(
        rng, 1300 + rng.randint(-40, 40), 950 + rng.randint(-150, 10), 120, it.place[1] + it.place[2] + AUTHORITY
    )
    sheet.text(90, 1118, "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn", 17, "song", GREY)
    sheet.text(1120, 1118, "国家市场监督管理总局监制", 17, "song", GREY)
    sheet.specimen(rng)


def tall(rng: random.Random) -> tuple[Sheet, Truth]:
    """The upright original: one column of spread labels, the code in the middle under the title."""
    it, form, sheet = business(rng), rng.choice((0, 1, 2)), Sheet(1240, 1754, (251, 248, 235))
    period, meant = term(rng, it.established, form)
    sheet.waves(rng, (240, 230, 205), 18)
    sheet.frame((170, 120, 60), 40, 14)
    sheet.centred(220, "营业执照", 120, "heavy", gap=40)
    sheet.centred(
        385, rng.choice(("统一社会信用代码 ", "统一社会信用代码：", "统一社会信用代码")) + it.uscc, 30, "sans"
    )
    rows = [
        ("名称", it.name),
        ("类型", it.type),
        ("住所", it.address),
        ("法定代表人", facts.printed(rng, it.person)),
        ("注册资本", it.capital),
    ]
    rows += [("成立日期", facts.written(rng, it.established, form)), ("营业期限", period), ("经营范围", it.scope)]
    size = rng.choice((28, 30, 32))
    column(
        sheet,
        150,
        500,
        rows,
        label=size * 5.5,
        wide=700,
        size=size,
        colour=rng.choice((BLACK, (90, 60, 20))),
        step=70,
        face=rng.choice(("song", "sans")),
    )
    sheet.text(640, 1500, "登 记 机 关", 32)
    sheet.text(760, 1590, facts.written(rng, facts.later(it.established, 1), 2), 30)
    sheet.seal(rng, 880 + rng.randint(-200, 60), 1440 + rng.randint(-160, 60), 150, it.place[1] + AUTHORITY)
    sheet.specimen(rng, 220)
    return sheet, truth(it, meant)


def household(rng: random.Random) -> tuple[Sheet, Truth]:
    """An individual business: its operator, form of composition and place, no capital, no period."""
    it, sheet = business(rng), Sheet(1600, 1130, (250, 247, 240))
    it = it._replace(
        uscc=facts.uscc(rng, it.place[0], household=True), type="个体工商户", name=facts.shop(rng, it.place, it.person)
    )
    sheet.waves(rng, (228, 236, 226))
    sheet.frame(RED, 34, 6)
    sheet.centred(110, "个体工商户营业执照" if rng.random() < 0.3 else "营 业 执 照", 88, "heavy", RED)
    sheet.text(950, 260, "统一社会信用代码" + rng.choice((" ", "：", ": ")) + it.uscc, 25, "sans")
    rows = [
        ("名称", it.name),
        ("类型", it.type),
        ("经营者", facts.printed(rng, it.person)),
        ("组成形式", rng.choice(("个人经营", "家庭经营"))),
    ]
    rows += [
        (rng.choice(("注册日期", "成立日期")), facts.written(rng, it.established)),
        ("经营场所", it.address),
        ("经营范围", it.scope),
    ]
    size, colon = rng.choice((26, 28)), rng.choice(("", "：", ":"))
    column(
        sheet,
        140,
        330,
        rows,
        label=size * 4.4,
        wide=940,
        size=size,
        colour=rng.choice((BLACK, RED)),
        step=60,
        colon=colon,
    )
    sheet.text(1000, 930, "登记机关：", 26)
    sheet.text(1060, 1010, facts.written(rng, facts.later(it.established, 2), 1), 26)
    sheet.seal(rng, 1250, 900 + rng.randint(-120, 60), 115, it.place[1] + it.place[2] + AUTHORITY)
    sheet.specimen(rng)
    return sheet, truth(it, "", capital=False)


def old(rng: random.Random) -> tuple[Sheet, Truth]:
    """Before the reform of 2014 in style, with the code of after: label, colon, value, and periods 自…至…."""
    it, sheet = business(rng), Sheet(1500, 1060, (247, 246, 240))
    start, colon = it.established, rng.choice(("：", ":", "： "))
    end = facts.later(start, 20, less=1)
    period, meant = rng.choice(
        (
            (f"自{facts.written(rng, start, 2)} 至 长期", "long"),
            (f"自{facts.written(rng, start, 1)}至{facts.written(rng, end, 1)}", end.isoformat()),
            (f"自{facts.written(rng, start, 0)}起至{facts.written(rng, end, 0)}止", end.isoformat()),
        )
    )
    sheet.centred(80, "企业法人营业执照" if rng.random() < 0.5 else "营业执照", 76, "heavy", gap=14)
    sheet.centred(180, "(副本)", 26)
    sheet.text(
        160,
        225,
        f"统一社会信用代码/注册号{colon}{it.uscc}" if rng.random() < 0.4 else f"统一社会信用代码{colon}{it.uscc}",
        24,
        "sans",
    )
    rows = [
        ("名　　　称", it.name),
        ("住　　　所", it.address),
        ("法定代表人" + rng.choice(("", "姓名")), facts.printed(rng, it.person)),
    ]
    rows += [
        ("注 册 资 本", it.capital),
        (rng.choice(("公 司 类 型", "企 业 类 型", "类　　　型")), it.type),
        ("经 营 范 围", it.scope),
    ]
    rows += [("成 立 日 期", facts.written(rng, start, 2)), (rng.choice(("营 业 期 限", "经 营 期 限")), period)]
    plain(sheet, rows, colon, rng.choice((24, 26)), 160, 290)
    sheet.text(960, 920, f"{start.year + 1}年{start.month}月 8 日", 26)
    sheet.seal(rng, 1100 + rng.randint(-100, 100), 820 + rng.randint(-180, 60), 110, it.place[1] + "工商行政管理局")
    sheet.specimen(rng)
    return sheet, truth(it, meant)


def plain(sheet: Sheet, rows: list[tuple[str, str]], colon: str, size: int, x: float, y: float) -> None:
    """Each row one sentence: label, colon and value run on; the value hangs below its own start."""
    for name, value in rows:
        start = sheet.text(x, y, name + colon, size, "song")
        y = max(sheet.wrapped(start, y, value, sheet.width - start - 170, size, "song"), y + size * 1.9) + 4


def printout(rng: random.Random) -> tuple[Sheet, Truth]:
    """Printed from the electronic licence: grotesque type, wide gaps, much white; since 2022 without a period."""
    it, form, sheet = business(rng), rng.choice((0, 3)), Sheet(1654, 1170, (255, 255, 255))
    period, meant = term(rng, it.established, form)
    sheet.centred(70, "营业执照", 64, "bold", gap=30)
    sheet.centred(165, "（电子证照打印件）", 22, "sans")
    sheet.qr(rng, 120, 70, 130)
    sheet.text(1050, 225, "统一社会信用代码：", 20, "sans", (90, 90, 90))
    sheet.text(1240, 225, it.uscc, 21, "sans")
    rows = [
        ("名称", it.name),
        ("类型", it.type),
        ("法定代表人", facts.printed(rng, it.person)),
        ("注册资本", it.capital),
        ("成立日期", facts.written(rng, it.established, form)),
    ]
    rows += [("营业期限", period)] if (kept := rng.random() < 0.5) else []
    rows += [("住所", it.address), ("经营范围", it.scope)]
    airy(sheet, rows, rng.choice(("", "：")))
    sheet.text(1050, 1010, "登记机关：" + it.place[1] + AUTHORITY, 21, "sans")
    sheet.text(1050, 1050, facts.written(rng, facts.later(it.established, 1), 1), 21, "sans")
    sheet.seal(rng, 1260, 1000, 95, it.place[1] + AUTHORITY)
    sheet.specimen(rng)
    return sheet, truth(it, meant if kept else "")


def airy(sheet: Sheet, rows: list[tuple[str, str]], colon: str) -> None:
    y = 310.0
    for name, value in rows:
        sheet.text(180, y, name + colon, 22, "sans", (90, 90, 90))
        y = max(sheet.wrapped(480, y, value, 960, 22, "sans", leading=1.7), y + 66) + 6


LAYOUTS: tuple[tuple[str, Callable[[random.Random], tuple[Sheet, Truth]]], ...] = (
    ("licence, two columns", wide), ("licence, tall original", tall), ("licence, household", household),
    ("licence, old style", old),
    ("licence, printout", printout),
)  # fmt: skip

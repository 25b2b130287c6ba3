"""Licences in three layouts and the certificate of an institution."""

from __future__ import annotations

import functools

from PIL import Image

from desk.demo.papers import ornament
from desk.demo.papers.about import About, written
from desk.demo.papers.sheet import LABEL, Sheet, Specimen

LANDSCAPE, PORTRAIT = (1800, 1290), (1280, 1800)
GOLD = "#b08a3c"
CAPITALS = ("叁拾万元整", "伍拾万元整", "壹佰万元整", "贰佰万元整")
NOTE = "样本 SPECIMEN　本图由演示程序绘制，不是真实证照，不具有任何效力"
Column = list[tuple[str, str, str]]  # label, name of the field, value


@functools.cache
def _base(size: tuple[int, int]) -> Image.Image:
    return ornament.framed(size, "#fdfaf0", "#efe6cf", GOLD)


def licence(about: About, seed: int) -> Specimen:
    """The layout of today: wide, rosette on top, code at the left, square code at the right, two columns."""
    sheet = Sheet(_base(LANDSCAPE), seed)
    ornament.rosette(sheet.pen, (900, 205), 92, "#c0392b", 16)
    sheet.text((900, 385), "营业执照", 118, anchor="mm", bold=3)
    sheet.text((900, 482), "（副　本）", 36, anchor="mm")
    sheet.text((160, 196), "统一社会信用代码", 34, LABEL)
    sheet.value("merchant.uscc", about.uscc, (160, 246), 40, bold=1)
    sheet.image.paste(ornament.qr(f"SPECIMEN {about.uscc}", 190), (1450, 180))
    sheet.text((1545, 392), "样本二维码", 24, LABEL, "mm")
    _column(sheet, 170, 545, 640, _left(about))
    _column(sheet, 1010, 545, 530, _right(about))
    _signed(sheet, (1440, 1085), about)
    sheet.text((900, 1182), NOTE, 24, LABEL, "mm")
    return sheet.done()


def _left(about: About) -> Column:
    return [
        ("名称", "merchant.name", about.name),
        ("类型", "licence.type", "有限责任公司（自然人独资）"),
        ("法定代表人", "person.name", about.person),
        ("经营范围", "merchant.scope", about.scope + "。（依法须经批准的项目，经批准后方可开展经营活动）"),
    ]


def _right(about: About) -> Column:
    return [
        ("注册资本", "licence.capital", CAPITALS[about.number % len(CAPITALS)]),
        ("成立日期", "merchant.established_on", written(about.founded)),
        ("营业期限", "merchant.valid_until", "长期"),
        ("住所", "merchant.registered_address", about.address),
    ]


def _column(sheet: Sheet, x: int, y: int, width: int, rows: Column, step: int = 96) -> None:
    """Labels spread over five signs, values beside them; a long value pushes the rest down."""
    for label, name, value in rows:
        sheet.spread((x, y), label, 34, 176)
        below = sheet.value(name, value, (x + 212, y - 2), 36, width=width - 70)
        y = max(y + step, below + 26)


def _signed(sheet: Sheet, at: tuple[int, int], about: About) -> None:
    """Who issued it and when, under the seal."""
    office = f"{about.city}市场监督管理局"
    sheet.text((at[0] - 230, at[1] - 66), "登记机关", 34, LABEL)
    sheet.value("licence.issued_on", written(about.founded), (at[0] - 60, at[1] + 8), 36)
    sheet.seal((at[0] + 62, at[1] - 22), office, radius=142)


def upright(about: About, seed: int) -> Specimen:
    """The older upright layout: code under the title, every label in one column."""
    sheet = Sheet(_base(PORTRAIT), seed)
    ornament.rosette(sheet.pen, (640, 225), 100, "#c0392b", 16)
    sheet.text((640, 430), "营业执照", 128, anchor="mm", bold=3)
    sheet.text((640, 530), "（副　本）", 36, anchor="mm")
    sheet.text((410, 606), "统一社会信用代码", 32, LABEL, "ra")
    sheet.value("merchant.uscc", about.uscc, (430, 603), 36, bold=1)
    first, capital, *others = [*_left(about)[:3], *_right(about), _left(about)[3]]
    _column(sheet, 170, 720, 800, [first, capital, others[4], others[0], *others[1:4], others[5]], 88)
    sheet.image.paste(ornament.qr(f"SPECIMEN {about.uscc}", 170), (170, 1480))
    _signed(sheet, (890, 1570), about)
    sheet.text((640, 1690), NOTE, 24, LABEL, "mm")
    return sheet.done()


def household(about: About, seed: int) -> Specimen:
    """The licence of an individual household: an operator instead of a representative, no capital."""
    sheet = Sheet(ornament.framed(LANDSCAPE, "#fbf8f1", "#e6ead6", "#7c8f4a"), seed)
    ornament.rosette(sheet.pen, (900, 200), 86, "#c0392b", 16)
    sheet.text((900, 370), "营业执照", 112, anchor="mm", bold=3)
    sheet.text((900, 462), "（个体工商户　副本）", 34, anchor="mm")
    sheet.text((160, 196), "统一社会信用代码", 34, LABEL)
    sheet.value("merchant.uscc", about.uscc, (160, 246), 40, bold=1)
    sheet.image.paste(ornament.qr(f"SPECIMEN {about.uscc}", 190), (1450, 180))
    rows = [("名称", "merchant.name", about.name), ("类型", "licence.type", "个体工商户")]
    rows += [("经营者", "person.name", about.person), ("组成形式", "licence.form", "个人经营")]
    _column(sheet, 170, 545, 640, rows)
    rows = [("注册日期", "merchant.established_on", written(about.founded))]
    rows += [("经营场所", "merchant.registered_address", about.address), ("经营范围", "merchant.scope", about.scope)]
    _column(sheet, 1010, 545, 530, rows)
    _signed(sheet, (1440, 1085), about)
    sheet.text((900, 1182), NOTE, 24, LABEL, "mm")
    return sheet.done()


def certificate(about: About, seed: int) -> Specimen:
    """The certificate of a public institution or a social organisation."""
    title = {"institution": "事业单位法人证书", "government": "统一社会信用代码证书"}.get(
        about.type, "民办非企业单位登记证书"
    )
    sheet = Sheet(ornament.framed(LANDSCAPE, "#f6faf7", "#d5e6dc", "#2e7d5b"), seed)
    sheet.text((900, 250), title, 88, anchor="mm", bold=2)
    sheet.text((900, 338), "（副　本）", 34, anchor="mm")
    sheet.text((640, 410), "统一社会信用代码", 34, LABEL)
    sheet.value("merchant.uscc", about.uscc, (940, 406), 40, bold=1)
    rows = [("名称", "merchant.name", about.name), ("宗旨和范围", "merchant.scope", about.scope)]
    rows += [("住所", "merchant.registered_address", about.address), ("法定代表人", "person.name", about.person)]
    _column(sheet, 170, 520, 640, rows)
    rows = [("经费来源", "licence.funds", "财政补助收入、事业收入"), ("开办资金", "licence.capital", "捌拾万元整")]
    rows += [("举办单位", "licence.owner", f"{about.city}{about.district}人民政府（样本）")]
    rows += [
        ("设立日期", "merchant.established_on", written(about.founded)),
        ("有效期", "merchant.valid_until", "长期"),
    ]
    _column(sheet, 1010, 520, 530, rows)
    _signed(sheet, (1440, 1110), about)
    sheet.text((760, 1190), NOTE, 24, LABEL, "mm")
    return sheet.done()

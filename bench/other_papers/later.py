"""Three further layouts, drawn after the readers had learned from the twelve others.

The register's page about a branch and a bank's receipt, both with two pairs of label and value in a row, and an
identity card whose copy bears a sentence across it. Two faults that they showed were mended since: see bench/README.md.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from PIL import Image, ImageChops, ImageDraw

from bench.other_papers import accounts, cards, facts, licences
from bench.other_papers.ink import BLACK, Sheet, font

Truth = dict[str, str]
Told = tuple[Sheet, Truth]
BLUE = (40, 70, 120)


def extract(rng: random.Random) -> Told:
    """The register's own page about a branch, printed from a browser: pairs of label and value, two in a row."""
    it, sheet = licences.business(rng), Sheet(1500, 980, (255, 255, 255))
    it = it._replace(name=it.name + rng.choice(("第一分公司", "城东分公司")), type="有限责任公司分公司")
    end = facts.later(it.established, 20, less=1)
    sheet.text(90, 60, "企业信用信息公示报告", 46, "bold", BLUE)
    sheet.draw.line((90, 140, 1410, 140), fill=BLUE, width=3)
    sheet.text(90, 165, "营业执照信息", 30, "bold")
    pairs = [
        ("统一社会信用代码", it.uscc, "企业名称", it.name),
        ("类型", it.type, "负责人", facts.printed(rng, it.person)),
    ]
    lasting = rng.random() < 0.5
    start, until = facts.written(rng, it.established, 0), "" if lasting else facts.written(rng, end, 0)
    pairs += [("成立日期", start, "登记机关", it.place[1] + it.place[2] + licences.AUTHORITY)]
    pairs += [("营业期限自", start, "营业期限至", until or "长期")]
    y = in_pairs(sheet, pairs, 240, rng.choice(("：", ":", " ：")))
    for label, value in (("营业场所", it.address), ("经营范围", it.scope)):
        y = sheet.wrapped(sheet.text(90, y, label + "：", 25, "sans", (80, 80, 80)), y, value, 1150, 25, "sans") + 24
    sheet.seal(rng, 1200, 820, 100, it.place[1] + licences.AUTHORITY)
    sheet.specimen(rng, 160)
    return sheet, licences.truth(it, "long" if lasting else end.isoformat(), capital=False)


def in_pairs(sheet: Sheet, rows: list[tuple[str, str, str, str]], y: float, colon: str) -> float:
    for first, one, second, other in rows:
        start = sheet.text(90, y, first + colon, 25, "sans", (80, 80, 80))
        sheet.text(start, y, one, 25, "sans")
        start = sheet.text(720, y, second + colon, 25, "sans", (80, 80, 80))
        y = max(sheet.wrapped(start, y, other, 1440 - start, 25, "sans"), y + 46) + 16
    return y


def receipt(rng: random.Random) -> Told:
    """A bank's receipt for a new account: a ruled grid with two pairs of label and value in each row."""
    it, sheet = accounts.subject(rng), Sheet(1600, 900, (252, 252, 250))
    sheet.centred(70, "单位银行结算账户开户回单", 46, "song", gap=6)
    rows = [("户名", it["account_name"], "账号", it["account_number"]), ("开户行", it["bank"], "币种", "人民币")]
    rows += [
        (
            "账户性质",
            rng.choice(("基本存款账户", "一般存款账户")),
            "法定代表人",
            facts.printed(rng, it["legal_representative"]),
        )
    ]
    rows += [("核准号", it["permit_number"], "开户日期", facts.written(rng, facts.day(rng, 2012, 2024), 3))]
    edges, tall = (70, 230, 880, 1050, 1530), 110
    for place, row in enumerate(rows):
        y = 200 + place * tall
        for at, words in enumerate(row):
            sheet.draw.rectangle((edges[at], y, edges[at + 1], y + tall), outline=BLACK, width=2)
            room = edges[at + 1] - edges[at] - 30
            high = len(words) * 26 > room and at % 2
            sheet.wrapped(edges[at] + 15, y + (22 if high else 38), words, room, 26, "song", leading=1.4)
    sheet.text(90, 720, "经办：0217　　复核：0135　　打印时间：2024-05-11 10:22:31", 22, "sans", (90, 90, 90))
    sheet.seal(rng, 1250 + rng.randint(-150, 80), 700 + rng.randint(-60, 20), 105, "会计业务专用章")
    sheet.specimen(rng, 150)
    return sheet, it


def marked(rng: random.Random) -> Told:
    """The portrait side of a card with the owner's sentence written across it in grey."""
    sheet, truth = cards.front(rng)
    words = rng.choice(("仅供办理收款业务使用", "仅限开通商户使用 他用无效", "复印件与原件一致 仅供审核"))
    mark = Image.new("RGB", (1700, 1700), "white")
    for row in range(0, 1700, rng.choice((240, 320))):
        ImageDraw.Draw(mark).text((row % 200, row), f"{words}　　{words}", font=font("sans", 40), fill=(168, 168, 176))
    mark = mark.rotate(rng.uniform(18, 34), fillcolor="white").crop((200, 400, 200 + sheet.width, 400 + sheet.height))
    sheet.image.paste(ImageChops.multiply(sheet.image, mark))
    return sheet, truth


Layout = tuple[str, Callable[[random.Random], Told], str]
LAYOUTS: tuple[Layout, ...] = (
    ("register extract", extract, "licence"),
    ("account receipt", receipt, "account"),
    ("ID, marked copy", marked, "front"),
)

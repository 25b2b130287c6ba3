"""Papers about a firm's account: the old opening permit, the sheet that came after it, a bank's letter."""

from __future__ import annotations

import random

from bench.other_papers import facts
from bench.other_papers.fourth import words
from bench.other_papers.fourth.canvas import BLACK, Canvas

Truth = dict[str, str]
Drawn = tuple[Canvas, Truth]


def holder(dice: random.Random) -> tuple[Truth, words.Place]:
    at = words.place(dice)
    return {
        "account_name": words.company(dice, at), "account_number": facts.account(dice), "bank": words.bank(dice, at),
        "legal_representative": words.person(dice), "permit_number": facts.permit(dice),
    }, at  # fmt: skip


def opening_permit(dice: random.Random) -> Drawn:
    """开户许可证: a sentence that names the firm, then three lines; a number of the form beside the approval's."""
    truth, at = holder(dice)
    page, face = Canvas(1654, 1169, (252, 250, 240)), dice.choice(("song", "sans"))
    page.waves((238, 232, 214), 19)
    page.frame(44, (170, 120, 90), 10)
    page.middle(827, 110, "开户许可证", "heavy", 84, BLACK, 34)
    page.text(150, 280, f"核准号：{truth['permit_number']}", face, 32)
    page.text(1050, 280, f"编号：{dice.randint(1000, 9999)}-{dice.randint(10**7, 10**8 - 1)}", face, 32)
    y = page.block(
        150, 370, f"　　经审核，{truth['account_name']}符合开户条件，准予开立基本存款账户。", 1340, face, 36, 1.7
    )
    rows = [
        ("法定代表人（单位负责人）", truth["legal_representative"]),
        ("开户银行", truth["bank"]),
        ("账　　号", truth["account_number"]),
    ]
    for label, value in rows:
        end = page.text(150, y + 20, label, face, 36)
        page.text(max(end + 30, 380), y + 20, value, face, 36)
        y += 84
    page.text(1000, 960, "发证机关（盖章）", face, 32)
    page.text(1040, 1030, words.said(dice, facts.day(dice, 2008, 2018)), face, 32)
    page.seal(1180, 950, 115, f"中国人民银行{at.short}中心支行", dice)
    page.specimen(160, 1040, 36)
    return page, truth


def basic_account(dice: random.Random) -> Drawn:
    """基本存款账户信息: labels and values in one column, the approval's number is called by another name."""
    truth, at = holder(dice)
    page = Canvas(1240, 1754, (253, 253, 253))
    page.middle(620, 160, "基本存款账户信息", "bold", 62)
    rows = [
        (dice.choice(("账户名称", "户名", "户　　名")), truth["account_name"]),
        (dice.choice(("账户号码", "账号")), truth["account_number"]),
    ]
    rows += [
        (dice.choice(("开户银行", "开户行名称")), truth["bank"]),
        ("法定代表人（单位负责人）", truth["legal_representative"]),
    ]
    rows += [("基本存款账户编号", truth["permit_number"])]
    y, ruled = 360.0, dice.random() < 0.5
    for label, value in rows:
        page.text(110, y, label + dice.choice(("：", "")), "song", 31)
        below = page.block(540, y, value, 590, "song", 33) + 36
        if ruled:
            page.draw.line((90, below - 10, 1150, below - 10), fill=(90, 90, 90), width=2)
        y = below + 14
    page.text(760, y + 180, words.said(dice, facts.day(dice, 2019, 2024)), "song", 32)
    page.seal(880, y + 150, 125, truth["bank"][:14], dice)
    page.text(110, 1600, "本信息由银行打印，仅供核对使用。样本", "sans", 24)
    return page, truth


def letter(dice: random.Random) -> Drawn:
    """A bank's proof in a table with two pairs to a line; no permit on it, no representative."""
    truth, _at = holder(dice)
    truth |= {"legal_representative": "", "permit_number": ""}
    page = Canvas(1654, 1100, (255, 255, 255))
    page.middle(827, 90, "单位银行结算账户开户证明", "bold", 54)
    cells = [
        ("户名", truth["account_name"], "账户性质", "基本存款账户"),
        ("账号", truth["account_number"], "币种", "人民币"),
    ]
    cells += [("开户行", truth["bank"], "状态", "正常")]
    for number, (label, value, other, word) in enumerate(cells):
        y = 240 + 130 * number
        page.draw.rectangle((100, y, 1554, y + 130), outline=BLACK, width=2)
        page.text(125, y + 42, label, "sans", 32, BLACK, 12)
        page.block(310, y + (42 if len(value) < 23 else 18), value, 730, "sans", 32, 1.3)
        page.text(1090, y + 42, other, "sans", 30)
        page.text(1290, y + 42, word, "sans", 30)
    page.text(120, 700, "兹证明上述账户在我行开立，特此证明。", "sans", 32)
    page.text(1080, 820, f"打印日期：{words.said(dice, facts.day(dice, 2020, 2024))}", "sans", 28)
    page.text(120, 820, f"流水号：{dice.randint(10**11, 10**12 - 1)}", "sans", 28)
    page.seal(1200, dice.randint(480, 760), 115, "业务专用章（样本）", dice)
    return page, truth


LAYOUTS = (
    ("opening permit, sentence", opening_permit),
    ("basic account sheet", basic_account),
    ("account letter", letter),
)

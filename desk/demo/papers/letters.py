"""Upright pages: account papers, letters, leases; and the wide permits of a trade."""

from __future__ import annotations

import datetime

from desk.demo.papers import ornament
from desk.demo.papers.about import About, written
from desk.demo.papers.licences import GOLD, LANDSCAPE, NOTE, _column
from desk.demo.papers.sheet import LABEL, RED, Sheet, Specimen

A4 = (1280, 1800)
SIGNED = datetime.date(2026, 9, 1)
PERMITS = {  # trade -> title, label of what is allowed, what is allowed
    "food": ("食品经营许可证", "经营项目", "热食类食品制售；预包装食品销售；自制饮品制售"),
    "pharmacy": ("药品经营许可证", "经营范围", "中成药；化学药制剂；生物制品（零售）"),
    "clinic": ("医疗机构执业许可证", "诊疗科目", "全科医疗科；口腔科；中医科"),
    "hotel": ("特种行业许可证", "经营项目", "旅馆业"),
    "tobacco": ("烟草专卖零售许可证", "许可范围", "卷烟、雪茄烟零售"),
}
PERMIT = ("行业许可证", "许可项目", "经营范围内须经许可的项目")


def permit(about: About, seed: int) -> Specimen:
    """A permit of the shop's trade."""
    title, allowed, items = PERMITS.get(about.trade, PERMIT)
    sheet = Sheet(ornament.framed(LANDSCAPE, "#f8f6fb", "#e0dbec", "#6a5a96"), seed)
    sheet.text((900, 240), title, 96, anchor="mm", bold=2)
    sheet.text((560, 340), "许可证编号", 34, LABEL)
    sheet.value("permit.number", f"YB{about.number:05d}{31011500000 + about.number * 37}", (780, 336), 38, bold=1)
    left = [("经营者名称", "merchant.name", about.name), ("信用代码", "merchant.uscc", about.uscc)]
    left += [("负责人", "person.name", about.person), ("经营场所", "store.address", about.address)]
    _column(sheet, 170, 470, 640, [row for row in left if row[2]])
    _column(
        sheet, 1010, 470, 530, [(allowed, "permit.items", items), ("有效期至", "permit.valid_until", "2029年08月31日")]
    )
    sheet.text((1180, 1010), "发证机关", 34, LABEL)
    sheet.value("permit.issued_on", written(SIGNED), (1340, 1090), 36)
    sheet.seal((1470, 1060), f"{about.city}行政审批局")
    sheet.text((760, 1190), NOTE, 24, LABEL, "mm")
    return sheet.done()


def account_proof(about: About, seed: int) -> Specimen:
    """What a bank prints about a firm's basic account."""
    sheet = Sheet(ornament.woven(A4, "#fdfdfb", "#eef1ee", 60, 40), seed)
    sheet.text((640, 240), "基本存款账户信息", 72, anchor="mm", bold=2)
    sheet.pen.line((150, 330, 1130, 330), fill=GOLD, width=4)
    rows = [("账户名称", "settlement.holder", about.name), ("账户号码", "settlement.number", about.account)]
    rows += [
        ("开户银行", "settlement.bank", f"{about.bank}{about.city}支行"),
        ("法定代表人", "person.name", about.person),
    ]
    rows += [("基本存款账户编号", "settlement.permit", f"J2900{about.number:09d}")]
    for line, (label, name, value) in enumerate(rows):
        y = 420 + 150 * line
        sheet.pen.rectangle((150, y, 1130, y + 150), outline="#8c9a90", width=3)
        sheet.pen.line((480, y, 480, y + 150), fill="#8c9a90", width=3)
        sheet.text((315, y + 75), label, 34, LABEL, "mm")
        sheet.value(name, value, (520, y + 50), 38, width=590)
    sheet.text((590, 1400), f"打印日期　{written(SIGNED)}", 34)
    sheet.seal((900, 1360), f"{about.bank}{about.city}支行", "业务专用（样本）", 165)
    sheet.text((640, 1700), NOTE, 24, LABEL, "mm")
    return sheet.done()


def opening_permit(about: About, seed: int) -> Specimen:
    """The older permit of an account: a sentence inside a frame."""
    sheet = Sheet(ornament.framed(LANDSCAPE, "#f4faf8", "#d2e8e2", "#1f7a6d"), seed)
    sheet.text((900, 250), "开户许可证", 110, anchor="mm", bold=3)
    sheet.text((170, 380), "核准号", 34, LABEL)
    sheet.value("settlement.permit", f"J2900{about.number:09d}", (310, 376), 38)
    sheet.text((170, 490), "经审核，", 40)
    below = sheet.value("settlement.holder", about.name, (330, 490), 40, width=1200)
    sheet.text((170, below + 30), "符合开户条件，准予开立基本存款账户。", 40)
    rows = [
        ("法定代表人", "person.name", about.person),
        ("开户银行", "settlement.bank", f"{about.bank}{about.city}支行"),
    ]
    _column(sheet, 170, below + 170, 1400, [*rows, ("账号", "settlement.number", about.account)])
    sheet.text((1200, 1080), written(SIGNED), 36)
    sheet.seal((1420, 1030), f"{about.bank}{about.city}分行", "账户管理（样本）")
    sheet.text((760, 1190), NOTE, 24, LABEL, "mm")
    return sheet.done()


def letter(about: About, seed: int, title: str) -> Specimen:
    """A letter of the merchant under any title, with signature and seal."""
    sheet = Sheet(ornament.woven(A4, "#fefefc", "#f2f2ee", 90, 30), seed)
    sheet.text((640, 240), title[:16], 64, anchor="mm", bold=2)
    body = f"　　{about.name}（统一社会信用代码 {about.uscc or '无'}）就办理银行卡收单入网事宜，出具本《{title}》。"
    below = sheet.value("letter.first", body, (150, 400), 38, width=980)
    body = f"　　负责人{about.person}确认：所提交的材料真实、完整、有效，"
    body += f"经营地址为{about.address}，对外店名为“{about.sign}”。"
    below = sheet.value("letter.second", body, (150, below + 30), 38, width=980)
    sheet.value("letter.third", "　　以上内容如有变更，将在三日内告知。特此说明。", (150, below + 30), 38, width=980)
    _hand(sheet, (760, 1190), "负责人", about.person)
    sheet.text((760, 1330), written(SIGNED), 38)
    if about.uscc:
        sheet.seal((900, 1270), about.name, radius=160)
    sheet.text((640, 1700), NOTE, 24, LABEL, "mm")
    return sheet.done()


def _hand(sheet: Sheet, at: tuple[int, int], label: str, name: str) -> None:
    """A signature on its line."""
    sheet.text(at, f"{label}：", 38)
    sheet.text((at[0] + 170, at[1] - 14), name, 58, "#22336b")
    sheet.pen.line((at[0] + 160, at[1] + 62, at[0] + 420, at[1] + 58), fill="#22336b", width=3)


def lease(about: About, seed: int) -> Specimen:
    """First page of a lease, with both seals."""
    sheet = Sheet(ornament.woven(A4, "#fdfcf8", "#f1eee6", 90, 30), seed)
    sheet.text((640, 200), "房屋租赁合同", 72, anchor="mm", bold=2)
    sheet.text((1130, 270), f"合同编号：YB-2026-{about.number:04d}", 28, LABEL, "ra")
    sheet.text((150, 340), "出租方（甲方）：虚构市样例物业管理有限公司", 36)
    sheet.text((150, 406), "承租方（乙方）：", 36)
    below = sheet.value("lease.tenant", about.name, (440, 406), 36, width=690)
    clauses = (
        ("store.address", f"第一条　甲方将位于{about.address}的房屋出租给乙方，用作经营场所，店名“{about.sign}”。"),
        ("lease.term", "第二条　租期三年，自2026年09月01日起至2029年08月31日止。"),
        ("lease.rent", f"第三条　月租金人民币{4200 + about.number * 150}元，每季度首月五日前支付。"),
        ("lease.use", "第四条　乙方应遵守消防、卫生和环保规定，未经甲方同意不得转租。"),
        ("lease.repair", "第五条　房屋主体由甲方维修；因使用不当造成的损坏由乙方负责。"),
    )
    y = below + 40
    for name, words in clauses:
        y = sheet.value(name, words, (150, y), 36, width=980) + 22
    sheet.text((150, 1400), "甲方（盖章）", 36)
    sheet.text((700, 1400), "乙方（签章）", 36)
    sheet.seal((320, 1480), "虚构市样例物业管理有限公司", "合同专用（样本）")
    _hand(sheet, (700, 1480), "签字", about.person)
    sheet.text((640, 1700), NOTE, 24, RED, "mm")
    return sheet.done()


def bank_card(about: About, seed: int) -> Specimen:
    """The number side of a bank card."""
    shades = (("#14507a", "#1b6494"), ("#7a1f2b", "#943040"), ("#1f5f4a", "#2b7a60"))
    sheet = Sheet(ornament.woven((1600, 1010), *shades[about.number % 3], 34, 70), seed)
    sheet.value("settlement.bank", about.bank, (110, 96), 68, fill="#ffffff")
    sheet.text((1490, 112), "借记卡　样本", 42, "#ffe9b0", "ra")
    sheet.pen.rounded_rectangle((120, 330, 320, 480), 24, fill="#d9b65c", outline="#8f7430", width=4)
    for line in (380, 430):
        sheet.pen.line((120, line, 320, line), fill="#8f7430", width=4)
    sheet.pen.line((220, 330, 220, 480), fill="#8f7430", width=4)
    for reach in (40, 70, 100):
        sheet.pen.arc((350 - reach, 405 - reach, 350 + reach, 405 + reach), -40, 40, fill="#ffffff", width=7)
    grouped = " ".join(about.account[start : start + 4] for start in range(0, len(about.account), 4))
    sheet.value("settlement.number", grouped, (120, 570), 96, fill="#ffffff", bold=2)
    sheet.text((120, 790), "有效期 VALID THRU　12/31", 38, "#e8eef2")
    sheet.text((1490, 880), "SPECIMEN CARD", 56, "#ffffff", "ra", 1)
    return sheet.done(26)

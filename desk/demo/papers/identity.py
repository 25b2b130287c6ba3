"""Both sides of an identity card. Nothing of the state's own marks is drawn: a rosette stands for the emblem."""

from __future__ import annotations

from desk.demo.papers import ornament
from desk.demo.papers.about import About
from desk.demo.papers.sheet import INK, RED, Sheet, Specimen

SIZE = (1620, 1020)
BLUE = "#2f6ea8"
VALID = ("2016.05.01", "长期")


def portrait(about: About, seed: int) -> Specimen:
    """The side with the face: name, sex, birth, address, number."""
    sheet = Sheet(ornament.woven(SIZE, "#eef5f6", "#d3e4ea", 38, 46), seed)
    born, male = about.id_number[6:14], int(about.id_number[16]) % 2 == 1
    _face(sheet, male)
    sheet.text((110, 120), "姓　名", 38, BLUE)
    sheet.value("person.name", about.person, (300, 112), 56)
    sheet.text((110, 236), "性　别", 38, BLUE)
    sheet.value("person.sex", "男" if male else "女", (300, 232), 46)
    sheet.text((480, 236), "民　族", 38, BLUE)
    sheet.value("person.nation", "汉", (660, 232), 46)
    sheet.text((110, 352), "出　生", 38, BLUE)
    sheet.value("person.born", f"{born[:4]} 年 {int(born[4:6])} 月 {int(born[6:])} 日", (300, 348), 46)
    sheet.text((110, 468), "住　址", 38, BLUE)
    sheet.value("person.address", about.address, (300, 464), 46, width=690)
    sheet.text((110, 838), "公民身份号码", 38, BLUE)
    sheet.value("person.id_number", about.id_number, (500, 826), 62, bold=1)
    sheet.text((810, 970), "样本 SPECIMEN · 演示程序绘制 · 号码不属于任何人", 26, BLUE, "mm")
    return sheet.done(26)


def _face(sheet: Sheet, male: bool) -> None:
    """A head and shoulders in flat colours."""
    skin = sheet.dice.choice(("#f0c9a6", "#e8b98f", "#f3d3b6"))
    hair = sheet.dice.choice(("#2b2422", "#3a2f2a", "#4c4441"))
    coat = sheet.dice.choice(("#3f5d7d", "#6d4c5c", "#4a6b57", "#5b5b6e"))
    pen = sheet.pen
    pen.rectangle((1115, 150, 1505, 690), fill="#dfe9ec")
    if not male:
        pen.rounded_rectangle((1190, 230, 1430, 560), 110, fill=hair)
    pen.rounded_rectangle((1270, 450, 1350, 600), 30, fill=skin)
    pen.pieslice((1150, 545, 1470, 935), 180, 360, fill=coat)
    pen.rectangle((1115, 692, 1505, 940), fill="#eef5f6")
    pen.polygon([(1262, 560), (1358, 560), (1310, 640)], fill="#fafafa")
    pen.ellipse((1218, 248, 1402, 492), fill=skin)
    pen.chord((1208, 222, 1412, 420), 182, 358, fill=hair)
    for x in (1272, 1348):
        pen.ellipse((x - 10, 364, x + 10, 380), fill="#3b2f2a")
        pen.line((x - 24, 346, x + 24, 344), fill=hair, width=6)
    pen.arc((1276, 400, 1344, 446), 20, 160, fill="#a4584a", width=6)


def emblem(about: About, seed: int) -> Specimen:
    """The other side: issuing office and how long it is valid."""
    sheet = Sheet(ornament.woven(SIZE, "#f7f2e8", "#e7d8c4", 38, 46), seed)
    ornament.rosette(sheet.pen, (300, 270), 150, RED, 18)
    sheet.text((960, 195), "仿真样本　并非证件", 60, INK, "mm")
    sheet.text((960, 335), "居民身份证", 112, INK, "mm", bold=2)
    sheet.text((400, 690), "签发机关", 42, INK)
    sheet.value("person.issuer", f"{about.city}公安局{about.district}分局", (620, 686), 48)
    sheet.text((400, 810), "有效期限", 42, INK)
    sheet.value("person.id_valid_until", "-".join(VALID), (620, 806), 48)
    return sheet.done(26)

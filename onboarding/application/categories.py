"""Finding a trade (MCC) by the words that shop owners use."""

from __future__ import annotations

from onboarding.formats import text
from onboarding.models import MerchantCategory, MerchantType

SHOWN = 12
COMMON = ("5812", "5814", "5411", "5499", "5462", "5651", "7230", "5912", "5251", "5541", "7011", "8299")
# What people say -> what the table calls it. Trades are named after offices; shops are not.
SAID: dict[str, tuple[str, ...]] = {
    "面馆 面店 粉店 饭馆 小炒 火锅 烧烤 川菜 餐饮 noodle hotpot barbecue dining": ("5812",),
    "小吃 快餐 奶茶 早餐 汉堡 炸鸡 外卖 snack tea takeaway burger": ("5814",),
    "咖啡 coffee cafe": ("5812", "5814"),
    "面包 蛋糕 甜品 烘焙 bread cake": ("5462",),
    "超市 便利店 生鲜 小卖部 杂货 supermarket convenience": ("5411", "5499", "5331"),
    "水果 蔬菜 菜摊 肉铺 fruit vegetable butcher": ("5499", "5422"),
    "烟酒 白酒 酒行 wine spirits": ("5921", "5993"),
    "理发 美发 美甲 发廊 haircut nails": ("7230",),
    "美容 护肤 按摩 足浴 spa massage": ("7298", "7297"),
    "服装 衣服 女装 男装 鞋店 clothes shoes": ("5651", "5621", "5611", "5661"),
    "手机 电脑 数码 家电 phone computer": ("5732", "4812", "5722"),
    "五金 建材 装修 hardware": ("5251", "5211"),
    "药店 药房 pharmacy": ("5912",),
    "诊所 牙科 口腔 clinic dentist": ("8011", "8021", "8099"),
    "宠物 猫 狗 pet": ("5995", "0742"),
    "酒店 宾馆 民宿 客栈 hostel inn": ("7011",),
    "加油 汽油 petrol gas": ("5541", "5542"),
    "洗车 汽修 修车 轮胎 garage tyre": ("7538", "7542", "5532"),
    "培训 补习 教育 幼儿园 school tutoring kindergarten": ("8299", "8351", "8211"),
    "健身 瑜伽 游泳 gym yoga": ("7997",),
    "花店 鲜花 florist flower": ("5992",),
    "书店 文具 book stationery": ("5942", "5943"),
    "眼镜 optician glasses": ("8043",),
    "打印 复印 图文 print copy": ("7338",),
    "物业 停车 parking": ("6513", "7523"),
    "KTV 卡拉OK 酒吧 网吧 karaoke bar": ("7911", "5813", "7994"),
    "快递 物流 搬家 courier moving": ("4215", "4214"),
    "洗衣 干洗 laundry": ("7210", "7216"),
}


def search(words: str) -> list[MerchantCategory]:
    """The trades that fit best, at most SHOWN: by code, by what people say, by the words of both names. One query."""
    wanted = text.fold(words)[:60]
    rows = MerchantCategory.objects.exclude(status="closed")
    if not wanted:
        found = rows.in_bulk(COMMON)
        return [found[code] for code in COMMON if code in found]
    said = _said(wanted)
    scored = [(_score(row, wanted, said), row.code, row) for row in rows]
    best = sorted((one for one in scored if one[0]), key=lambda one: (-one[0], one[1]))
    return [row for _points, _code, row in best[:SHOWN]]


def _said(wanted: str) -> list[str]:
    return [
        code
        for spoken, codes in SAID.items()
        if any((word := text.fold(one)) in wanted or wanted in word for one in spoken.split())
        for code in codes
    ]


def _score(row: MerchantCategory, wanted: str, said: list[str]) -> int:
    """Points: 0 does not fit at all."""
    if wanted.isdigit():
        return 100 if row.code == wanted else 50 if row.code.startswith(wanted) else 0
    points = 60 - said.index(row.code) if row.code in said else 0
    names = text.fold(row.name_zh) + " " + text.fold(row.name_en)
    if wanted in names:
        return points + 80
    pairs = {wanted[place : place + 2] for place in range(len(wanted) - 1)} if not wanted.isascii() else set()
    return points + 10 * sum(pair in names for pair in pairs)


def refusal(row: MerchantCategory, merchant_type: str) -> str:
    """Why this merchant cannot take this trade: "prohibited", "needs_licence" or ""."""
    if row.risk == "prohibited" or row.fee_class == "none":
        return "prohibited"
    return "needs_licence" if merchant_type == MerchantType.MICRO and not row.allow_micro else ""

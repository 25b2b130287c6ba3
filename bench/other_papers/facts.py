"""People, businesses and numbers that exist nowhere: random, of varied length, with check digits that hold."""

from __future__ import annotations

import datetime
import random

Date = datetime.date
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚"
    "卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "慕容", "司徒")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕辉云飞鹏斌宇浩凯健俊帆雪梅琳晨阳旭东国庆"
    "志远文博思琪欣怡子涵雨桐梓轩家豪建波海燕春兰小龙永福德胜瑞祥嘉懿锦程翰逸昊天"
)
MINORITY = (
    "买买提·吐尔逊", "阿依古丽·艾则孜", "古丽娜尔·买合木提", "艾力·卡德尔", "迪丽热巴·阿布都热依木", "扎西·次仁",
    "努尔兰·哈德尔别克",
    "阿卜杜拉·热合曼", "巴合提·木拉提", "帕提古丽·亚森",
)  # fmt: skip
# The code points that papers, systems and typists use for the dot inside a name; the truth always has the first.
DOTS = "·•‧・·"
PLACES = (
    ("110105", "北京市", "朝阳区"), ("310115", "上海市", "浦东新区"),
    ("440305", "深圳市", "南山区"), ("330106", "杭州市", "西湖区"),
    ("510107", "成都市", "武侯区"), ("420106", "武汉市", "武昌区"),
    ("320505", "苏州市", "虎丘区"), ("610113", "西安市", "雁塔区"),
    ("370202", "青岛市", "市南区"), ("350203", "厦门市", "思明区"),
    ("650102", "乌鲁木齐市", "天山区"), ("530103", "昆明市", "盘龙区"),
)  # fmt: skip
PROVINCES = {
    "11": "", "31": "", "44": "广东省", "33": "浙江省", "51": "四川省", "42": "湖北省", "32": "江苏省", "61": "陕西省",
    "37": "山东省", "35": "福建省", "65": "新疆维吾尔自治区", "53": "云南省",
}  # fmt: skip
ROADS = (
    "建国路",
    "解放大道",
    "人民南路",
    "中山北路",
    "科技二路",
    "滨河东路",
    "锦绣大街",
    "和平里西街",
    "天府三街",
    "长江西路",
    "望江路",
)
ESTATES = ("阳光花园", "金地商务大厦", "万象城", "创新科技园", "翠湖家园", "时代广场", "恒通国际中心", "梅林村")
BRANDS = (
    "晨曦", "鼎盛", "禾木", "悦来", "云帆", "蓝海", "百味", "福满", "青禾", "瑞丰", "星辰", "众诚", "小橘灯",
    "老街坊", "海之蓝",
    "博雅", "锦绣", "德润", "一品香", "大时代", "未来屋",
)  # fmt: skip
TRADES = (
    "餐饮管理",
    "商贸",
    "网络科技",
    "供应链管理",
    "食品",
    "文化传媒",
    "贸易",
    "电子商务",
    "建筑装饰工程",
    "医疗器械",
    "咨询",
)
SHOPS = (
    "小吃店",
    "便利店",
    "理发店",
    "服装店",
    "烟酒商行",
    "水果超市",
    "火锅店",
    "五金建材经营部",
    "美容院",
    "茶叶店",
    "早餐店",
)
COMPANY_TYPES = (
    "有限责任公司(自然人独资)", "有限责任公司（自然人投资或控股）", "其他有限责任公司", "有限责任公司",
    "股份有限公司（非上市、自然人投资或控股）",
    "有限责任公司（港澳台法人独资）", "一人有限责任公司",
)  # fmt: skip
SCOPES = (
    "食品销售", "餐饮服务", "日用百货销售", "服装服饰零售", "计算机软硬件及辅助设备批发",
    "信息咨询服务（不含许可类信息咨询服务）", "货物进出口",
    "技术进出口", "企业管理咨询", "组织文化艺术交流活动", "广告制作", "五金产品零售", "建筑材料销售", "物业管理",
    "小微型客车租赁经营服务",
    "第二类增值电信业务", "母婴用品销售", "化妆品批发", "家用电器安装服务",
)  # fmt: skip
APPROVAL = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
BANKS = (
    "中国工商银行股份有限公司{}支行", "中国建设银行股份有限公司{}支行", "招商银行股份有限公司{}支行",
    "中国银行{}支行", "交通银行{}分行营业部",
    "中国农业银行股份有限公司{}支行", "{}农村商业银行股份有限公司营业部", "平安银行股份有限公司{}支行",
    "中信银行{}支行",
)  # fmt: skip
USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ISSUERS = ("公安局", "公安分局")
DIGITS = "零壹贰叁肆伍陆柒捌玖"


def uscc(rng: random.Random, code: str, household: bool = False) -> str:
    """A unified social credit code (GB 32100-2015) whose nine-sign body and last sign both check."""
    body = "".join(rng.choice("0123456789" * 3 + "ABCDEFGHJKLMNPQRTUWXY") for _ in range(8))
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    check = 11 - sum(w * signs.index(s) for w, s in zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True)) % 11
    first = ("92" if household else "91") + code + body + {10: "X", 11: "0"}.get(check, str(check))
    weighed = sum(pow(3, place, 31) * USCC_SIGNS.index(sign) for place, sign in enumerate(first))
    return first + USCC_SIGNS[-weighed % 31]


def id_number(rng: random.Random, code: str, born: Date) -> str:
    """A resident ID number (GB 11643-1999)."""
    body = f"{code}{born:%Y%m%d}{rng.randrange(1, 999):03d}"
    weighed = sum(pow(2, 17 - place, 11) * int(digit) for place, digit in enumerate(body))
    return body + "10X98765432"[weighed % 11]


def luhn(body: str) -> str:
    """The body with its last digit (ISO/IEC 7812-1)."""
    doubled = (int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(body)))
    return body + str(-sum(n // 10 + n % 10 for n in doubled) % 10)


def card(rng: random.Random, length: int = 19) -> str:
    start = rng.choice(("622202", "621700", "621483", "622848", "621661", "622588"))
    return luhn(start + "".join(rng.choice("0123456789") for _ in range(length - 7)))


def account(rng: random.Random) -> str:
    length = rng.choice((12, 15, 16, 17, 18, 19, 20))
    return rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in range(length - 1))


def permit(rng: random.Random) -> str:
    return (
        "J" + "".join(rng.choice("123456789") for _ in range(4)) + "".join(rng.choice("0123456789") for _ in range(9))
    )


def person(rng: random.Random, minority: float = 0.2) -> str:
    if rng.random() < minority:
        return rng.choice(MINORITY)
    surname = rng.choice(DOUBLE_SURNAMES) if rng.random() < 0.06 else rng.choice(SURNAMES)
    return surname + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))


def printed(rng: random.Random, name: str) -> str:
    """The name as some printer sets it: with one of the dots in use."""
    return name.replace("·", rng.choice(DOTS))


def day(rng: random.Random, first: int, last: int) -> Date:
    return Date(rng.randint(first, last), 1, 1) + datetime.timedelta(days=rng.randrange(365))


def later(when: Date, years: int, less: int = 0) -> Date:
    return when.replace(year=when.year + years, day=min(when.day, 28)) - datetime.timedelta(days=less)


def written(rng: random.Random, when: Date, form: int | None = None) -> str:
    """A date in one of the forms that licences use."""
    form = rng.randrange(5) if form is None else form
    y, m, d = when.year, when.month, when.day
    forms = (
        f"{y}年{m:02d}月{d:02d}日",
        f"{y}年{m}月{d}日",
        f"{y} 年 {m:02d} 月 {d:02d} 日",
        f"{y}-{m:02d}-{d:02d}",
        f"{y}年{m:02d}月{d:02d}日",
    )
    return forms[form]


def address(rng: random.Random, place: tuple[str, str, str], *, long: bool = False) -> str:
    code, city, district = place
    start = rng.choice((PROVINCES[code[:2]], "")) + city + district
    road = f"{rng.choice(ROADS)}{rng.randint(1, 999)}号"
    inside = rng.choice((
        f"{rng.choice(ESTATES)}{rng.randint(1, 30)}栋{rng.randint(1, 4)}单元{rng.randint(101, 2905)}室",
        f"{rng.choice(ESTATES)}{rng.choice('ABCD')}座{rng.randint(2, 30)}层{rng.randint(201, 3010)}室",
        f"{rng.randint(1, 20)}幢{rng.randint(1, 9)}层{rng.randint(101, 999)}",
        f"{rng.choice(ESTATES)}一楼{rng.choice('ABCDEF')}{rng.randint(10, 130)}号商铺",
        f"附{rng.randint(1, 30)}号", f"之{rng.randint(1, 9)}",
    ))  # fmt: skip
    extra = f"（{rng.choice(ESTATES)}集群注册）" if long else ""
    return start + road + inside + extra


def company(rng: random.Random, place: tuple[str, str, str]) -> str:
    city = place[1].removesuffix("市")
    brand, trade = "".join(rng.sample(BRANDS, rng.choice((1, 1, 2)))), rng.choice(TRADES)
    return rng.choice(
        (
            f"{city}{brand}{trade}有限公司",
            f"{brand}（{city}）{trade}有限公司",
            f"{city}市{brand}{trade}有限责任公司",
            f"{city}{brand}{trade}股份有限公司",
        )
    )


def shop(rng: random.Random, place: tuple[str, str, str], owner: str) -> str:
    start = place[2] if rng.random() < 0.6 else place[1] + place[2]
    middle = rng.choice(BRANDS) if rng.random() < 0.8 or "·" in owner else owner
    return start + middle + rng.choice(SHOPS)


def scope(rng: random.Random, most: int = 11) -> str:
    parts = rng.sample(SCOPES, rng.randint(2, most))
    if rng.random() < 0.4 and len(parts) > 3:
        return f"许可项目：{'；'.join(parts[:2])}{APPROVAL}一般项目：{'；'.join(parts[2:])}。"
    return rng.choice(("、", "；", "，")).join(parts) + rng.choice(("。", APPROVAL, "。" + APPROVAL))


def capital(rng: random.Random) -> str:
    tens = rng.randint(1, 9)
    return rng.choice(
        (
            f"人民币{DIGITS[tens]}佰万元整",
            f"{tens}00万元人民币",
            f"{DIGITS[tens]}拾万元整",
            f"{tens}0.000000万人民币",
            f"{DIGITS[tens]}仟万圆整",
        )
    )

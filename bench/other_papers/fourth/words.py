"""Who and what stands on the fourth set's papers; numbers come from the older sets' makers of check digits."""

from __future__ import annotations

import dataclasses
import datetime
import random

from bench.other_papers import facts

Dice = random.Random
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾尤骆柯祝尚凌裴翟殷詹申欧耿关兰焦俞左柳甘包宁"
)
DOUBLE = ("欧阳", "上官", "诸葛", "令狐", "皇甫", "东方", "尉迟")
GIVEN = "伟芳娜静丽强磊洋艳勇杰涛明秀霞平刚桂婷玉兰翀旻玥祎喆鑫犇淼昱晟睿琦璐蕾薇岚峻嵘沛泽湘澜炜烨煜熙璟瑾瑶皓稷翔耘"
FIRST = ("阿不都", "买买提", "古丽", "热依汗", "吐尔逊", "库尔班", "艾尼瓦尔", "祖丽皮亚", "次仁", "洛桑", "哈斯")
LAST = ("热西提", "艾合买提", "玉素甫", "卡德尔", "达瓦", "巴特尔", "买买提明", "阿吾提", "扎西", "木沙")
DOTS = "·•・‧．･"  # all that the fonts have
CITIES = (
    ("330203", "宁波市", "海曙区"), ("430104", "长沙市", "岳麓区"), ("210202", "大连市", "中山区"),
    ("450103", "南宁市", "青秀区"), ("120101", "天津市", "和平区"), ("500103", "重庆市", "渝中区"),
    ("340104", "合肥市", "蜀山区"), ("653101", "喀什市", "多来特巴格乡"), ("360102", "南昌市", "东湖区"),
    ("411302", "南阳市", "宛城区"),
)  # fmt: skip
STREETS = (
    "中兴路",
    "芙蓉中路二段",
    "民主巷",
    "青年大街",
    "南湖大道",
    "八一路",
    "学府街",
    "车站东路",
    "沿江中路",
    "三元里大道",
)
SPOTS = ("万达广场", "瑞和苑", "天和大厦", "菜市场", "软件园", "新村", "物流港", "步行街", "国际汽配城")
BRANDS = (
    "拾光",
    "沐野",
    "金麦",
    "鸿运来",
    "欣欣",
    "万家",
    "聚贤",
    "安和",
    "麦田",
    "九州",
    "好滋味",
    "蜀香",
    "同心",
    "天翼",
    "源泉",
)
LINES = (
    "餐饮服务",
    "信息技术",
    "实业",
    "百货",
    "建材",
    "生物科技",
    "汽车维修",
    "服饰",
    "农业发展",
    "教育咨询",
    "机电设备",
    "酒店管理",
)
STALLS = (
    "面馆",
    "鲜果店",
    "文具店",
    "烟酒店",
    "服装店",
    "修理部",
    "食品摊",
    "快餐店",
    "花店",
    "茶行",
    "渔具店",
    "理发店",
)
KINDS = (
    "有限责任公司（自然人投资或控股）", "有限责任公司(自然人独资)", "有限责任公司", "股份有限公司(非上市)",
    "有限责任公司（外商投资、非独资）", "有限责任公司（法人独资）", "其他股份有限公司（上市）",
)  # fmt: skip
GOODS = (
    "预包装食品兼散装食品零售", "热食类食品制售", "日用杂品销售", "软件开发", "信息系统集成服务", "鞋帽批发",
    "文具用品零售",
    "会议及展览服务", "机械设备租赁", "汽车零配件批发", "农副产品收购", "建筑工程施工", "住房租赁", "花卉种植",
    "包装材料制造",
    "道路货物运输（不含危险货物）", "教育咨询服务（不含涉许可审批的教育培训活动）", "针纺织品销售", "电子产品维修",
)  # fmt: skip
APPROVED = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
HOUSES = (
    "中国农业银行股份有限公司{}支行", "中国工商银行{}支行", "兴业银行股份有限公司{}支行",
    "招商银行股份有限公司{}分行营业部",
    "{}农村信用合作联社", "中国民生银行股份有限公司{}支行", "中国邮政储蓄银行股份有限公司{}支行", "徽商银行{}支行",
)  # fmt: skip
PEOPLES = ("汉", "汉", "汉", "汉", "回", "满", "维吾尔", "蒙古", "藏", "壮", "土家", "苗")
DIGITS = "零壹贰叁肆伍陆柒捌玖"


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a merchant sits: district code, city, district."""

    code: str
    city: str
    district: str

    @property
    def short(self) -> str:
        return self.city.removesuffix("市")


def place(dice: Dice) -> Place:
    return Place(*dice.choice(CITIES))


def person(dice: Dice, dotted: float = 0.25) -> str:
    """A name; with a dot of any kind in a quarter of all."""
    if dice.random() < dotted:
        return dice.choice(FIRST) + dice.choice(DOTS) + dice.choice(LAST)
    surname = dice.choice(DOUBLE) if dice.random() < 0.08 else dice.choice(SURNAMES)
    return surname + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))


def company(dice: Dice, at: Place) -> str:
    brand = "".join(dice.sample(BRANDS, dice.choice((1, 1, 2))))
    line, (left, right) = dice.choice(LINES), dice.choice(("（）", "()"))
    return dice.choice((
        f"{at.city}{brand}{line}有限公司", f"{brand}{left}{at.short}{right}{line}有限公司",
        f"{at.short}{brand}{line}股份有限公司", f"{at.city}{at.district}{brand}{line}有限责任公司",
        f"{at.short}{brand}{line}合伙企业{left}有限合伙{right}",
    ))  # fmt: skip


def branch(dice: Dice, at: Place) -> str:
    end = dice.choice(
        (f"{at.short}分公司", f"{at.short}第{dice.choice('一二三四五')}分公司", f"{dice.choice(SPOTS)}店")
    )
    return f"{dice.choice(('江南', '华夏', '远东'))}{dice.choice(BRANDS)}{dice.choice(LINES)}有限公司{end}"


def stall(dice: Dice, at: Place) -> str:
    tail = dice.choice(("", "", "（个体工商户）"))
    return dice.choice((at.district, at.city + at.district)) + dice.choice(BRANDS) + dice.choice(STALLS) + tail


def address(dice: Dice, at: Place) -> str:
    start = at.city + at.district + dice.choice(STREETS) + f"{dice.randint(1, 1280)}号"
    return start + dice.choice((
        "", f"{dice.choice(SPOTS)}{dice.randint(1, 40)}号楼{dice.randint(1, 33)}{dice.randint(10, 99)}室",
        f"{dice.choice(SPOTS)}第{dice.randint(1, 9)}层{dice.choice('ABCD')}-{dice.randint(1, 99)}号",
        f"院内{dice.randint(1, 20)}号门面",
        f"{dice.choice(SPOTS)}内{dice.choice('ABCD')}区{dice.randint(10, 99)}号摊位",
    ))  # fmt: skip


def home(dice: Dice, at: Place) -> str:
    end = dice.choice(
        (
            f"{dice.randint(1, 30)}栋{dice.randint(1, 5)}单元{dice.randint(101, 2204)}号",
            "",
            f"附{dice.randint(1, 99)}号",
        )
    )
    road = f"{at.city}{at.district}{dice.choice(STREETS)}{dice.randint(1, 990)}号"
    hamlet = dice.choice(("石桥镇李家", "柳林镇上湾", "新丰镇大坪"))
    village = f"{at.city}{at.district}{hamlet}村{dice.randint(1, 15)}组{dice.randint(1, 180)}号"
    return road + end if dice.random() < 0.7 else village


def scope(dice: Dice, most: int = 9) -> str:
    parts = dice.sample(GOODS, dice.randint(2, most))
    if dice.random() < 0.4 and len(parts) > 3:
        general = f"一般项目：{'；'.join(parts[:-2])}（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"
        return f"{general}许可项目：{'；'.join(parts[-2:])}{APPROVED}"
    return dice.choice("；、，").join(parts) + dice.choice(("。", APPROVED, ""))


def capital(dice: Dice) -> str:
    many = dice.randint(1, 9)
    return dice.choice((
        f"{DIGITS[many]}佰万元整", f"{many}00万元", f"人民币{DIGITS[many]}拾万元整",
        f"{many}000.00万人民币", f"{DIGITS[many]}仟万元人民币",
    ))  # fmt: skip


def bank(dice: Dice, at: Place) -> str:
    return dice.choice(HOUSES).format(
        dice.choice((at.short, at.short + dice.choice(("城东", "新华", "高新区")), at.city))
    )


def said(dice: Dice, when: datetime.date) -> str:
    return dice.choice((
        f"{when:%Y}年{when:%m}月{when:%d}日", f"{when.year}年{when.month}月{when.day}日",
        f"{when:%Y} 年 {when:%m} 月 {when:%d} 日", f"{when:%Y-%m-%d}",
    ))  # fmt: skip


def term(dice: Dice, since: datetime.date) -> tuple[str, str]:
    """A term of business as printed, and the day it ends in ISO form, 'long' or nothing."""
    if dice.random() < 0.4:
        return dice.choice((f"{said(dice, since)}至长期", "长期", f"{said(dice, since)} 至 无固定期限")), "long"
    end = facts.later(since, dice.choice((10, 20, 30)), 1)
    return dice.choice(
        (f"{said(dice, since)}至{said(dice, end)}", f"自{said(dice, since)} 至 {said(dice, end)}")
    ), f"{end}"

"""A business licence, or another body's certificate: one or two columns, labels before their values, a seal below."""

from __future__ import annotations

import re
from typing import Final

from onboarding.reading import extent, numbers, texts
from onboarding.reading.labels import COLONS, TICKS, Labels
from onboarding.reading.layout import Line, Page, Value, Values

LABELS: Final[Labels] = {
    "uscc": ("统一社会信用代码", "社会信用代码"),
    "name": ("名称", "单位名称", "机构名称", "企业名称", "公司名称", "字号名称", "个体工商户名称"),
    "type": ("类型", "主体类型", "企业类型", "公司类型", "市场主体类型", "机构类型"),
    "form": ("组成形式",),
    "legal_representative": (
        "法定代表人",
        "法定代表人姓名",
        "经营者",
        "负责人",
        "投资人",
        "执行事务合伙人",
        "经营者姓名",
        "投资人姓名",
    ),
    "scope": ("经营范围", "业务范围", "宗旨和业务范围", "宗旨和范围"),
    "capital": ("注册资本", "开办资金", "注册资金", "出资额", "出资总额", "注册资本(金)"),
    "established": ("成立日期", "设立日期", "注册日期", "登记日期", "成立时间"),
    "valid": ("营业期限", "经营期限", "有效期限", "有效期", "合伙期限", "营业期间"),
    "from": ("营业期限自", "经营期限自"),
    "until": ("营业期限至", "经营期限至"),
    "address": ("住所", "经营场所", "主要经营场所", "营业场所", "住址", "地址", "注册地址", "经营地址"),
    "authority": ("登记机关", "发证机关", "登记管理机关"),
    "sponsor": ("举办单位", "业务主管单位"),
    "funds": ("经费来源",),
    "issued": ("发证日期", "颁发日期", "核准日期"),
}
WHOLE: Final = re.compile(
    r"(?:公司|厂|店|馆|部|行|社|所|院|站|园|校|坊|铺|楼|室|户|场|城|吧|屋|摊|堂|阁|轩|中心|学校|协会|基金会|合伙）)$"
)
BRANCH: Final = re.compile(r"(?:分公司|分店|分部|分院|支行|支公司)$")
TEXTS: Final = ("type", "scope", "capital", "address")


def read(page: Page) -> Values:
    """uscc, name, type, legal_representative, scope, capital, established, valid_from, valid_until, address."""
    values = page.values(LABELS)
    found: Values = {}
    if number := numbers.of(page, values.get("uscc"), numbers.USCC):
        found["uscc"] = number
    found |= _names(values, page)
    for field in TEXTS:
        if (value := values.get(field)) and (value := extent.kept(field, value, page)).lines:
            found[field] = value.found(tidy(value.text))
    found |= _dates(values)
    return {field: one for field, one in found.items() if one.value}


def _names(values: dict[str, Value], page: Page) -> Values:
    """The business and its head; what stands below belongs to the name only while that is not whole."""
    found: Values = {}
    if value := values.get("name") or _unlabelled(values.get("type"), page):
        first, *below = value.lines
        kept = [first]
        for line in below[:2]:
            if WHOLE.search(texts.name(kept[-1].text)) and not BRANCH.search(texts.name(line.text)):
                break
            kept.append(line)
        whole = Value(tuple(kept))
        found["name"] = whole.found(texts.name(whole.text))
    if value := values.get("legal_representative"):
        first_line = Value(value.lines[:1])
        found["legal_representative"] = first_line.found(texts.person(first_line.text))
    return found


def _unlabelled(kind: Value | None, page: Page) -> Value | None:
    """The name whose label was lost: alone over the type, begins where that begins, ends as a business's name does."""
    first = kind.lines[0] if kind else None
    above = [line for line in page.lines if first and line.middle < first.top and _is_over(line, first)]
    alone = above[0] if len(above) == 1 else None
    return Value((alone,)) if alone and WHOLE.search(texts.name(alone.text)) and len(alone.text) > 5 else None


def _is_over(line: Line, first: Line) -> bool:
    near = max(line.height, first.height)
    return abs(line.left - first.left) < near and first.top - line.bottom < 4 * near


def tidy(text: str) -> str:
    """A text of the paper without blanks, specks and what is left of a neighbour's punctuation."""
    return re.sub(r"\s+", "", text).strip(COLONS + TICKS)


def _dates(values: dict[str, Value]) -> Values:
    found: Values = {}
    if established := values.get("established"):
        found["established"] = established.found("".join(texts.dates(established.text)[:1]))
    if valid := values.get("valid") or values.get("from"):
        first, until = texts.term(valid.text)
        found |= {"valid_from": valid.found(first), "valid_until": valid.found(until)}
    if last := values.get("until"):  # a line of its own
        until = texts.LONG_TERM[0] if texts.long_term(last.text) else "".join(texts.dates(last.text)[:1])
        found |= {"valid_until": last.found(until)}
    return found

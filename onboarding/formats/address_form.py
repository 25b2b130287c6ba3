"""How a Chinese address is taken apart, to compare two spellings of one place: divisions, street and house. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
HOUSE = "号院|号楼|号|栋|幢|座|楼|层|室|房|单元|弄|门|铺|区"
# A street may be called 中山二路 or 五四大街: only a numeral right before a word for a part of a house is a number.
NUMERAL = re.compile(rf"[〇零一二两三四五六七八九十百]+(?=(?:{HOUSE}))")
PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
    "|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
PROVINCE = re.compile(rf"(?:中国)?({PROVINCES})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?")
CITY = re.compile(r"([^\d省市区县路街道号镇乡村]{2,8}?)(?:市|自治州|地区|盟)")
DISTRICT = re.compile(r"([^\d省路街道号镇乡村]{1,8}?)(?:自治县|区|县|旗|市)(?![路街])")
WORDS = (
    (re.compile(r"(?<=\d)(?:号院|号楼|栋|幢|座|#)"), "号"),
    (re.compile(r"(?<=\d)(?:楼|f)"), "层"),
    (re.compile(r"(?<=\d)(?:号房|房|室)"), ""),
    (re.compile(r"第(?=\d)"), ""),
    (re.compile(r"(?<=\d)号(?=\d)"), "-"),
    (re.compile(r"(?<=\d)号(?=之|$|层)"), ""),
    (re.compile(r"[,、;—–_]"), "-"),
    (re.compile(r"-+"), "-"),
)


@dataclass(frozen=True, slots=True)
class Parted:
    """An address in two: the names of its divisions without 省 市 区 县, and what follows them."""

    divisions: tuple[str, ...]
    place: str


def arabic(text: str) -> str:
    """Numbers of houses, floors and rooms in digits: 十八号二层 is 18号2层."""
    return NUMERAL.sub(lambda found: _value(found[0]), text)


def _value(numeral: str) -> str:
    if not set(numeral) & set("十百"):
        return "".join(str(DIGITS[char]) for char in numeral)  # read out digit by digit: 三〇二室
    total, digit = 0, 0
    for char in numeral:
        if char in DIGITS:
            digit = DIGITS[char]
        else:
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
    return str(total + digit)


def plain_words(text: str) -> str:
    """One word where several are in use: 号楼 栋 幢 are 号, 楼 and F are 层, 室 goes without saying."""
    for pattern, word in WORDS:
        text = pattern.sub(word, text)
    return text.strip("-.")


def parted(text: str) -> Parted:
    """The divisions that are named, from the largest; at least one character stays as the place."""
    found: list[str] = []
    for pattern in (PROVINCE, CITY, DISTRICT):
        match = pattern.match(text)
        if match and len(text) > match.end():
            found.append(match[1])
            text = text[match.end() :]
    return Parted(tuple(found), text)


def left_out(one: Parted, other: Parted) -> tuple[str, ...] | None:
    """What one of the two leaves out: () for nothing, None when they speak of two places."""
    one, other = _with_divisions_of(one, other), _with_divisions_of(other, one)
    places = _places(one.place, other.place)
    if places is None or not (_named_in(one, other) or _named_in(other, one)):
        return None
    return (*(["division_left_out"] if one.divisions != other.divisions else []), *places) or ("division_left_out",)


def _with_divisions_of(one: Parted, other: Parted) -> Parted:
    """`one` with the divisions that it names without 市 or 区 (杭州文三路), where `other` names them too."""
    found, place = list(one.divisions), one.place
    for name in other.divisions:
        if name not in found and place.startswith(name) and len(place) > len(name):
            found.append(name)
            place = place.removeprefix(name)
    return Parted(tuple(found), place)


def _places(one: str, other: str) -> tuple[str, ...] | None:
    if one == other:
        return ()
    short, long = sorted((one, other), key=len)
    if not long.startswith(short) or not re.search(r"\d", short):
        return None
    rest = long[len(short) :]
    return None if short[-1].isdigit() and rest[0].isdigit() else ("detail_left_out",)


def _named_in(one: Parted, other: Parted) -> bool:
    """Every division of `one` stands in `other`, in this order."""
    named, start = "".join(other.divisions), 0
    for name in one.divisions:
        if (at := named.find(name, start)) < 0:
            return False
        start = at + len(name)
    return True

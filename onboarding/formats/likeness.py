"""Names that may be the same although they are written otherwise: keys to find them by, and what differs.

Two names with a key in common are compared; two that `compare` calls alike always have one in common. So a table of
keys finds every near name by index and never reads a list through. What counts:

- the same once width, case, blanks, dots, brackets and the words for a company's form are taken away;
- each character that differs sounds the same or looks alike, however many there are;
- one character changed (in names of three and more: of two, nothing but a surname would be left), added or left out;
- two neighbours swapped; the same name spelt in Latin letters.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from hashlib import blake2b

from onboarding.data import rows

from .sound import sound_same, spellings
from .text import fold

SHORT = 3  # characters: names up to here are so dense that one unlike character says little
# Words for the form or the kind of a business, at the end of its name. Longer ones first.
FORMS = (
    "特殊普通合伙", "个人独资企业", "有限责任公司", "股份有限公司", "个体工商户", "集团有限公司", "有限公司",
    "普通合伙", "有限合伙", "合伙企业", "集团公司", "companylimited", "经营部", "门市部", "服务部", "工作室", "分公司",
    "经营店", "limited", "company", "公司", "集团", "股份", "商行", "商店", "中心", "门市", "分店", "coltd", "ltd",
    "inc", "llc", "corp", "店", "厂",
)  # fmt: skip
PLACE = re.compile(r"^.{2,6}?[省市区县](?:.{1,5}?[市区县])?")
TRADES = (
    "面馆", "饭店", "酒店", "宾馆", "餐厅", "餐饮", "小吃", "火锅", "超市", "便利", "百货", "服装",
    "服饰", "鞋", "五金", "建材", "装饰", "家具", "家电", "电器", "数码", "通讯", "烟酒", "茶叶",
    "药房", "药", "诊所", "美发", "美容", "养生", "汽车", "汽修", "水果", "生鲜", "商贸", "贸易",
    "科技", "网络", "信息", "咨询", "文化", "传媒", "教育", "物流", "管理", "服务", "销售",
)  # fmt: skip


class Kind(StrEnum):
    """Whose name it is: only a company's has words for its form."""

    PERSON = "person"
    COMPANY = "company"


class Way(StrEnum):
    """How one name came to be the other."""

    NUMBER = "number"  # not by name at all: the same identity number or credit code
    SAME = "same"
    REPLACED = "replaced"
    SWAPPED = "swapped"
    ADDED = "added"
    DROPPED = "dropped"
    SPELLED = "spelled"


class By(StrEnum):
    """In what the characters that differ are alike."""

    NOTHING = ""
    SOUND = "sound"
    SHAPE = "shape"
    BOTH = "both"
    NEAR = "near"  # nearly the same sound: n and l, in and ing
    MIXED = "mixed"  # some by sound, some by shape
    OTHER = "other"  # not alike at all


class Strength(StrEnum):
    """How much it says."""

    EXACT = "exact"
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


ORDER = tuple(Strength)  # the strongest first


@dataclasses.dataclass(frozen=True, slots=True)
class Likeness:
    """What makes two names alike. `places`: where the first name differs, counted in its core."""

    way: Way
    strength: Strength
    by: By = By.NOTHING
    places: tuple[int, ...] = ()

    @property
    def is_similar(self) -> bool:
        """False for names that only share most of their characters."""
        return self.by is not By.OTHER and self.way not in (Way.ADDED, Way.DROPPED)


SAME_NUMBER = Likeness(Way.NUMBER, Strength.EXACT)


def core(name: str, kind: str) -> str:
    """The characters that count: folded, only letters and digits, of a company without the words for its form."""
    text = "".join(char for char in fold(name) if char.isalnum())
    return _bare(text) if kind == Kind.COMPANY else text


def _bare(text: str) -> str:
    while form := next((one for one in FORMS if text.endswith(one) and len(text) - len(one) >= 2), ""):
        text = text.removesuffix(form)
    return text


def keys(name: str, kind: str) -> set[int]:
    """The keys (signed 64 bits) of a name; empty for an empty one."""
    text = core(name, kind)
    return {_hashed(one) for one in _keys(text)} if text else set()


def _keys(text: str) -> Iterator[str]:
    """Plain and with one character missing; as it sounds; as it looks."""
    yield f"w:{text}"
    if len(text) == 2:
        yield f"w:{text[::-1]}"
    elif len(text) > 2:
        yield from (f"w:{text[:place]}{text[place + 1 :]}" for place in range(len(text)))
    yield from (f"s:{one}" for one in spellings(text))
    yield f"f:{''.join(map(_family, text))}"


def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def compare(name: str, listed: str, kind: str) -> Likeness | None:
    """In what `name` is like the `listed` one; None when it is another name."""
    one, other = core(name, kind), core(listed, kind)
    if not one or not other:
        return None
    if one == other:
        return Likeness(Way.SAME, Strength.STRONG)
    if len(one) == len(other):
        return _swapped(one, other) or _replaced(one, other, kind)
    return _longer(one, other, kind) or _spelled(one, other)


def _replaced(one: str, other: str, kind: str) -> Likeness | None:
    places = tuple(place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
    by = _common([(one[place], other[place]) for place in places])
    if by is not By.OTHER:
        return Likeness(Way.REPLACED, Strength.STRONG if len(places) == 1 else Strength.MEDIUM, by, places)
    if len(places) == 1 and len(one) >= SHORT:
        return Likeness(Way.REPLACED, _weight(one, kind), By.OTHER, places)
    return None


def _common(pairs: list[tuple[str, str]]) -> By:
    """In what all these pairs are alike: each by sound, or each by the table."""
    found = {alike(*pair) for pair in pairs}
    if len(found) == 1:
        return found.pop()
    if all(sound_same(*pair) for pair in pairs):
        return By.SOUND
    if found <= {By.SHAPE, By.BOTH}:
        return By.SHAPE
    return By.MIXED if all(frozenset(pair) in _pairs() for pair in pairs) else By.OTHER


def _swapped(one: str, other: str) -> Likeness | None:
    places = [place for place in range(len(one)) if one[place] != other[place]]
    if len(places) != 2 or places[1] - places[0] != 1 or one[places[0]] != other[places[1]]:
        return None
    return Likeness(Way.SWAPPED, Strength.MEDIUM, places=tuple(places)) if one[places[1]] == other[places[0]] else None


def _longer(one: str, other: str, kind: str) -> Likeness | None:
    """One character more or less; the shorter name keeps at least two."""
    long, short = (one, other) if len(one) > len(other) else (other, one)
    if len(long) - len(short) != 1 or len(short) < 2:
        return None
    place = next((at for at in range(len(short)) if long[at] != short[at]), len(short))
    if long[:place] + long[place + 1 :] != short:
        return None
    way = Way.ADDED if long == one else Way.DROPPED
    return Likeness(way, _weight(short, kind), places=(place,) if way is Way.ADDED else ())


def _spelled(one: str, other: str) -> Likeness | None:
    """One of them in Latin letters."""
    if one.isascii() == other.isascii() or spellings(one).isdisjoint(spellings(other)):
        return None
    return Likeness(Way.SPELLED, Strength.MEDIUM)


def _weight(text: str, kind: str) -> Strength:
    """What one unlike character says: of a company place and trade do not count, many share them."""
    own = _own_part(text) if kind == Kind.COMPANY else text
    return Strength.MEDIUM if len(own) > SHORT else Strength.WEAK


def _own_part(text: str) -> str:
    own = PLACE.sub("", text)
    while trade := next((one for one in TRADES if own.endswith(one)), ""):
        own = own.removesuffix(trade)
    return own


# Characters ------------------------------------------------------------------------------------------------------


def alike(one: str, other: str) -> By:
    """In what two unlike characters are alike."""
    sound, drawn = sound_same(one, other), _pairs().get(frozenset((one, other)), "")
    if drawn in ("shape", "both"):
        return By.BOTH if sound else By.SHAPE
    if sound or drawn == "sound":
        return By.SOUND
    return By.NEAR if drawn == "sound_near" else By.OTHER


@cache
def _pairs() -> dict[frozenset[str], str]:
    return {frozenset((row["char_a"], row["char_b"])): row["kind"] for row in rows("name_similarity.csv")}


@cache
def _families() -> dict[str, str]:
    """Character -> the first of those that it is taken for, by however many steps."""
    first: dict[str, str] = {}

    def head(char: str) -> str:
        while first.get(char, char) != char:
            char = first[char]
        return char

    for pair in _pairs():
        ends = sorted(map(head, pair))
        first[ends[-1]] = ends[0]
    return {char: head(char) for pair in _pairs() for char in pair}


def _family(char: str) -> str:
    return _families().get(char, char)

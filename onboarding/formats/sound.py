"""How a Chinese character is read: toneless pinyin, every reading of it. Letters and digits stand for themselves."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from math import prod

from pypinyin import Style, pinyin

MOST_SPELLINGS = 64  # of one name; a long name is spelt by the first reading of each character only


@lru_cache(maxsize=30_000)
def readings(char: str) -> tuple[str, ...]:
    """单 → ("dan", "chan", "shan"); the most common one first, and the character itself where it has none."""
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else (char,)


def spellings(text: str) -> set[str]:
    """The whole text in pinyin without blanks, once for each way of reading it: 李伟 → {"liwei"}."""
    each = [readings(char) for char in text]
    if prod(map(len, each)) > MOST_SPELLINGS:
        each = [one[:1] for one in each]
    return {"".join(one) for one in product(*each)}


def sound_same(one: str, other: str) -> bool:
    """True when two characters share a reading, whatever the tone."""
    return not set(readings(one)).isdisjoint(readings(other))

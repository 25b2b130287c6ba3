"""What a recogniser makes of print, and how it is mended: dots, dates, capitals that are digits, check characters."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from onboarding.formats.text import DOTS

DOT: Final = "·"
LONG_TERM: Final = ("长期", "永久", "无固定期限", "不约定期限")
ALIKE: Final = ("0OQD", "1IL", "2Z", "5S", "8B", "6G", "7T", "4A", "VY", "CG", "EF", "PR", "MN", "UV", "HM", "KX")
CHINESE_DIGITS: Final = str.maketrans("〇零○一二三四五六七八九", "000123456789")
LITTER: Final = re.compile(r"^(?:[^\w（]|_)+|(?:[^\w）·]|_)+$")  # ticks and lines of the form that were read as signs
_DATE = re.compile(r"(\d{4})\s*[年.\-/·]\s*(\d{1,2})\s*[月.\-/·]\s*(\d{1,2})")
_CHINESE_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


def name(text: str) -> str:
    """A name as it is kept: no blanks, one kind of dot, full-width brackets."""
    kept = "".join(sign for sign in text if not sign.isspace())
    for dot in DOTS:
        kept = re.sub(rf"(?<=[^\W\d_]){re.escape(dot)}(?=[^\W\d_])", DOT, kept)
    return LITTER.sub("", kept.replace("(", "（").replace(")", "）")).strip("：:;；,，.。、")


def person(text: str) -> str:
    """A person's name: what a recogniser makes of a dot between its parts is one too, a stop or a comma.

    A comma between two short names may part two persons, and stays.
    """
    kept = re.sub(r"(?<=[\u3400-\u9fff])[。｡､](?=[\u3400-\u9fff])", DOT, name(text))
    return re.sub(r"^([\u3400-\u9fff]+)[,，]([\u3400-\u9fff]+)$", _one_person, kept)


def _one_person(found: re.Match[str]) -> str:
    return DOT.join(found.groups()) if max(map(len, found.groups())) > 3 else found.group()


def signs(text: str) -> str:
    """Capitals and digits of a number as it is kept."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in wide if sign.isascii() and sign.isalnum())


def digits(text: str) -> str:
    """The digits, with the capitals that stand where a digit must stand."""
    return signs(text).translate(str.maketrans("OQDILZSBG", "000112586"))


def dates(text: str) -> list[str]:
    """The dates in a text, as 2019-05-06, in their order; impossible ones left out."""
    kept = _CHINESE_DATE.sub(_arabic, unicodedata.normalize("NFKC", text))
    found = [(int(year), int(month), int(day)) for year, month, day in _DATE.findall(kept)]
    return [f"{year:04}-{month:02}-{day:02}" for year, month, day in found if 1 <= month <= 12 and 1 <= day <= 31]


def term(text: str) -> tuple[str, str]:
    """(first day, last day or 长期) of a validity, nothing for what it does not say: 至 parts them, or their order."""
    first, until, last = text.partition("至")
    days = dates(text)
    begins, ends = (dates(first), dates(last)) if until else (days[:1], days[1:])
    return "".join(begins[:1]), LONG_TERM[0] if long_term(text) else "".join(ends[:1])


def long_term(text: str) -> bool:
    """Whether a validity never ends."""
    return any(word in text for word in LONG_TERM)


def mended(text: str, is_right: Callable[[str], bool], most: int = 2) -> str:
    """`text` with at most `most` signs replaced by ones that look alike so that `is_right`.

    Empty when no way leads there, or more than one: then nobody can say which was printed.
    """
    if is_right(text):
        return text
    for count in range(1, most + 1):
        found = {one for one in _variants(text, count) if is_right(one)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _variants(text: str, count: int) -> Iterator[str]:
    places = [(at, other) for at, sign in enumerate(text) for other in _alike(sign)]
    for chosen in itertools.combinations(places, count):
        if len({at for at, _other in chosen}) == count:
            letters = list(text)
            for at, other in chosen:
                letters[at] = other
            yield "".join(letters)


def _alike(sign: str) -> set[str]:
    return {other for group in ALIKE if sign in group for other in group} - {sign}


def _arabic(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    return f"{year.translate(CHINESE_DIGITS)}年{_number(month)}月{_number(day)}日"


def _number(words: str) -> int:
    """一 to 三十一 as a number."""
    tens, _, ones = words.rpartition("十")
    units = int(ones.translate(CHINESE_DIGITS)) if ones else 0
    return units + (10 * (int(tens.translate(CHINESE_DIGITS)) if tens else 1) if "十" in words else 0)

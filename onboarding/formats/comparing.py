"""Two spellings of one thing: the same, the same but for a way of writing, or different; and where, letter by letter.

A comparison names what it overlooked ("spelling", "legal_form", …): a reviewer reads it, and nothing is overlooked in
silence. Nothing here decides: 有限公司 on a sign and 有限责任公司 on a licence are one company to a person, too.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from onboarding.formats import address_form
from onboarding.formats.reading import clean
from onboarding.formats.text import fold, trim
from onboarding.formats.variants import LOOK_ALIKE, SIMPLIFIED

Where = Literal["same", "left", "right"]
Fold = Callable[[str], str]
BRACKETS = str.maketrans("〔〕【】[]{}「」『』〈〉《》（）", "()()()()()()()()()")
WHAT: dict[str, Any] = {
    "spelling": _("width of letters, blanks, dots or capitals"),
    "brackets": _("kind of brackets"),
    "legal_form": _("有限公司 or 有限责任公司"),
    "script": _("traditional or simplified characters"),
    "look_alike": _("a rare character, or one that looks like another"),
    "numerals": _("Chinese or Arabic numerals"),
    "house_words": _("words for building, floor and room"),
    "division_left_out": _("province, city or district left out"),
    "detail_left_out": _("floor or room left out"),
}


class Verdict(StrEnum):
    """What a comparison says."""

    SAME = "same"
    ALIKE = "alike"  # the same but for the reasons given
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict with what was overlooked: keys of WHAT, empty unless ALIKE."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Not different."""
        return self.verdict != Verdict.DIFFERENT

    @property
    def certain(self) -> bool:
        """Agrees without taking one character for another that only looks like it."""
        return self.agrees and "look_alike" not in self.reasons


SAME, DIFFERENT = Comparison(Verdict.SAME), Comparison(Verdict.DIFFERENT)


def company(one: str, other: str) -> Comparison:
    """Names of firms and shops. A branch, another place or another trade in the name is another firm."""
    return _compared(one, other, COMPANY)


def person(one: str, other: str) -> Comparison:
    """Names of persons: whatever dot was typed; a rare character may be read as its look-alike."""
    return _compared(one, other, PERSON)


def address(one: str, other: str) -> Comparison:
    """Addresses: divisions and details may be left out, numbers be written in words; another house is different."""
    found = _compared(one, other, ADDRESS)
    if found.agrees or not (trim(one) and trim(other)):
        return found
    left, right = (address_form.parted(_through(text, ADDRESS)) for text in (one, other))
    reasons = address_form.left_out(left, right)
    if reasons is None:
        return DIFFERENT
    return Comparison(Verdict.ALIKE, (*_needed_in_tail(one, other), *reasons))


def number(one: str, other: str) -> Comparison:
    """Codes and numbers: blanks, dashes, width and capitals do not count; every digit does."""
    return _compared(one, other, {"spelling": clean})


def differences(one: str, other: str) -> list[tuple[str, Where]]:
    """Both texts letter by letter: what stands in both ("same"), only in `one` ("left"), only in `other" ("right").

    The parts "same" and "left" together are `one`, "same" and "right" are `other`.
    """
    parts: list[tuple[str, Where]] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append((one[i:j], "same"))
            continue
        parts += [(text, where) for text, where in ((one[i:j], "left"), (other[k:m], "right")) if text]  # type: ignore[misc]
    return parts


def _brackets(name: str) -> str:
    return name.translate(BRACKETS)


def _legal_form(name: str) -> str:
    return name.replace("有限责任公司", "有限公司")


def _script(name: str) -> str:
    return name.translate(SIMPLIFIED)


def _look_alike(name: str) -> str:
    return name.translate(LOOK_ALIKE)


COMPANY: dict[str, Fold] = {
    "spelling": fold, "brackets": _brackets, "script": _script, "legal_form": _legal_form, "look_alike": _look_alike,
}  # fmt: skip
PERSON: dict[str, Fold] = {"spelling": fold, "script": _script, "look_alike": _look_alike}
ADDRESS: dict[str, Fold] = {
    "spelling": fold, "brackets": _brackets, "script": _script, "numerals": address_form.arabic,
    "house_words": address_form.plain_words,
}  # fmt: skip


def _compared(one: str, other: str, folds: dict[str, Fold]) -> Comparison:
    left, right = (unicodedata.normalize("NFC", trim(text)) for text in (one, other))
    if left == right:
        return SAME
    if not left or not right or _through(left, folds) != _through(right, folds):
        return DIFFERENT
    return Comparison(Verdict.ALIKE, _needed(left, right, folds))


def _through(text: str, folds: dict[str, Fold]) -> str:
    for one in folds.values():
        text = one(text)
    return text


def _needed(left: str, right: str, folds: dict[str, Fold]) -> tuple[str, ...]:
    """The folds without which the two would not agree; found by leaving out one after the other."""
    needed = dict(folds)
    for name in list(folds):
        fewer = {key: one for key, one in needed.items() if key != name}
        if _through(left, fewer) == _through(right, fewer):
            needed = fewer
    return tuple(needed)


def _needed_in_tail(one: str, other: str) -> tuple[str, ...]:
    """Of the folds of addresses those that changed one of the two; the rest of the two agrees only after them."""
    used = []
    for name, step in ADDRESS.items():
        changed = step(one), step(other)
        if changed != (one, other) and name in ("numerals", "script"):
            used.append(name)
        one, other = changed
    return tuple(used)

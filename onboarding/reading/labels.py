"""The labels of a paper in its lines: other signs between their letters, a slip, a letter that was lost."""

from __future__ import annotations

import re
from typing import Final

Labels = dict[str, tuple[str, ...]]
"""What a paper calls each of its fields: field -> the labels that may stand before it."""
BLANKS: Final = " \u3000\t"
COLONS: Final = ":：;；"
TICKS: Final = "☑☐□√"  # what a speck in a wide gap is read as
NOTHING: Final = re.compile(r"(?!)")
ASIDE: Final = re.compile(r"\s*[（(][^（）()]{2,6}[）)]")
"""What some forms add to a label: 法定代表人（单位负责人）."""
ENDINGS: Final = {
    "称": re.compile(r".{4,}(?:公司|[店部行厂馆社院室市]|中心)$"),
    "型": re.compile(r"(?:.{0,14}公司|个体工商户|个人独资企业|.{0,6}合伙企业)(?:[（(].*)?$"),
    "所": re.compile(r"[\u3400-\u9fff]{2,8}[省市区县州]"),
}
"""What follows the last letter of a label whose first one was lost: 称, 型, 所 begin no value of that look."""


def first_label(text: str, at: int, labels: Labels) -> tuple[str, int, int] | None:
    """(field, start, end) of the first label in `text` from `at` on; short ones count only where the line begins.

    One that stands there letter by letter comes before one that nearly does: 有效期长期 bears 有效期, not 有效期限.
    Of two that both do the longer one: 法定代表人姓名, not 法定代表人.
    """
    for start in range(at, len(text)):
        known = [(field, name) for field, names in labels.items() for name in names if len(name) >= 4 or start == 0]
        hits = [(field, name, hit) for field, name in known if (hit := _label_at(text, start, name))]
        if hits:
            field, _name, (end, _slips) = min(hits, key=lambda one: (one[2][1], -len(one[1])))
            return field, start, end
    return None


def begins_with_label(text: str, labels: Labels) -> bool:
    found = first_label(text, 0, labels)
    return found is not None and found[1] == 0


def label_end(text: str, start: int, name: str) -> int | None:
    """Where the label `name` ends if it begins at `start`; signs between its letters and one slip in four will do."""
    hit = _label_at(text, start, name)
    return hit[0] if hit else None


def _label_at(text: str, start: int, name: str) -> tuple[int, int] | None:
    """(where it ends, letters that were slips)"""
    at, wrong = start, 0
    for letter in filter(str.isalnum, name):
        while start < at < len(text) and not text[at].isalnum():
            at += 1
        if at >= len(text):
            return None
        wrong += text[at] != letter
        if wrong > len(name) // 4 or (at == start and wrong):
            return None
        at += 1
    aside = ASIDE.match(text, at) if len(name) >= 4 else None
    at = aside.end() if aside else at
    while at < len(text) and text[at] in BLANKS + COLONS:
        at += 1
    return at, wrong


def remnant(text: str, labels: Labels) -> str:
    """The field of a label of which one letter is left, alone or with a blank or colon between it and the value."""
    is_last = any(text[:1] == name[1:] for names in labels.values() for name in names if len(name) == 2)
    begins = text[1:2] in BLANKS + COLONS + TICKS or (ENDINGS.get(text[:1]) or NOTHING).match(text, 1)
    return _lonely(text[:1], labels) if len(text) == 1 or (is_last and begins) else ""


def _lonely(text: str, labels: Labels) -> str:
    """The field whose two-letter label lost its other letter: "称" alone in a line is 名称, "账" is 账号."""
    pairs = [(field, name) for field, names in labels.items() for name in names if len(name) == 2]
    fields = [field for at in (1, 0) for field, name in pairs if name[at] == text]
    return fields[0] if fields else ""

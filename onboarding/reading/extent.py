"""How far a value goes: the lines below it are its own only while it is not whole and they look like more of it.

Labels get lost under seals and shadows. Then the value of the next field stands below as if it belonged to this one: a
wrong value looks as good as a right one, so a doubtful line is left out, and a value without its beginning altogether.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Final

from onboarding.reading import texts
from onboarding.reading.layout import Line, Page, Value

TYPE_WHOLE: Final = re.compile(r"(?:公司|户|企业|合伙|社|所|单位|法人|经营|[)）])$")
CAPITAL_WHOLE: Final = re.compile(r"[整元圆币]$")
TRADING: Final = re.compile(r"销售|服务|批发|零售|许可项目|一般项目|批准|[；;。]")
PLACE: Final = re.compile(r"[省市区县旗镇乡村路街道巷弄号楼栋幢座室层铺户组园厦场城单元院摊柜仓]|门面|档口")
MARK: Final = re.compile(r"仅[供用限]|他用|无效|复印[件无]|再次复")  # of a copy; no address has such words
PERSON: Final = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+·[\u3400-\u9fff·]+")
LONG_NUMBER: Final = re.compile(r"[\dA-Z]{14,}")
STARTS_LATE: Final = re.compile(r"[)）、，,；;。\d]|[室层号楼栋幢座铺]|.{0,4}$")
LOST: Final = frozenset("室号层铺户楼座栋幢")
"""What an address may end with: a lonely letter on a line of its own is easily not found."""


def kept(field: str, value: Value, page: Page) -> Value:
    """The part of `value` that belongs to `field`; without lines where its beginning is missing."""
    if field == "address":
        return _address(value, page)
    whole = {"type": TYPE_WHOLE, "capital": CAPITAL_WHOLE}.get(field)
    return _while(value, lambda text, line: not (whole and _is_whole(text, line, whole))) if whole else value


def _while(value: Value, more: Callable[[str, Line], bool]) -> Value:
    """The lines up to the first that does not go on: `more(text so far, next line)`."""
    lines = value.lines[:1]
    for line in value.lines[1:]:
        if not more("".join(one.text for one in lines).strip(), line):
            break
        lines += (line,)
    return Value(lines)


def _is_whole(text: str, line: Line, whole: re.Pattern[str]) -> bool:
    """Every bracket is closed, the end looks like one, and the next line opens no bracket."""
    is_open = sum(text.count(sign) for sign in "(（") > sum(text.count(sign) for sign in ")）")
    return not is_open and bool(whole.search(text)) and not line.text.startswith(("(", "（"))


def _address(value: Value, page: Page) -> Value:
    unmarked = Value(tuple(_before_mark(line) for line in value.lines))
    found = _while(unmarked, lambda _text, line: _more_of_a_place(line.text.strip()))
    if STARTS_LATE.match(found.text.strip()):
        return Value(())
    return Value((*found.lines, *_lost_letter(found, page)))


def _before_mark(line: Line) -> Line:
    mark = MARK.search(line.text)
    return line.part(0, mark.start()) if mark else line


def _more_of_a_place(text: str) -> bool:
    if not text or texts.dates(text) or LONG_NUMBER.search(texts.signs(text)) or TRADING.search(text):
        return False
    return bool(PLACE.search(text) or re.search(r"\d", text)) or not PERSON.fullmatch(texts.name(text))


def _lost_letter(value: Value, page: Page) -> tuple[Line, ...]:
    """The lonely letter below a full last line that ends with a digit: looked for where it must stand."""
    *before, last = value.lines
    if not last.text[-1:].isdigit() or any(last.right < line.right - 1.5 * last.height for line in before):
        return ()
    spot = last.below(before[-1] if before and before[-1].bottom < last.middle else None)
    letter = page.again(spot).strip()
    return (dataclasses.replace(spot, text=letter),) if letter in LOST else ()

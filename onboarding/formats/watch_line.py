"""One line of a watch-list file: what it says, and its faults as codes with parameters, never with its values."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from portal.typed import problem

from . import identity_document, text, uscc
from .likeness import Kind, core
from .reading import clean
from .sheet import ROUNDED

HEADINGS: dict[str, tuple[str, ...]] = {  # column -> what may stand over it; the first is what the sample has
    "number": ("编号", "序号", "number", "no", "no.", "id", "ref"),
    "kind": ("类型", "类别", "主体类型", "kind", "type"),
    "name": ("姓名或名称", "姓名", "名称", "企业名称", "name", "name_zh"),
    "aliases": ("别名", "曾用名", "其他名称", "aliases", "alias", "other names"),
    "identifiers": ("证件号码", "证件号", "身份证号", "统一社会信用代码", "identifier", "identifiers", "id_number",
                    "id_value"),
    "reason": ("原因", "列入原因", "reason"),
    "listed_on": ("列入日期", "日期", "listed_on", "listed on", "date"),
    "source": ("来源", "source"),
}  # fmt: skip
NEEDED = ("number", "kind", "name", "reason", "listed_on")
KINDS = {
    **dict.fromkeys(("个人", "自然人", "人员", "person", "individual", "natural person"), Kind.PERSON),
    **dict.fromkeys(("单位", "企业", "商户", "公司", "机构", "company", "business", "merchant", "unit"), Kind.COMPANY),
}
BETWEEN = re.compile(r"[;；、|/\n]+")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
IDENTIFIER = re.compile(r"[0-9A-Z]{5,20}")
LONGEST = {"number": 40, "name": 200, "reason": 60, "source": 120}
MOST_NAMES = 20

Fault = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on a list, as the line says it."""

    number: str
    kind: str
    name: str
    reason: str
    listed_on: date
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    source: str = ""


def columns(headings: Sequence[str]) -> tuple[dict[str, int], list[Fault]]:
    """(column -> its place, what is missing or stands there twice)."""
    known = {name: column for column, names in HEADINGS.items() for name in names}
    found: dict[str, int] = {}
    faults: list[Fault] = []
    for place, heading in enumerate(headings):
        column = known.get(heading.strip().casefold().lstrip("\ufeff"))
        if column and column in found:
            faults.append({"code": "column_twice", "params": {"column": column}})
        elif column:
            found[column] = place
    faults += [{"code": "column_missing", "params": {"column": column}} for column in NEEDED if column not in found]
    return found, faults


def read(cells: Sequence[str], places: dict[str, int], today: date) -> tuple[Listed | None, list[Fault]]:
    """What a line says, and its faults. None where one of them is fatal; those with "warn" are only doubts."""
    said = {column: text.trim(cells[place]) if place < len(cells) else "" for column, place in places.items()}
    faults = [*_faults(said, today)]
    if any(not fault.get("warn") for fault in faults):
        return None, faults
    return _listed(said), faults


def _listed(said: dict[str, str]) -> Listed:
    day = _day(said["listed_on"])
    assert day is not None  # _faults has looked
    aliases = [one for one in _parts(said, "aliases") if one != said["name"]]
    return Listed(
        said["number"], KINDS[said["kind"].casefold()], said["name"], said["reason"], day,
        tuple(dict.fromkeys(aliases)), tuple(dict.fromkeys(map(clean, _parts(said, "identifiers")))),
        said.get("source", ""),
    )  # fmt: skip


def _faults(said: dict[str, str], today: date) -> Iterator[Fault]:
    for column in NEEDED:
        if not said[column]:
            yield {"code": "empty", "params": {"column": column}}
    for column, most in LONGEST.items():
        if len(said.get(column, "")) > most:
            yield {"code": "too_long", "params": {"column": column, "most": most}}
    for column, value in said.items():
        if ROUNDED in value:
            yield {"code": "rounded", "params": {"column": column}}
        elif problem(value, strict=True):
            yield {"code": "characters", "params": {"column": column}}
    yield from _of_words(said)
    yield from _of_day(said["listed_on"], today)
    yield from _of_identifiers(said)


def _of_words(said: dict[str, str]) -> Iterator[Fault]:
    kind = KINDS.get(said["kind"].casefold())
    if said["kind"] and kind is None:
        yield {"code": "kind"}
    names = [said["name"], *_parts(said, "aliases")]
    if len(names) > MOST_NAMES or any(len(name) > LONGEST["name"] for name in names[1:]):
        yield {"code": "aliases", "params": {"most": MOST_NAMES - 1}}
    if any(name and not core(name, kind or Kind.PERSON) for name in names):
        yield {"code": "no_letters"}


def _of_day(typed: str, today: date) -> Iterator[Fault]:
    day = _day(typed)
    if typed and day is None:
        yield {"code": "day"}
    elif day and day > today:
        yield {"code": "future"}


def _of_identifiers(said: dict[str, str]) -> Iterator[Fault]:
    for value in map(clean, _parts(said, "identifiers")):
        if ROUNDED in value:
            return  # said already
        if not IDENTIFIER.fullmatch(value):
            yield {"code": "identifier"}
        elif len(value) == 18 and not (identity_document.read(value).ok or uscc.read(value).ok):
            yield {"code": "check", "warn": True}


def _parts(said: dict[str, str], column: str) -> list[str]:
    return [part for one in BETWEEN.split(said.get(column, "")) if (part := text.trim(one))]


def _day(typed: str) -> date | None:
    found = DAY.fullmatch(typed.replace(" ", ""))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None

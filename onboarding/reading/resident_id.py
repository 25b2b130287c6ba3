"""A resident identity card: the side with the portrait, and the side with the emblem."""

from __future__ import annotations

import re
from typing import Final

from onboarding.reading import extent, numbers, texts
from onboarding.reading.labels import Labels
from onboarding.reading.layout import Page, Value, Values
from onboarding.reading.licence import tidy

FRONT: Final[Labels] = {
    "name": ("姓名",),
    "sex": ("性别",),
    "nation": ("民族",),
    "birth": ("出生",),
    "address": ("住址",),
    "number": ("公民身份号码", "身份号码"),
}
YEAR: Final = re.compile(r"\d{4}\s*年")
BACK: Final[Labels] = {"authority": ("签发机关",), "valid": ("有效期限", "有效期")}


def read_front(page: Page) -> Values:
    """name, sex, nation, birth (2019-05-06), address, number."""
    values = page.values(FRONT)
    found: Values = {}
    if number := numbers.of(page, values.get("number"), numbers.RESIDENT_ID):
        found["number"] = number
    if value := values.get("name"):
        found["name"] = value.found(texts.person(value.lines[0].text))
    for field in ("sex", "nation", "address"):
        if (value := values.get(field)) and (value := extent.kept(field, value, page)).lines:
            found[field] = value.found(tidy(value.text))
    found |= _birth(page, values.get("birth"))
    return {field: one for field, one in found.items() if one.value}


def read_back(page: Page) -> Values:
    """authority, valid_from, valid_until (a date or 长期)."""
    values = page.values(BACK)
    found: Values = {}
    if value := values.get("authority"):
        found["authority"] = value.found(tidy(value.text))
    if value := values.get("valid"):
        first, until = texts.term(value.text)
        found |= {"valid_from": value.found(first), "valid_until": value.found(until)}
    return {field: one for field, one in found.items() if one.value}


def _birth(page: Page, labelled: Value | None) -> Values:
    """The birthday as printed, also where its label was not recognised: a day with 年 and 月, in however many pieces.

    A copy may bear both sides of the card: the days of its validity are written with dots and are no birthday.
    """
    pieces = [tuple(labelled.lines)] if labelled else []
    for lines in [*pieces, *(tuple(row) for row in page.rows)]:
        text = Value(lines).text
        if (lines in pieces or YEAR.search(text)) and (days := texts.dates(text)):
            return {"birth": Value(lines).found(days[0])}
    return {}

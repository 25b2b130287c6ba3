"""A resident identity card: the side with the portrait, and the side with the emblem."""

from __future__ import annotations

from typing import Final

from onboarding.reading import numbers, texts
from onboarding.reading.layout import Labels, Page, Value, Values
from onboarding.reading.licence import tidy

FRONT: Final[Labels] = {
    "name": ("姓名",),
    "sex": ("性别",),
    "nation": ("民族",),
    "birth": ("出生",),
    "address": ("住址",),
    "number": ("公民身份号码", "身份号码"),
}
BACK: Final[Labels] = {"authority": ("签发机关",), "valid": ("有效期限", "有效期")}


def read_front(page: Page) -> Values:
    """name, sex, nation, birth (2019-05-06), address, number."""
    values = page.values(FRONT)
    found: Values = {}
    if number := numbers.of(page, values.get("number"), numbers.RESIDENT_ID):
        found["number"] = number
    if value := values.get("name"):
        found["name"] = value.found(texts.name(value.lines[0].text))
    for field in ("sex", "nation", "address"):
        if value := values.get(field):
            found[field] = value.found(tidy(value.text))
    found |= _birth(page)
    return {field: one for field, one in found.items() if one.value}


def read_back(page: Page) -> Values:
    """authority, valid_from, valid_until (a date or 长期)."""
    values = page.values(BACK)
    found: Values = {}
    if value := values.get("authority"):
        found["authority"] = value.found(tidy(value.text))
    if value := values.get("valid"):
        days = texts.dates(value.text)
        until = texts.LONG_TERM[0] if texts.long_term(value.text) else "".join(days[1:2])
        found |= {"valid_from": value.found("".join(days[:1])), "valid_until": value.found(until)}
    return {field: one for field, one in found.items() if one.value}


def _birth(page: Page) -> Values:
    """The birthday as printed, also where its label was not recognised."""
    for line in page.lines:
        if days := texts.dates(line.text):
            return {"birth": Value((line,)).found(days[0])}
    return {}

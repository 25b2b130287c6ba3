"""Numbers that bear a check digit: found by label or by shape, looked at again where they fail, and mended."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from typing import Final

from onboarding.formats import bank_card, resident_id, uscc
from onboarding.reading import texts
from onboarding.reading.layout import Found, Line, Page, Value


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """A kind of number: its shape once cleaned, how it is cleaned, and whether its check fits."""

    shape: re.Pattern[str]
    clean: Callable[[str], str]
    is_right: Callable[[str], bool]


def _flawless(read: Callable[[str], object]) -> Callable[[str], bool]:
    def is_right(text: str) -> bool:
        reading = read(text)
        return bool(getattr(reading, "ok", False)) and not getattr(reading, "warnings", ())

    return is_right


def _card_checks(text: str) -> bool:
    reading = bank_card.read(text)
    return reading.ok and "check" not in reading.codes


USCC: Final = Kind(re.compile(r"[0-9A-Z]{18}"), texts.signs, _flawless(uscc.read))
RESIDENT_ID: Final = Kind(re.compile(r"\d{17}[\dX]"), texts.digits, _flawless(resident_id.read))
FEWEST: Final = 9  # digits of a credit code: two for the body, six for the place, one of nine by chance at least
CARD: Final = Kind(re.compile(r"\d{16,19}"), texts.digits, _card_checks)


def of(page: Page, labelled: Value | None, kind: Kind) -> Found | None:
    """The number of that kind: the first right one, beside its label or elsewhere; else mended; else as it was read."""
    tries = [(line, text) for line in _lines(page, labelled) for text in _texts(kind, line.text)]
    for line, text in tries:
        if kind.is_right(text):
            return Value((line,)).found(text)
    return _second_look(page, tries, kind) or _mended(tries, kind) or _as_read(tries)


def _lines(page: Page, labelled: Value | None) -> Iterator[Line]:
    yield from labelled.lines if labelled else ()
    yield from page.lines


def _texts(kind: Kind, text: str) -> Iterator[str]:
    """The pieces of a line that have the number's shape; every window of a longer run of signs."""
    cleaned = kind.clean(text)
    size = 18 if kind is not CARD else 0
    if not size:
        yield from kind.shape.findall(cleaned)
    for at in range(len(cleaned) - size + 1) if size else ():
        window = cleaned[at : at + size]
        if kind.shape.fullmatch(window):
            yield window


def _second_look(page: Page, tries: list[tuple[Line, str]], kind: Kind) -> Found | None:
    for line in dict.fromkeys(line for line, _text in tries):
        for text in _texts(kind, page.again(line)):
            if kind.is_right(text):
                return Value((line,)).found(text)
    return None


def _mended(tries: list[tuple[Line, str]], kind: Kind) -> Found | None:
    for line, text in tries:
        if right := texts.mended(text, kind.is_right):
            return Value((line,)).found(right, mended=True)
    return None


def _as_read(tries: list[tuple[Line, str]]) -> Found | None:
    """A number whose check fails is still shown: it may be lawful, and the reviewer sees that it is doubtful.

    Words in capitals (an address in the web) are as long, but no number.
    """
    line, text = next(((line, text) for line, text in tries if sum(map(str.isdigit, text)) >= FEWEST), (None, ""))
    if line is None:
        return None
    found = Value((line,)).found(text)
    return dataclasses.replace(found, sure=min(found.sure, 0.5))

"""Documents of persons without an 18-character number. None has a public check digit: only the shape is tested.

Shapes are from memory of the issuing authorities' cards, so the passport, issued by any country, stays wide.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .reading import Reading, clean, finding, refused

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Kind(StrEnum):
    """What document the number stands on."""

    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGNER_CARD_2017 = "foreigner_card_2017"
    PASSPORT = "passport"


SHAPES: dict[Kind, tuple[Callable[[str], object], "StrPromise"]] = {
    Kind.HK_MACAO_PERMIT: (
        re.compile(r"[HM]\d{8}(\d{2})?", re.ASCII).fullmatch,
        _("Enter the number of the travel permit: H or M, then 8 or 10 digits"),
    ),
    Kind.TAIWAN_PERMIT: (
        re.compile(r"\d{8}|\d{10}[A-Z]?", re.ASCII).fullmatch,
        _("Enter the number of the travel permit: 8 digits, or 10 digits and a letter on an old one"),
    ),
    Kind.FOREIGNER_CARD_2017: (
        re.compile(r"[A-Z]{3}\d{12}", re.ASCII).fullmatch,
        _("Enter the number of the residence card: 3 letters and 12 digits"),
    ),
    Kind.PASSPORT: (
        re.compile(r"[A-Z0-9]{5,20}", re.ASCII).fullmatch,
        _("Enter the passport number: 5 to 20 letters and digits"),
    ),
}


def read(text: str | None, *, kind: Kind | str = Kind.PASSPORT) -> Reading:
    """Read the number of a document of that kind; ValueError for a kind that does not exist."""
    value = clean(text)
    fits, sentence = SHAPES[Kind(kind)]
    if not fits(value):
        return refused(value, finding("empty" if not value else "shape", sentence))
    return Reading(value)


def mask(value: str) -> str:
    """First and last two characters: H1*****78."""
    return value[:2] + "*" * (len(value) - 4) + value[-2:] if len(value) > 6 else "****"

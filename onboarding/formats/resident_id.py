"""18-character numbers of persons in China: body, birth, sequence, check character by ISO/IEC 7064 MOD 11-2.

- resident identity card (GB 11643-1999): region 6, birth 8, sequence 3;
- residence permit of Hong Kong (810000), Macao (820000) and Taiwan (830000) residents, issued since 2018;
- permanent residence card of a foreigner, model 2023: 9, province 2, country 3 (ISO 3166 numeric), birth 8, sequence 3.

The check character and the birth date are hard. The six-digit region is that of the first registration and the table
goes stale (330113 and 330114 date from 2021), so there only an impossible province is refused.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .calendar import SHANGHAI
from .iso7064 import check_11_2
from .reading import Finding, Reading, clean, finding, is_digits, refused
from .regions import PROVINCES, standing

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LENGTH = 18
OLDEST = date(1900, 1, 1)
FIRST_CARDS = date(1984, 1, 1)  # nobody was registered under a code of an earlier day
PERMIT_REGIONS = {"810000": "hong_kong", "820000": "macao", "830000": "taiwan"}


class Kind(StrEnum):
    """What card an 18-character number stands on."""

    RESIDENT_ID = "resident_id"
    RESIDENCE_PERMIT = "residence_permit"
    FOREIGNER_CARD = "foreigner_card"


def read(text: str | None, *, today: date | None = None) -> Reading:
    """Read a number of any of the three cards; the value ends in a digit or X. Nobody is born after `today`."""
    value = clean(text)
    error = _shape(value) or _birth_error(value, today or datetime.now(SHANGHAI).date()) or _place_error(value)
    if error:
        return refused(value, error)
    if check_11_2(value[:-1]) != value[-1]:
        sentence = _("One character of the ID number is wrong. Compare it with the card")
        return refused(value, finding("check", sentence))
    return Reading(value, warnings=tuple(_doubts(value)))


def kind(value: str) -> Kind:
    """The card that a number which was read belongs to, by its first digits."""
    if value[:1] == "9":
        return Kind.FOREIGNER_CARD
    return Kind.RESIDENCE_PERMIT if value[:6] in PERMIT_REGIONS else Kind.RESIDENT_ID


def birth(value: str) -> date:
    """The birth date in the number; ValueError when it is no date."""
    return date(int(value[6:10]), int(value[10:12]), int(value[12:14]))


def age(value: str, today: date) -> int:
    """Full years of age on that day."""
    born = birth(value)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def lengthen(old: str) -> str:
    """The 18-character form of a 15-digit number (before 1999, birth in the 20th century): to find old records."""
    body = f"{old[:6]}19{old[6:]}"
    return body + check_11_2(body)


def mask(value: str) -> str:
    """First three and last four characters: 110***********002X."""
    return value[:3] + "*" * max(len(value) - 7, 4) + value[-4:] if len(value) > 7 else "****"


def _shape(value: str) -> Finding | None:
    if not value:
        return finding("empty", _("Enter the 18-character ID number"))
    if len(value) == 15 and is_digits(value):
        return finding("old_number", _("The 15-digit number is no longer valid. Enter the 18 characters on the card"))
    if len(value) != LENGTH:
        return finding("length", _("Enter the 18-character ID number. This one has {n}"), n=len(value))
    if not is_digits(value[:-1]) or not (is_digits(value[-1]) or value[-1] == "X"):
        return finding("characters", _("An ID number has 17 digits, then a digit or X. Compare it with the card"))
    return None


def _birth_error(value: str, today: date) -> Finding | None:
    sentence: StrPromise = _("Digits 7 to 14 are the birth date, and {birth} cannot be one. Compare them with the card")
    try:
        born = birth(value)
    except ValueError:
        return finding("birth", sentence, birth=value[6:14])
    if OLDEST <= born <= today:
        return None
    return finding("birth", sentence, birth=value[6:14])


def _place_error(value: str) -> Finding | None:
    if value[0] == "9" or value[:6] in PERMIT_REGIONS or (value[:2] in PROVINCES and value[:2] not in {"81", "82"}):
        return None
    sentence = _("No ID number begins with {start}. Compare the first six digits with the card")
    return finding("region", sentence, start=value[:6])


def _doubts(value: str) -> Iterator[Finding]:
    which = kind(value)
    if which is Kind.RESIDENT_ID:
        yield from _region_doubt(value)
    elif which is Kind.FOREIGNER_CARD and value[1:3] not in PROVINCES:
        sentence = _("We do not know the place {region} in this card number. Compare it once more")
        yield finding("rare_region", sentence, region=value[1:3])


def _region_doubt(value: str) -> Iterator[Finding]:
    known = standing(value[:6], max(birth(value), FIRST_CARDS))
    if known == "unknown":
        sentence = _("We do not know the region {region} in this ID number. Compare it once more")
        yield finding("rare_region", sentence, region=value[:6])
    elif known == "not_then":
        sentence = _("The region {region} had another code in the year of birth. Compare the ID number once more")
        yield finding("region_not_then", sentence, region=value[:6])

"""Number of a personal bank card, ISO/IEC 7812-1: 13 to 19 digits with a Luhn digit.

Luhn alone accepts a row of zeros, hence the tests before it. Only UnionPay numbers (62…) are known to keep the Luhn
digit without exception; elsewhere a mismatch is a warning.
"""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from . import resident_id
from .iso7064 import luhn_holds
from .reading import Finding, Reading, clean, finding, is_digits, refused

SHORTEST, LONGEST = 13, 19
_RUN = re.compile(r"[0-9]+(?:[ -][0-9]+)*")


def read(text: str | None) -> Reading:
    """Read a personal card; the value is 13 to 19 digits."""
    value = clean(text)
    if error := _shape(value):
        return refused(value, error)
    if luhn_holds(value):
        return Reading(value)
    doubt = finding("check", _("One digit of the card number is wrong. Compare it with the card"))
    return refused(value, doubt) if value.startswith("62") else Reading(value, warnings=(doubt,))


def mask(value: str, *, staff: bool = False) -> str:
    """The last four digits; for staff the first six as well."""
    if len(value) < SHORTEST:
        return "****"
    return value[:6] + "*" * (len(value) - 10) + value[-4:] if staff else "**** " + value[-4:]


def contains_card(text: str) -> bool:
    """True when free text seems to hold a full card number: it must not be kept. A valid ID number is not a card."""
    wide = unicodedata.normalize("NFKC", text)
    return any(_is_card(number) for run in _RUN.findall(wide) for number in _joined(re.split("[ -]", run)))


def _joined(groups: list[str]) -> Iterator[str]:
    """Every number that neighbouring groups of digits make: "6222 0212 3456 7894 9" holds one of 16 digits."""
    for start in range(len(groups)):
        number = ""
        for group in groups[start:]:
            number += group
            if len(number) > LONGEST:
                break
            yield number


def _is_card(number: str) -> bool:
    plausible = len(number) >= SHORTEST and number[0] in "23456" and len(set(number)) > 1
    return plausible and luhn_holds(number) and not resident_id.read(number).ok


def _shape(value: str) -> Finding | None:
    if not value:
        return finding("empty", _("Enter the card number, 13 to 19 digits"))
    if not is_digits(value):
        return finding("characters", _("Enter the card number, 13 to 19 digits. It has only digits"))
    if not SHORTEST <= len(value) <= LONGEST:
        return finding("length", _("Enter the card number, 13 to 19 digits. This one has {n}"), n=len(value))
    if value[0] == "0" or len(set(value)) == 1:
        return finding("impossible", _("No card has this number. Enter the number on the front of the card"))
    return None

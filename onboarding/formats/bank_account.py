"""Number of a corporate bank account: 8 to 32 digits as the bank likes them. It has no check digit; never apply Luhn.

Accounts of non-residents and of free-trade zones carry up to three letters in front (NRA, FTE).
"""

import re

from django.utils.translation import gettext_lazy as _

from .iso7064 import luhn_holds
from .reading import Finding, Reading, clean, finding, refused

SHORTEST, LONGEST = 8, 32
_SHAPE = re.compile(r"[A-Z]{0,3}[0-9]+")


def read(text: str | None) -> Reading:
    """Read a corporate account; hyphens and blanks go, the value is 8 to 32 digits, rarely with letters in front."""
    value = clean(text)
    if error := _shape(value):
        return refused(value, error)
    if not value.isdigit():
        sentence = _("Accounts rarely begin with letters. Compare it with the paper from your bank")
        return Reading(value, warnings=(finding("letters", sentence),))
    if value.startswith("62") and 16 <= len(value) <= 19 and luhn_holds(value):
        sentence = _("This looks like the number of a personal card. Compare it with the paper from your bank")
        return Reading(value, warnings=(finding("personal_card", sentence),))
    return Reading(value)


def mask(value: str, *, staff: bool = False) -> str:
    """The last four digits; for staff the first six as well when at least four stay hidden."""
    if len(value) < SHORTEST:
        return "****"
    return value[:6] + "*" * (len(value) - 10) + value[-4:] if staff and len(value) >= 14 else "**** " + value[-4:]


def _shape(value: str) -> Finding | None:
    if not value:
        return finding("empty", _("Enter the account number, 8 to 32 digits"))
    if not _SHAPE.fullmatch(value):
        return finding("characters", _("Enter the account number, 8 to 32 digits. It has only digits"))
    if not SHORTEST <= len(value) <= LONGEST:
        return finding("length", _("Enter the account number, 8 to 32 digits. This one has {n}"), n=len(value))
    if not value.strip("0"):
        return finding("impossible", _("No account has this number. Enter the number on the paper from your bank"))
    return None

"""Mobile numbers of mainland China, for signing in and for codes; stored as E.164.

A pattern of our own, not phonenumbers: its tables lag behind the numbering plan (149 is in use and refused there).
"""

import re

from django.utils.translation import gettext_lazy as _

from .reading import Finding, Reading, clean, finding, is_digits, refused

PATTERN = re.compile(r"1(3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])\d{8}", re.ASCII)
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1[0-9]{10}$)")


def read(text: str | None) -> Reading:
    """Read a mobile number, with or without +86; the value is E.164, +8613812345678."""
    typed = clean(text)
    value = _COUNTRY.sub("", typed, count=1)
    error = _error(value)
    return refused(typed, error) if error else Reading(f"+86{value}")


def national(value: str) -> str:
    """A stored number as people write it: 138 1234 5678."""
    digits = value.removeprefix("+86")
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}"


def mask(value: str) -> str:
    """First three and last four digits: 138****5678."""
    digits = value.removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) == 11 else "****"


def _error(value: str) -> Finding | None:
    if not value:
        return finding("empty", _("Enter the 11-digit mobile number"))
    if value.startswith(("+", "00")):
        return finding("foreign", _("Enter a mobile number of mainland China. It has 11 digits and begins with 1"))
    if not is_digits(value):
        return finding("characters", _("Enter the 11-digit mobile number. It has only digits"))
    if len(value) != 11:
        return finding("length", _("Enter the 11-digit mobile number. This one has {n}"), n=len(value))
    if not PATTERN.fullmatch(value):
        sentence = _("No mobile number begins with {start}. Enter the 11-digit mobile number")
        return finding("prefix", sentence, start=value[:3])
    return None

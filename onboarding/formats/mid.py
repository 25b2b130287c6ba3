"""Merchant number (MID) at an acquirer: acquirer 3, clearing region 4, category code 4, serial 4; no check digit.

The category code inside is the one at the time of issue: it need not equal the merchant's present one.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from .reading import Reading, clean, finding, is_digits, refused

LENGTH = 15
LAST_SERIAL = 9999


class Parts(NamedTuple):
    """A merchant number taken apart."""

    acquirer: str
    region: str
    mcc: str
    serial: str


def read(text: str | None) -> Reading:
    """Read a merchant number; the value is 15 digits."""
    value = clean(text)
    if not value:
        return refused(value, finding("empty", _("Enter the 15-digit merchant number")))
    if not is_digits(value):
        return refused(value, finding("characters", _("Enter the 15-digit merchant number. It has only digits")))
    if len(value) != LENGTH:
        sentence = _("Enter the 15-digit merchant number. This one has {n}")
        return refused(value, finding("length", sentence, n=len(value)))
    return Reading(value)


def parts(value: str) -> Parts:
    """The parts of a merchant number that was read."""
    return Parts(value[:3], value[3:7], value[7:11], value[11:])


def build(acquirer: str, region: str, mcc: str, serial: int) -> str:
    """The merchant number of these parts; ValueError when they do not make 15 digits or the serials are used up."""
    value = f"{acquirer}{region}{mcc}{serial:04d}"
    widths = (len(acquirer), len(region), len(mcc))
    if widths != (3, 4, 4) or not is_digits(value) or not 1 <= serial <= LAST_SERIAL:
        raise ValueError(f"no merchant number from {acquirer!r}, {region!r}, {mcc!r}, {serial!r}")
    return value

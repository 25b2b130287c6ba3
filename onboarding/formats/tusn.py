"""Serial number of a payment terminal (TUSN): manufacturer 6 digits, device type 2 digits, the maker's serial.

The list of device types is from memory and grows: an unknown one is a warning.
"""

import re
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from .reading import Reading, clean, finding, refused

LONGEST = 50
_SHAPE = re.compile(r"[0-9]{8}[A-Z0-9]+")
DEVICE_TYPES = {
    "01": _("Cash machine"),
    "02": _("POS terminal"),
    "03": _("Mobile POS"),
    "04": _("Smart POS"),
    "05": _("Payment telephone"),
    "06": _("Cloud terminal"),
    "08": _("Phone as POS"),
    "09": _("Face payment terminal"),
    "10": _("QR terminal"),
    "11": _("QR accessory"),
    "12": _("Industry terminal"),
    "13": _("Till system"),
}


class Parts(NamedTuple):
    """A serial number taken apart."""

    manufacturer: str
    device_type: str
    serial: str


def read(text: str | None) -> Reading:
    """Read a terminal's serial number; the value is 9 to 50 digits and capitals, the first eight digits."""
    value = clean(text)
    if not value:
        return refused(value, finding("empty", _("Enter or scan the serial number on the back of the terminal")))
    if len(value) > LONGEST:
        sentence = _("A serial number has at most 50 characters. This one has {n}")
        return refused(value, finding("length", sentence, n=len(value)))
    if not _SHAPE.fullmatch(value):
        sentence = _("A serial number begins with 8 digits, then digits and letters. Scan it again")
        return refused(value, finding("shape", sentence))
    if parts(value).device_type in DEVICE_TYPES:
        return Reading(value)
    sentence = _("We do not know the device type {type} in this serial number. Compare it once more")
    return Reading(value, warnings=(finding("device_type", sentence, type=parts(value).device_type),))


def parts(value: str) -> Parts:
    """The parts of a serial number that was read."""
    return Parts(value[:6], value[6:8], value[8:])

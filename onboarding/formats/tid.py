"""Terminal number (TID) at an acquirer: eight digits or letters, no check digit; unique per merchant number."""

import re

from django.utils.translation import gettext_lazy as _

from .reading import Reading, clean, finding, refused

_SHAPE = re.compile(r"[A-Z0-9]{8}")


def read(text: str | None) -> Reading:
    """Read a terminal number; the value is eight digits or capitals."""
    value = clean(text)
    if _SHAPE.fullmatch(value):
        return Reading(value)
    sentence = _("Enter the 8-character terminal number, digits and letters")
    return refused(value, finding("shape" if value else "empty", sentence))

"""Contact telephone: a mobile, a landline with its area code, or a 400/800 number of mainland China."""

import phonenumbers
from django.utils.translation import gettext_lazy as _

from . import mobile
from .reading import Reading, clean, finding, refused

EXTENSION_WORDS = ("转分机", "分机", "转")


def read(text: str | None) -> Reading:
    """Read a contact number; the value is E.164, with ";ext=5" when there is an extension."""
    as_mobile = mobile.read(text)
    if as_mobile.ok:
        return as_mobile
    value = clean(text)
    if not value:
        return refused(value, finding("empty", _("Enter a telephone number")))
    return _landline(value)


def _landline(value: str) -> Reading:
    sentence = _("Enter a mobile number, or a landline with its area code, such as 010-62345678")
    dialled = value
    for word in EXTENSION_WORDS:
        dialled = dialled.replace(word, "EXT")
    try:
        number = phonenumbers.parse(dialled, "CN")
    except phonenumbers.NumberParseException:
        return refused(value, finding("shape", sentence))
    if not phonenumbers.is_valid_number_for_region(number, "CN"):
        return refused(value, finding("shape", sentence))
    stored = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Reading(f"{stored};ext={number.extension}" if number.extension else stored)

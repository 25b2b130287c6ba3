"""The 15-digit registration number on business licences before October 2015 (GS 15-2006): only for old records.

Six digits authority, eight sequence, one check digit by ISO/IEC 7064 MOD 11,10. New cases need the credit code (uscc).
"""

from django.utils.translation import gettext_lazy as _

from .iso7064 import check_11_10
from .reading import Reading, clean, finding, is_digits, refused

LENGTH = 15


def read(text: str | None) -> Reading:
    """Read an old registration number; the value is 15 digits."""
    value = clean(text)
    if not value:
        return refused(value, finding("empty", _("Enter the 15-digit registration number")))
    if not is_digits(value):
        return refused(value, finding("characters", _("Enter the 15-digit registration number. It has only digits")))
    if len(value) != LENGTH:
        sentence = _("Enter the 15-digit registration number. This one has {n}")
        return refused(value, finding("length", sentence, n=len(value)))
    if check_11_10(value[:-1]) != value[-1]:
        sentence = _("One digit of the registration number is wrong. Compare it with the old licence")
        return refused(value, finding("check", sentence))
    return Reading(value)

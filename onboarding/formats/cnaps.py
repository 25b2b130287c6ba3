"""CNAPS number of a bank branch: bank class 3, clearing region 4, branch 4, check digit by ISO/IEC 7064 MOD 11,10.

The clearing region is not the region of GB/T 2260. One wrong digit is always found, a swap nearly always.
"""

from django.utils.translation import gettext_lazy as _

from .iso7064 import check_11_10
from .reading import Reading, clean, finding, is_digits, refused

LENGTH = 12


def read(text: str | None) -> Reading:
    """Read a branch number; the value is 12 digits."""
    value = clean(text)
    if not value:
        return refused(value, finding("empty", _("Enter the 12-digit number of the bank branch")))
    if not is_digits(value):
        sentence = _("Enter the 12-digit number of the bank branch. It has only digits")
        return refused(value, finding("characters", sentence))
    if len(value) != LENGTH:
        sentence = _("Enter the 12-digit number of the bank branch. This one has {n}")
        return refused(value, finding("length", sentence, n=len(value)))
    if check_11_10(value[:-1]) != value[-1]:
        sentence = _("One digit of the branch number is wrong. Ask your bank, or choose the branch by name")
        return refused(value, finding("check", sentence))
    return Reading(value)


def bank_class(value: str) -> str:
    """The three digits that name the bank (102 is ICBC)."""
    return value[:3]


def clearing_region(value: str) -> str:
    """The four digits of the clearing region (5810 is Guangzhou); merchant numbers carry the same code."""
    return value[3:7]

"""Check characters that several identifiers share: ISO/IEC 7064 and Luhn (ISO/IEC 7812-1)."""

from stdnum import luhn
from stdnum.iso7064 import mod_11_2, mod_11_10


def check_11_2(body: str) -> str:
    """The MOD 11-2 character (0-9 or X) that closes `body`; `body` is digits only, else ValueError."""
    return str(mod_11_2.calc_check_digit(body))


def check_11_10(body: str) -> str:
    """The MOD 11,10 digit that closes `body`; `body` is digits only, else ValueError."""
    return str(mod_11_10.calc_check_digit(body))


def luhn_holds(number: str) -> bool:
    """True when the last digit of `number`, digits only, is its Luhn digit."""
    return bool(luhn.checksum(number) == 0)

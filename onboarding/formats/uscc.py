"""Unified social credit code, GB 32100-2015: department, type, region (6), organisation code (9), check character.

The check is 31 - sum(value * 3^i) mod 31. Some lawfully issued codes fail it (91350211M0000XUF46), so a mismatch is a
warning; so is a mismatch inside the organisation code (GB 11714-1997). The table of types is from memory:
only a department that does not exist, and a type the market regulator never issues, are refused.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .reading import Finding, Reading, clean, finding, is_digits, refused
from .regions import PROVINCES, is_city_known

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
TYPES = {
    "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "12349", "6": "129", "7": "129", "8": "19",
    "9": "123", "A": "19", "N": "1239", "Y": "1",
}  # fmt: skip
NATIONAL = "10"  # the region 100000: registered by a national authority

MERCHANT_TYPES = {
    "91": {"enterprise"},
    "92": {"sole_trader"},
    "93": {"enterprise"},
    "11": {"government"},
    "12": {"institution"},
}
OTHER_TYPES = frozenset({"enterprise", "government", "social_org"})


def read(text: str | None, *, merchant_type: str = "") -> Reading:
    """Read a credit code; the value is 18 characters. `merchant_type` adds the cross-rule of `merchant_types`."""
    value = clean(text)
    if shape := _shape(value):
        return refused(value, shape)
    errors = [*_impossible(value)]
    warnings = [*_doubts(value)]
    if merchant_type and merchant_type not in merchant_types(value):
        (errors if _sole_trader_mixed_up(value, merchant_type) else warnings).append(_other_type(value))
    return Reading(value, tuple(errors), tuple(warnings))


def check_character(body: str) -> str:
    """The 18th character for the first 17; ValueError for a character outside the alphabet."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(body: str) -> str:
    """The ninth character of an organisation code for its first eight (GB 11714-1997), digits or capitals."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def region(value: str) -> str:
    """The six digits of the region where the body was registered."""
    return value[2:8]


def merchant_types(value: str) -> frozenset[str]:
    """The merchant types that may carry this code: 92 is a sole trader and nothing else, 12 a public institution…"""
    if value[:1] == "5":
        return frozenset({"social_org"})
    return frozenset(MERCHANT_TYPES.get(value[:2], OTHER_TYPES))


def _shape(value: str) -> Finding | None:
    if not value:
        return finding("empty", _("Enter the 18-character credit code"))
    if len(value) == 15 and is_digits(value):
        sentence = _("This is the old 15-digit number. Enter the 18-character code of the new licence")
        return finding("old_number", sentence)
    if len(value) != LENGTH:
        return finding("length", _("Enter the 18-character credit code. This one has {n}"), n=len(value))
    if strange := [char for char in value if char not in ALPHABET]:
        sentence = _("A credit code has no “{char}”: only digits, and capital letters except I, O, S, V and Z")
        return finding("characters", sentence, char=strange[0])
    return None


def _impossible(value: str) -> Iterator[Finding]:
    if value[0] not in TYPES or (value[0] == "9" and value[1] not in TYPES["9"]):
        sentence = _("No credit code begins with {start}. Compare the first two characters with the licence")
        yield finding("type", sentence, start=value[:2])
    if not is_digits(region(value)) or value[2:4] not in PROVINCES | {NATIONAL}:
        sentence = _("Characters 3 to 8 name a region, and there is no region {region}. Compare them with the licence")
        yield finding("region", sentence, region=region(value))


def _doubts(value: str) -> Iterator[Finding]:
    if value[1] not in TYPES.get(value[0], value[1]) and value[0] != "9":
        sentence = _("Credit codes that begin with {start} are rare. Compare it once more")
        yield finding("rare_type", sentence, start=value[:2])
    if is_digits(region(value)) and value[2:4] in PROVINCES and not is_city_known(region(value)):
        sentence = _("We do not know the region {region} in this credit code. Compare it once more")
        yield finding("rare_region", sentence, region=region(value))
    if check_character(value[:-1]) != value[-1]:
        sentence = _("The last character does not fit the others. Compare the credit code with the licence")
        yield finding("check", sentence)
    if organisation_check(value[8:16]) != value[16]:
        sentence = _("Characters 9 to 17 do not fit together. Compare the credit code with the licence")
        yield finding("organisation_check", sentence)


def _sole_trader_mixed_up(value: str, merchant_type: str) -> bool:
    return (value[:2] == "92") != (merchant_type == "sole_trader")


def _other_type(value: str) -> Finding:
    if value[:2] == "92":
        sentence = _("This is the credit code of a sole trader. Choose “sole trader”, or enter your own code")
    elif value[0] == "9":
        sentence = _("This is the credit code of a company. Choose “company”, or enter your own code")
    else:
        sentence = _("This credit code does not fit the type you chose. Check the type, or enter your own code")
    return finding("merchant_type", sentence)

"""How long a text message is for the network: which alphabet it needs, and in how many pieces it is sent and paid."""

from __future__ import annotations

import dataclasses

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "^{}\\[~]|€\f"  # each takes two places
GSM7 = frozenset(_BASIC + _EXTENDED)
ALONE = {"GSM-7": 160, "UCS-2": 70}  # places in one message
IN_A_ROW = {"GSM-7": 153, "UCS-2": 67}  # in each of several, which carry their number


@dataclasses.dataclass(frozen=True, slots=True)
class Length:
    """Places that a text takes, of how many, and the messages it needs."""

    alphabet: str
    used: int
    limit: int
    messages: int


def is_gsm7(text: str) -> bool:
    """Whether every sign is in the 7-bit alphabet: no Chinese, no curly quotation marks, no dash but the hyphen."""
    return set(text) <= GSM7


def measure(text: str) -> Length:
    alphabet = "GSM-7" if is_gsm7(text) else "UCS-2"
    if alphabet == "GSM-7":
        used = len(text) + sum(sign in _EXTENDED for sign in text)
    else:
        used = len(text.encode("utf-16-be")) // 2  # a rare Han character takes two
    limit = ALONE[alphabet]
    pieces = 1 if used <= limit else -(-used // IN_A_ROW[alphabet])
    return Length(alphabet, used, limit, pieces)


LEGAL_FORMS = ("有限责任公司", "股份有限公司", "有限公司", "（个体工商户）", "(个体工商户)")


def shortened(name: str, most: int) -> str:
    """A shop's name in at most `most` characters: first without its legal form, then cut, a Latin one between words."""
    for form in LEGAL_FORMS:
        if len(name) > most:
            name = name.removesuffix(form)
    if len(name) <= most:
        return name
    if name.isascii():
        return name[: most + 1].rpartition(" ")[0].strip() or name[:most]
    return name[: most - 1] + "…"

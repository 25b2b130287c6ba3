"""Fees in whole fen and ppm (6000 ppm = 0.6 %): never a float. One fen is a hundredth of a yuan.

Each fee is rounded half up to the fen, then raised to the minimum, lowered to the cap, and the fixed part is added.
The floor of costs follows the published ceilings since 2016-09-06: issuer (debit 0.35 %, cap 13 yuan; credit 0.45 %)
and network (0.0325 %, cap 3.25 yuan for debit).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from onboarding.formats.reading import narrow

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MILLION = 1_000_000
LARGEST_FEN = 10**13  # a hundred billion yuan: beyond every real amount, far inside a 64-bit column
# A trade without a price of its own pays the standard one; "special" and "none" do not.
FALLBACK = {"discount": "standard", "waived": "standard"}
_YUAN = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One line of a fee plan. Amounts in fen, both ends included; None is "no end". A smaller priority wins."""

    product: str
    rate_ppm: int
    min_fen: int = 0
    cap_fen: int | None = None
    fixed_fen: int = 0
    amount_from_fen: int = 0
    amount_to_fen: int | None = None
    mcc_class: str = "standard"
    region: str | None = None
    priority: int = 100

    def fee(self, amount_fen: int) -> int:
        """The fee in fen for an amount in fen."""
        return fee(amount_fen, self.rate_ppm, self.min_fen, self.cap_fen, self.fixed_fen)

    def covers(self, amount_fen: int) -> bool:
        """True when the amount lies in the range of this rule."""
        return self.amount_from_fen <= amount_fen and (self.amount_to_fen is None or amount_fen <= self.amount_to_fen)


@dataclass(frozen=True, slots=True)
class Floor:
    """What a payment costs the acquirer at least: rate in ppm, cap in fen (None: no cap)."""

    rate_ppm: int
    cap_fen: int | None


COST_FLOOR = {"DEBIT": Floor(3825, 1625), "CREDIT": Floor(4825, None)}


class NotAnAmount(ValueError):
    """The text is no amount of money; `sentence` says what to enter, `code` is stable."""

    def __init__(self, code: str, sentence: "StrPromise", **values: Any) -> None:
        self.code = code
        self.sentence = format_lazy(sentence, **values) if values else sentence
        super().__init__(code)


def fee(amount_fen: int, rate_ppm: int, min_fen: int = 0, cap_fen: int | None = None, fixed_fen: int = 0) -> int:
    """The fee in fen; ValueError for a negative amount (a refund is a fact of its own, not a negative fee)."""
    if amount_fen < 0:
        raise ValueError("the amount must not be negative")
    due = max((amount_fen * rate_ppm + MILLION // 2) // MILLION, min_fen)
    return (due if cap_fen is None else min(due, cap_fen)) + fixed_fen


def choose(
    rules: Iterable[FeeRule], *, product: str, amount_fen: int, mcc_class: str = "standard", region: str = ""
) -> FeeRule | None:
    """The rule that prices this payment, or None. `region` is the shop's six-digit code.

    Smallest priority first, then the trade's own class before the standard one, then the narrower region.
    """
    classes = {mcc_class, FALLBACK.get(mcc_class, mcc_class)}
    fitting = [
        rule
        for rule in rules
        if rule.product == product
        and rule.mcc_class in classes
        and rule.covers(amount_fen)
        and region.startswith(_region_prefix(rule))
    ]
    return min(fitting, key=lambda rule: _rank(rule, mcc_class), default=None)


def below_cost(rule: FeeRule) -> bool:
    """True when the rule may bring less than the payment costs: it then needs a stated reason."""
    floor = COST_FLOOR.get(rule.product)
    if floor is None:
        return False
    cap_too_low = rule.cap_fen is not None and (floor.cap_fen is None or rule.cap_fen < floor.cap_fen)
    return rule.rate_ppm < floor.rate_ppm or cap_too_low


def percent(ppm: int) -> str:
    """A rate as people read it, without needless zeros: 5500 -> "0.55%"."""
    return f"{(Decimal(ppm) / 10_000).normalize():f}%"


def yuan(fen: int) -> str:
    """An amount as people read it, without a currency sign: 123450 -> "1,234.50"."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


def parse_yuan(text: str | None, *, least: int = 0, most: int = LARGEST_FEN) -> int:
    """Typed yuan ("1,234.5", "￥20", "20元") in fen; NotAnAmount with a sentence when it is none or out of bounds."""
    plain = "".join(narrow(text).split()).strip("¥").removesuffix("元")
    if not plain:
        raise NotAnAmount("empty", _("Enter an amount in yuan, such as 1234.50"))
    if len(plain) > 30 or not _YUAN.fullmatch(plain):
        raise NotAnAmount("shape", _("Enter an amount in yuan with at most two decimals, such as 1234.50"))
    amount = int(Decimal(plain.replace(",", "")) * 100)
    if amount < least:
        raise NotAnAmount("least", _("Enter at least {least} yuan"), least=yuan(least))
    if amount > most:
        raise NotAnAmount("most", _("Enter at most {most} yuan"), most=yuan(most))
    return amount


def _region_prefix(rule: FeeRule) -> str:
    """ "440000" covers the province, "440300" the city, "440305" the county."""
    code = rule.region or ""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _rank(rule: FeeRule, mcc_class: str) -> tuple[int, bool, int]:
    return rule.priority, rule.mcc_class != mcc_class, -len(_region_prefix(rule))

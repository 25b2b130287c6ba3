"""A worked example with the calculator that bills real shops: three payments and a year, price list by price list."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils import timezone

from onboarding import fees
from onboarding.application.plans import Cost, Takings, cost, rules_of
from onboarding.facts.plans import fitting, offered
from onboarding.models import FeePlan, MerchantType

MONTH = Takings({"CREDIT": 15_000_00, "DEBIT": 7_500_00, "QR_DEBIT": 20_000_00, "QR_CREDIT": 7_500_00}, 60_00)
SINGLE = (("CREDIT", 60_00), ("DEBIT", 60_00), ("DEBIT", 8_000_00))  # a meal, the same by debit card, a banquet
CLASS = "standard"


@dataclasses.dataclass(frozen=True, slots=True)
class Priced:
    """One payment: the fee in fen, its rate, and whether the cap made it smaller."""

    product: str
    amount: int
    rate_ppm: int
    plain: int
    fee: int

    @property
    def capped(self) -> bool:
        return self.fee < self.plain


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One price list; they stand in the order of their institutions, never by price."""

    plan: FeePlan
    cost: Cost
    payments: tuple[Priced, ...]

    @property
    def running(self) -> int:
        """Fen in the first year for rent and data."""
        return self.cost.rent + self.cost.data


def rows() -> list[Row]:
    """What every plan for a sole trader's restaurant costs. Two queries."""
    plans = fitting(offered(), MerchantType.SOLE_TRADER, CLASS)
    return [Row(plan, _year(plan), tuple(_payments(plan))) for plan in plans]


def _year(plan: FeePlan) -> Cost:
    return cost(plan, MONTH, fee_class=CLASS, region="", terminals=1, start=timezone.localdate())


def _payments(plan: FeePlan) -> Iterator[Priced]:
    for product, amount in SINGLE:
        rule = fees.choose(rules_of(plan), product=product, amount_fen=amount, mcc_class=CLASS)
        if rule:
            yield Priced(product, amount, rule.rate_ppm, fees.fee(amount, rule.rate_ppm), rule.fee(amount))


def floor() -> list[dict[str, object]]:
    """What a payment costs every institution at least, by the published ceilings."""
    return [
        {"product": product, "rate": one.rate_ppm, "cap": one.cap_fen, "fee": _least(one, 8_000_00)}
        for product, one in fees.COST_FLOOR.items()
    ]


def _least(one: fees.Floor, amount: int) -> int:
    return fees.fee(amount, one.rate_ppm, cap_fen=one.cap_fen)

"""What a plan costs a merchant in a year, by onboarding.fees: whole fen, month by month, promotion and all."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from onboarding import fees
from onboarding.facts.plans import fitting, offered
from onboarding.models import FeePlan

PRODUCTS = ("CREDIT", "DEBIT", "QR_DEBIT", "QR_CREDIT")
MONTHS = 12
Rules = tuple[fees.FeeRule, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Takings:
    """A usual month: fen per product, and the usual amount of one payment in fen (at least 1)."""

    volumes: Mapping[str, int]
    ticket_fen: int

    @property
    def total(self) -> int:
        return sum(self.volumes.values())


@dataclasses.dataclass(frozen=True, slots=True)
class Cost:
    """Fen in the first year. `once` is paid at the start; the deposit is not in it, it comes back."""

    fees: int
    rent: int
    data: int
    once: int
    unpriced: tuple[str, ...] = ()  # products with takings that this plan has no price for
    below_minimum: bool = False  # another price applies under the plan's smallest monthly volume

    @property
    def year(self) -> int:
        return self.fees + self.rent + self.data + self.once

    @property
    def month(self) -> int:
        """A twelfth of the year, rounded half up."""
        return (2 * self.year + MONTHS) // (2 * MONTHS)

    @property
    def comparable(self) -> bool:
        return not self.unpriced and not self.below_minimum


def rules_of(plan: FeePlan) -> Rules:
    """The rules of a plan as onboarding.fees takes them; prefetched rows cost no query."""
    return tuple(_rule({name: getattr(row, name) for name in _NAMES}) for row in plan.rules.all())


_NAMES = tuple(field.name for field in dataclasses.fields(fees.FeeRule))


def _rule(values: Mapping[str, Any]) -> fees.FeeRule:
    known = {name: values[name] for name in _NAMES if name in values}
    return fees.FeeRule(**{**known, "mcc_class": known.get("mcc_class") or "standard", "region": known.get("region")})


def rules_after(plan: FeePlan) -> Rules:
    """The rules once the promotion has ended; empty without one."""
    promotion = plan.terms.get("promotion") or {}
    return tuple(_rule(one) for one in promotion.get("rules_after", ()))


def promotion_end(plan: FeePlan) -> date | None:
    """The last day of the promotion."""
    promotion = plan.terms.get("promotion") or {}
    return date.fromisoformat(promotion["ends_on"]) if promotion.get("ends_on") else None


def cost(plan: FeePlan, takings: Takings, *, fee_class: str, region: str, terminals: int, start: date) -> Cost:
    """The first year from `start`, for these takings every month. `region` is the shop's district code or ""."""
    device = plan.terms.get("device") or {}
    now, later, end = rules_of(plan), rules_after(plan), promotion_end(plan)
    place = {"mcc_class": fee_class, "region": region}
    paid = sum(month_fee(later if later and end and first > end else now, takings, **place) for first in months(start))
    missing = tuple(one for one, fen in takings.volumes.items() if fen and price(now, one, takings, **place) is None)
    period = device.get("data_fee_period_months") or MONTHS
    return Cost(
        fees=paid, rent=terminals * device.get("rent_fen_per_month", 0) * MONTHS,
        data=terminals * device.get("data_fee_fen", 0) * MONTHS // period,
        once=terminals * device.get("price_fen", 0), unpriced=missing,
        below_minimum=takings.total < plan.terms.get("min_monthly_volume_fen", 0),
    )  # fmt: skip


def months(start: date) -> Iterable[date]:
    """The first day of each of twelve months, the present one first (its own start day)."""
    for ahead in range(MONTHS):
        years, month = divmod(start.month - 1 + ahead, MONTHS)
        yield start if not ahead else date(start.year + years, month + 1, 1)


def month_fee(rules: Rules, takings: Takings, *, mcc_class: str, region: str) -> int:
    """The fees of one month in fen: every payment is rounded by itself, as the acquirer does."""
    return sum(_product_fee(rules, one, takings, mcc_class, region) for one in takings.volumes)


def _product_fee(rules: Rules, product: str, takings: Takings, mcc_class: str, region: str) -> int:
    count, rest = divmod(takings.volumes[product], takings.ticket_fen)
    total = 0
    for amount, times in ((takings.ticket_fen, count), (rest, 1 if rest else 0)):
        rule = fees.choose(rules, product=product, amount_fen=amount, mcc_class=mcc_class, region=region)
        total += times * rule.fee(amount) if rule else 0
    return total


def price(rules: Rules, product: str, takings: Takings, *, mcc_class: str, region: str) -> fees.FeeRule | None:
    """The rule for a usual payment of this product."""
    amount = takings.ticket_fen
    return fees.choose(rules, product=product, amount_fen=amount, mcc_class=mcc_class, region=region)


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """One row of the comparison."""

    plan: FeePlan
    cost: Cost
    more: int  # fen a month above the cheapest that can be compared
    best: bool
    serves: bool  # the institution works in the shop's province


def compare(
    takings: Takings, *, merchant_type: str, fee_class: str, region: str, terminals: int, start: date
) -> list[Offer]:
    """The plans that fit, cheapest first; those that cannot be compared, or work elsewhere, come last. Two queries."""
    place = {"fee_class": fee_class, "region": region, "terminals": terminals, "start": start}
    rows = fitting(offered(start), merchant_type, fee_class)
    priced = [(plan, cost(plan, takings, **place)) for plan in rows]  # type: ignore[arg-type]
    fair = [(plan, one) for plan, one in priced if one.comparable and plan.serves(region)]
    least = min((one.year for _plan, one in fair), default=None)
    cheapest = next((plan for plan, one in fair if one.year == least), None)
    offers = [
        Offer(plan, one, max(0, one.month - _twelfth(least)), plan is cheapest, plan.serves(region))
        for plan, one in priced
    ]
    return sorted(offers, key=lambda one: (not one.best, not one.serves, not one.cost.comparable, one.cost.year))


def _twelfth(year: int | None) -> int:
    return Cost(year, 0, 0, 0).month if year is not None else 0

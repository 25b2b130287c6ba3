"""A plan in plain words: prices, money's way, terminal, deposit, exit. Used by the comparison and the agreement."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from onboarding import fees
from onboarding.application.plans import Rules, promotion_end, rules_of
from onboarding.models import FeePlan
from onboarding.words import pick, suffix
from portal.words import money, rate


def product_name(product: str) -> str:
    """As merchants call it."""
    names = {
        "DEBIT": _("Debit card"),
        "CREDIT": _("Credit card"),
        "QR_DEBIT": _("QR, debit or balance"),
        "QR_CREDIT": _("QR, credit"),
        "FOREIGN": _("Foreign card"),
        "D0": _("Same-day money"),
    }
    return names.get(product, product)


def price_words(rule: fees.FeeRule) -> str:
    """0.50%, capped at ¥20.00, …"""
    parts = [rate(rule.rate_ppm)]
    if rule.cap_fen is not None:
        parts.append(_("at most %(amount)s") % {"amount": money(rule.cap_fen)})
    if rule.min_fen:
        parts.append(_("at least %(amount)s") % {"amount": money(rule.min_fen)})
    if rule.fixed_fen:
        parts.append(_("plus %(amount)s each") % {"amount": money(rule.fixed_fen)})
    return _(", ").join(parts)


def range_words(rule: fees.FeeRule) -> str:
    """Which payments the rule is for; "" for all."""
    if rule.amount_to_fen is not None:
        return _("up to %(amount)s") % {"amount": money(rule.amount_to_fen)}
    return _("from %(amount)s") % {"amount": money(rule.amount_from_fen)} if rule.amount_from_fen else ""


def own_rules(rules: Rules, fee_class: str) -> list[fees.FeeRule]:
    """The rules that price this trade: per product its own class, else the standard one; in the order of the plan."""
    classes = (fee_class, fees.FALLBACK.get(fee_class, fee_class))
    mine: list[fees.FeeRule] = []
    for product in dict.fromkeys(rule.product for rule in rules):
        of_product = [rule for rule in rules if rule.product == product]
        mine += next((found for one in classes if (found := [r for r in of_product if r.mcc_class == one])), [])
    return mine


def price_lines(rules: Rules, fee_class: str, products: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(product, price) for each rule of this trade."""
    lines = []
    for rule in own_rules(rules, fee_class):
        if products and rule.product not in products:
            continue
        note = range_words(rule)
        words = price_words(rule)
        lines.append(
            (
                product_name(rule.product),
                _("%(price)s (%(range)s)") % {"price": words, "range": note} if note else words,
            )
        )
    return lines


def settlement_words(plan: FeePlan, cycle: str) -> str:
    """When the money comes, with what it costs extra."""
    one = next((one for one in plan.terms.get("settlement", ()) if one["code"] == cycle), None)
    if one is None:
        return cycle
    parts = [f"{one[suffix()]} ({one['code'][0]}+{one['code'][1:]})"]
    if extra := one.get("extra_fee"):
        told = {"rate": rate(extra["rate_ppm"]), "fixed": money(extra["fixed_fen"])}
        parts.append(_("costs %(rate)s plus %(fixed)s each time") % told)
    if limit := one.get("daily_limit_fen"):
        parts.append(_("at most %(amount)s a day") % {"amount": money(limit)})
    return _(", ").join(parts)


def deposit_words(plan: FeePlan) -> str:
    deposit = plan.terms.get("deposit") or {}
    if not deposit.get("amount_fen"):
        return _("No deposit")
    told = {
        "amount": money(deposit["amount_fen"]),
        "when": pick(deposit, "refund_condition"),
        "days": deposit["refund_working_days"],
    }
    return (
        _("%(amount)s, refundable: %(when)s. It comes back within %(days)s working days, to the account it came from.")
        % told
    )


def device_words(plan: FeePlan) -> str:
    """Whose the terminal is and what it costs."""
    device = plan.terms.get("device") or {}
    mine = device.get("ownership") == "merchant"
    whose = _("Yours, for %(amount)s each") if mine else _("Lent to you; it stays the institution’s")
    words = whose % {"amount": money(device.get("price_fen", 0))} if mine else whose
    if rent := device.get("rent_fen_per_month"):
        words += _(", rent %(amount)s a month") % {"amount": money(rent)}
    return words


def monthly_words(plan: FeePlan) -> str:
    """Fixed charges: rent, data, minimum, inactivity."""
    device, parts = plan.terms.get("device") or {}, []
    if device.get("rent_fen_per_month"):
        parts.append(_("Rent %(amount)s a month") % {"amount": money(device["rent_fen_per_month"])})
    if device.get("data_fee_fen"):
        told = {
            "amount": money(device["data_fee_fen"]),
            "months": device["data_fee_period_months"],
            "days": device["data_fee_starts_after_days"],
        }
        parts.append(_("Data %(amount)s per %(months)s months, from day %(days)s on") % told)
    if plan.terms.get("inactivity_fee_fen"):
        parts.append(_("Without sales: %(amount)s") % {"amount": money(plan.terms["inactivity_fee_fen"])})
    return _("; ").join(parts) or _("None")


def promotion_words(plan: FeePlan) -> str:
    """Until when the price holds and what it is afterwards; how a rise is announced."""
    promotion = plan.terms.get("promotion")
    days = {"days": plan.terms.get("change_notice_days", 30)}
    rise = _("A rise is announced %(days)s days ahead and needs your agreement") % days
    if promotion and promotion_end(plan):
        return f"{promotion[suffix()]}{_('. ')}{rise}"
    return rise


def exit_words(plan: FeePlan) -> str:
    words = pick(plan.terms, "exit")
    least = plan.terms.get(f"min_volume_{suffix()}")
    return f"{words} {least}" if least else words


def refund_words(plan: FeePlan) -> str:
    """Whether the fee of a refunded sale comes back."""
    if plan.terms.get("refund_fee_returned"):
        return _("When you refund a sale, its fee comes back to you")
    return _("When you refund a sale, its fee is not returned")


def summary(plan: FeePlan, fee_class: str, cycle: str) -> list[dict[str, Any]]:
    """The one page in plain words (templates/includes/answers.html)."""
    prices = _("; ").join(f"{name} {words}" for name, words in price_lines(rules_of(plan), fee_class))
    rows = (
        (_("What you pay per sale"), prices),
        (_("Fixed charges"), monthly_words(plan)),
        (_("When the money comes"), settlement_words(plan, cycle)),
        (_("Whose terminal it is"), _("%(words)s. Never rent, sell or move it") % {"words": device_words(plan)}),
        (_("Deposit"), deposit_words(plan)),
        (_("Will it get dearer?"), promotion_words(plan)),
        (_("If you want out"), exit_words(plan)),
    )
    return [{"label": label, "value": value} for label, value in rows]


def long_date(day: Any) -> str:
    return date_format(day, "DATE_FORMAT")

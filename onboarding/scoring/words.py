"""An addend in words, and which values a fact may have: for the workbench and for those who edit the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from onboarding.models import Case, Check, Division, MerchantType, RiskWeight, Store
from onboarding.screening import CHECKS
from onboarding.screening.words import SENTENCES

Fact = RiskWeight.Fact
PARAMETER = re.compile(r"%\(\w+\)[sd]")  # what a sentence says of one case; here it is about all of them
MCC_RISKS: dict[str, Any] = {
    "low": pgettext_lazy("risk class", "Low"),
    "medium": pgettext_lazy("risk class", "Medium"),
    "high": pgettext_lazy("risk class", "High"),
    "prohibited": pgettext_lazy("risk class", "Not taken"),
}
CHOICES: dict[str, dict[str, Any]] = {
    Fact.MERCHANT_TYPE: dict(MerchantType.choices),
    Fact.CHANNEL: dict(Case.Channel.choices),
    Fact.PREMISES: dict(Store.Premises.choices),
    Fact.MCC_RISK: MCC_RISKS,
}
RESULTS = (Check.Result.WARNING, Check.Result.FAILED, Check.Result.ERROR)
MEASURED: dict[str, Any] = {
    Fact.FAILED: ngettext_lazy("%(n)d check failed or more", "%(n)d checks failed or more", "n"),
    Fact.SILENT: ngettext_lazy("%(n)d check without an answer or more", "%(n)d checks without an answer or more", "n"),
    Fact.WARNED: ngettext_lazy("%(n)d check with a warning or more", "%(n)d checks with a warning or more", "n"),
    Fact.OWNER_AGE: ngettext_lazy(
        "The responsible person is %(n)d year old or older", "The responsible person is %(n)d years old or older", "n"
    ),
    Fact.BUSINESS_AGE: ngettext_lazy(
        "The business is %(n)d month old or older", "The business is %(n)d months old or older", "n"
    ),
    Fact.TURNOVER: ngettext_lazy(
        "Takings of %(n)d %% of the usual or more", "Takings of %(n)d %% of the usual or more", "n"
    ),
    Fact.AMOUNT: ngettext_lazy(
        "Largest amount of %(n)d %% of the usual or more", "Largest amount of %(n)d %% of the usual or more", "n"
    ),
    Fact.TERMINALS: ngettext_lazy("%(n)d terminal or more", "%(n)d terminals or more", "n"),
}
NOT_A_NUMBER = _("Enter a whole number, 0 or more.")
NO_SUCH_VALUE = _("This fact has no such value. It may be: %(values)s.")
NO_SUCH_REGION = _("There is no such region. Enter the six digits of a province, city or district.")
NO_SUCH_CHECK = _("Enter a check and its answer, such as photo:warning. Checks: %(values)s.")
NO_SUCH_FINDING = _("No check has such a finding. Enter its code, such as same_mobile.")


def words(addend: Mapping[str, Any]) -> Any:
    """What gave the points, in the reader's language."""
    fact, value = str(addend["fact"]), str(addend["value"])
    if fact in MEASURED:
        return MEASURED[fact] % {"n": int(value)}
    label = Fact(fact).label if fact in Fact.values else fact
    return format_lazy("{}: {}", label, _named(fact, value))


def _named(fact: str, value: str) -> Any:
    if fact == Fact.CHECK:
        name, _colon, result = value.partition(":")
        label = CHECKS[name].label if name in CHECKS else name
        return format_lazy("{}, {}", label, dict(Check.Result.choices).get(result, result))
    if fact == Fact.FINDING:
        return PARAMETER.sub("…", str(SENTENCES.get(value, value)))
    return CHOICES.get(fact, {}).get(value, value)


def wrong(fact: str, value: str) -> Any | None:
    """Why `value` cannot be one of `fact`; None when it can. One query for a region."""
    if fact in MEASURED:
        return None if value.isascii() and value.isdigit() and str(int(value)) == value else NOT_A_NUMBER
    if fact in CHOICES:
        return None if value in CHOICES[fact] else NO_SUCH_VALUE % {"values": ", ".join(CHOICES[fact])}
    if fact == Fact.REGION:
        return None if Division.objects.filter(pk=value).exists() else NO_SUCH_REGION
    if fact == Fact.CHECK:
        name, _colon, result = value.partition(":")
        return None if name in CHECKS and result in RESULTS else NO_SUCH_CHECK % {"values": ", ".join(sorted(CHECKS))}
    return None if value in SENTENCES or value.startswith("number_") else NO_SUCH_FINDING

"""What is missing before the application can be handed in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.rules.papers import Paper, Returned, absent, filled, needs, unmended
from onboarding.rules.registry import Facts, Requirement, Who, rule

# The fields of this step by the name that a return and a requirement carry ("field:" before it): sentence when empty.
EMPTY: dict[str, Any] = {
    "store.name": _("Enter the name on the sign of the shop."),
    "store.mcc": _("Choose your trade."),
    "store.address": _("Choose the district and enter the street of the shop."),
    "application.turnover": _("Enter how much you expect to take in a month, and the largest single amount."),
    "settlement.account": _("Enter the account that your money goes to."),
    "application.plan": _("Choose a price plan."),
}
FIELDS: dict[str, Any] = {
    "store.name": _("Shop"),
    "store.mcc": _("Trade"),
    "store.address": _("Address of the shop"),
    "application.turnover": _("Expected takings and terminals"),
    "settlement.account": _("Settlement account"),
    "application.plan": _("Price plan"),
}
SLUGS: dict[str, str] = {
    "store.name": "store",
    "store.mcc": "trade",
    "store.address": "address",
    "application.turnover": "turnover",
    "settlement.account": "account",
    "application.plan": "plan",
}
# Other names that reasons for a return use for the same pages (table Reason, column applies_to).
ALSO = {"store.website": "store.name", "application.terminals": "application.turnover"}
MERCHANT_TYPES_UNIT = ("enterprise", "institution", "government", "social_org")
OTHERWISE = _("The review cannot begin and your opening date moves. What you entered is kept for 90 days.")


@dataclasses.dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """The answers and papers of the application. `empty`: names of FIELDS without an answer."""

    empty: tuple[str, ...] = tuple(EMPTY)
    plan_fits: bool = True  # published, in force, and made for this merchant and trade; True while none is chosen
    account_fits: bool = True  # of a kind that this merchant type may settle to
    papers: tuple[Paper, ...] = ()
    returned: tuple[Returned, ...] = ()


OUTSIDE = _(
    "This shop lies outside of the regions of your agency. Correct the address, or let the merchant take the case over."
)


@dataclasses.dataclass(frozen=True, slots=True)
class AgencyFacts:
    """The sales agency that brought the case in, if one did; it binds the agency's people and nobody else."""

    covers_shop: bool = True  # also while no district is chosen


def account_kinds(merchant_type: str) -> tuple[str, ...]:
    """Which accounts a merchant of this type may settle to, the usual one first (DOMAIN 1.1)."""
    if merchant_type in MERCHANT_TYPES_UNIT:
        return ("unit",)
    return ("personal", "unit") if merchant_type == "sole_trader" else ("personal",)


def name_of(item: str) -> str:
    """The name in FIELDS of a returned "field:…"; a bare column name ("mcc") is read as well. "" when none fits."""
    bare = item.removeprefix("field:")
    bare = ALSO.get(bare, bare)
    return next((name for name in FIELDS if bare in (name, name.partition(".")[2])), "")


@rule("submit_application")
def every_question_has_an_answer(facts: Facts) -> Iterator[Requirement]:
    for name in facts.of(ApplicationFacts).empty:
        yield _needs(f"empty_{name}", EMPTY[name], page_of(name), f"field:{name}")


@rule("submit_application")
def the_answers_fit_together(facts: Facts) -> Iterator[Requirement]:
    answers = facts.of(ApplicationFacts)
    if not answers.plan_fits:
        sentence = _("The plan you chose is not offered for your trade any more. Choose another one.")
        yield _needs("plan_fits", sentence, "application_plan", "field:application.plan")
    if not answers.account_fits:
        sentence = _("Your kind of business settles to another kind of account. Enter one that fits.")
        yield _needs("account_fits", sentence, "application_account", "field:settlement.account")


@rule("submit_application")
def every_paper_is_there(facts: Facts) -> Iterator[Requirement]:
    yield from absent(facts.of(ApplicationFacts).papers, "application_document", OTHERWISE)


@rule("submit_application")
def what_was_returned_has_changed(facts: Facts) -> Iterator[Requirement]:
    returned = facts.of(ApplicationFacts).returned
    yield from unmended(returned, "application_document", OTHERWISE)
    for one in returned:
        if not one.changed and one.item.startswith("field:") and (name := name_of(one.item)):
            yield _returned_field(name)


@rule(f"submit_application:{Who.SALES_AGENT}")
def the_agency_may_work_there(facts: Facts) -> Iterator[Requirement]:
    if not facts.of(AgencyFacts).covers_shop:
        page = page_of("store.address")
        yield Requirement("outside_region", Who.SALES_AGENT, OUTSIDE, page, "field:store.address", None, OTHERWISE)


def _returned_field(name: str) -> Requirement:
    sentence = filled(_("Correct it: %(name)s"), lambda: FIELDS[name])
    return _needs(f"returned_{name}", sentence, page_of(name), f"field:{name}")


def page_of(name: str) -> str:
    """The URL name of the page where a field of FIELDS is answered."""
    return f"application_{SLUGS[name]}"


def _needs(code: str, sentence: Any, page: str, field: str) -> Requirement:
    return needs(code, sentence, page, field, OTHERWISE)

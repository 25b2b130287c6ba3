"""Reads ApplicationFacts in at most six queries, AgencyFacts in two."""

from __future__ import annotations

from collections.abc import Iterator

from onboarding.facts import kept
from onboarding.facts.identity import returned
from onboarding.facts.papers import asked, papers
from onboarding.facts.plans import fits
from onboarding.models import Application, Case, MerchantCategory, Partner, SettlementAccount, Step, Store
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.application import AgencyFacts, ApplicationFacts, account_kinds


@gathers(ApplicationFacts)
def application(case: CaseFacts) -> ApplicationFacts:
    row = drafted(case)
    category = category_of(row)
    kinds = [kind for kind, _level in asked(case.merchant_type, Step.APPLICATION, conditions(case, row, category))]
    return ApplicationFacts(
        empty=tuple(empty_fields(row)),
        plan_fits=row.plan is None or category is None or fits(row.plan, case.merchant_type, category.fee_class),
        account_fits=row.account is None or row.account.kind in account_kinds(case.merchant_type),
        papers=papers(case, kinds),
        returned=tuple(returned(case, Step.APPLICATION)),
    )


@gathers(AgencyFacts)
def agency(case: CaseFacts) -> AgencyFacts:
    store = drafted(case).store
    partner = Partner.objects.filter(cases=case.id).first()
    return AgencyFacts(covers_shop=allows(partner, store.division_code if store else ""))


def allows(partner: Partner | None, division_code: str) -> bool:
    """Whether a shop in this district may be entered for the agency (None: no agency, no district: yes)."""
    return partner is None or not division_code or partner.covers(division_code)


def drafted(case: CaseFacts | Case) -> Application:
    """What is answered so far, with its rows; an unsaved, empty one before the first answer. One query."""
    rows = Application.objects.select_related("store", "account", "plan__institution", "case__merchant")
    return case.once(Application, lambda: rows.filter(case=case.id).first() or Application(case_id=case.id))


def category_of(row: Application) -> MerchantCategory | None:
    return kept.category(row.store.mcc) if row.store and row.store.mcc else None


def conditions(case: CaseFacts | Case, row: Application, category: MerchantCategory | None) -> frozenset[str]:
    """The conditions of the document matrix that are known at this step and hold."""
    held = [*_of_account(row.account), *_of_store(row.store)]
    if case.risk_tier in (Case.Tier.MEDIUM, Case.Tier.HIGH):
        held.append("risk_medium_or_high")
    if category and category.permits:
        held.append("mcc_requires_permit")
    if category and category.permits_if and row.store and row.store.permit_declared:
        held.append("permit_applies")
    if category and category.fee_class == "waived":
        held.append("claims_waived_class")
    return frozenset(held)


def _of_account(account: SettlementAccount | None) -> Iterator[str]:
    if account is None:
        return
    yield f"settles_to_{account.kind}_account"
    if account.kind == SettlementAccount.Kind.UNIT and not account.is_basic:
        yield "settlement_account_not_basic"


def _of_store(store: Store | None) -> Iterator[str]:
    if store is None:
        return
    if store.premises != Store.Premises.FIXED:
        yield f"premises_{store.premises}"
    elif store.tenure == Store.Tenure.LEASED:
        yield "premises_leased"


def empty_fields(row: Application) -> Iterator[str]:
    """Names of rules.application.EMPTY that have no answer yet."""
    store = row.store or Store()
    answered = {
        "store.name": store.name,
        "store.mcc": store.mcc,
        "store.address": store.division_code and store.address,
        "application.turnover": row.monthly_turnover_fen and row.largest_amount_fen,
        "settlement.account": row.account_id,
        "application.plan": row.plan_id,
    }
    yield from (name for name, value in answered.items() if not value)

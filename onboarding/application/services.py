"""Keeping the answers of the application, page by page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.documents import items
from onboarding.facts.agreement import signer
from onboarding.facts.application import allows, category_of, drafted
from onboarding.models import (
    Agreement,
    Application,
    Case,
    MerchantCategory,
    Partner,
    Person,
    Return,
    SettlementAccount,
    Step,
    Store,
    User,
)
from onboarding.rules.application import OUTSIDE, SLUGS, name_of
from onboarding.services import NotNow, agency_of

CLOSED = _("This part is with us at the moment. You can read it and not change it.")
NOT_MARKED = _("Only the marked items are open. This one is fine as it is.")
Values = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """Everything that the pages of this step read: the case and the answers so far (unsaved rows before the first)."""

    case: Case
    application: Application
    store: Store
    account: SettlementAccount | None
    category: MerchantCategory | None
    agency: Partner | None  # for whom the reader fills it in; None: for the merchant, or for us
    operator: Person | None  # the legal representative, or the operator: in whose name a personal account must be

    @property
    def merchant_type(self) -> str:
        return self.case.merchant.type

    def owner_name(self, kind: str) -> str:
        """In whose name an account of this kind has to be; "" while it is not known."""
        if kind == SettlementAccount.Kind.UNIT:
            return self.case.merchant.name
        return self.operator.name if self.operator else ""


def draft(case: Case, by: User | None = None) -> Draft:
    """Three queries, four when a sales agent asks (`by`: who reads)."""
    row = drafted(case)
    store = row.store or Store(merchant=case.merchant, name=case.merchant.short_name)
    agency = agency_of(case, by) if by else None
    return Draft(case, row, store, row.account, category_of(row), agency, signer(case))


def open_pages(case: Case, user: User) -> frozenset[str]:
    """The names in FIELDS that this user may change now."""
    if not items.may_fill(case, Step.APPLICATION, user):
        return frozenset()
    marked = items.open_items(case, Step.APPLICATION)
    if marked is None or any(item in ("case", "field:case") for item in marked):
        return frozenset(SLUGS)
    return frozenset(name for item in marked if (name := name_of(item)))


def shut(case: Case, user: User, name: str) -> Any | None:
    """The sentence that says why this page cannot be changed now; None when it can."""
    if name in open_pages(case, user):
        return None
    return NOT_MARKED if items.may_fill(case, Step.APPLICATION, user) else CLOSED


@transaction.atomic
def keep(case_id: int, name: str, values: Values, *, by: User) -> None:
    """Save one page (a name in FIELDS) under the lock of the case. Raises NotNow when it is closed, or not theirs."""
    case = Case.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=case_id)
    if sentence := shut(case, by, name):
        raise NotNow(sentence)
    if not allows(agency_of(case, by), values.get("division_code", "")):
        raise NotNow(OUTSIDE)
    row = drafted(case)
    row.case = case
    KEEPERS[name](row, values)
    row.save()
    marked = Return.objects.filter(case=case, step=Step.APPLICATION, mended_at=None).exclude(sent_at=None)
    changed = [one.pk for one in marked if name_of(one.item) == name]
    Return.objects.filter(pk__in=changed).update(changed_at=timezone.now())


def _store(row: Application, values: Values) -> None:
    _keep_store(
        row, name=values["name"], **{one: values[one] for one in ("premises", "tenure", "opens_at", "closes_at")}
    )


def _trade(row: Application, values: Values) -> None:
    _keep_store(row, mcc=values["mcc"], permit_declared=values["permit_declared"])


def _address(row: Application, values: Values) -> None:
    changed = {name: values[name] for name in ("division_code", "division_name", "address")}
    _keep_store(row, **changed, latitude=None, longitude=None)


def _keep_store(row: Application, **values: Any) -> None:
    store = row.store or Store(merchant=row.case.merchant)
    for name, value in values.items():
        setattr(store, name, value)
    store.save()
    row.store = store


def _turnover(row: Application, values: Values) -> None:
    row.monthly_turnover_fen, row.largest_amount_fen = values["monthly"], values["largest"]
    row.terminals = values["terminals"]


def _plan(row: Application, values: Values) -> None:
    row.plan, row.settlement_cycle = values["plan"], values["cycle"]


ACCOUNT = ("kind", "holder", "number", "bank", "cnaps", "is_basic")
PROVED_BY = ("kind", "holder", "number", "bank")  # a change of these makes an earlier small sum worthless


def _account(row: Application, values: Values) -> None:
    old = row.account
    new = {name: values[name] for name in ACCOUNT}
    new["number"] = new["number"] or (old.number if old else "")
    changed = old is None or any(getattr(old, name) != new[name] for name in PROVED_BY)
    account = old if old and not (changed and _is_agreed(old)) else SettlementAccount(merchant=row.case.merchant)
    for name, value in new.items():
        setattr(account, name, value)
    if changed:
        forget_proof(account)
    account.save()
    row.account = account


def _is_agreed(account: SettlementAccount) -> bool:
    """A signed agreement names it: what was signed stays, a change makes another row."""
    cases = Application.objects.filter(account=account).values("case")
    return Agreement.objects.filter(case__in=cases).exclude(signed_at=None).exists()


def forget_proof(account: SettlementAccount) -> None:
    """As if no small sum had been sent (the number of sends stays: they cost money)."""
    account.proof_ref, account.proof_fen, account.proof_failed = "", None, ""
    account.proof_sent_at, account.proved_at, account.proof_tries = None, None, 0


KEEPERS: dict[str, Callable[[Application, Values], None]] = {
    "store.name": _store,
    "store.mcc": _trade,
    "store.address": _address,
    "application.turnover": _turnover,
    "settlement.account": _account,
    "application.plan": _plan,
}

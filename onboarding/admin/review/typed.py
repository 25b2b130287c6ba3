"""What the merchant typed, as rows of the workbench: numbers masked, each value under the item that can be marked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from onboarding.admin.review.beside import Beside, beside
from onboarding.facts import application, identity, kept
from onboarding.formats import bank_account, identity_document, mobile
from onboarding.models import Application, Case, Merchant, Person, SettlementAccount
from onboarding.rules import application as application_rules
from onboarding.rules import identity as identity_rules
from onboarding.words import pick
from portal.words import money

LABELS: dict[str, Any] = {**identity_rules.FIELDS, **application_rules.FIELDS}


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A value. `item` ("field:<name>") is empty where nothing can be marked; `number` is (what, row id) to unmask.

    `raw` is what is compared, "" where nothing is; it is never shown when there is a `mask`. `source`: the name of the
    field on papers, where it is not the item's.
    """

    label: Any
    value: Any
    item: str = ""
    number: tuple[str, int] | None = None
    raw: str = ""
    mask: Callable[[str], str] | None = None
    read: Beside | None = None
    register: Beside | None = None
    source: str = ""

    @property
    def name(self) -> str:
        """The field as rules and papers name it."""
        return self.source or self.item.removeprefix("field:")

    @property
    def differs(self) -> bool:
        return any(one.differs for one in (self.read, self.register) if one)


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    title: Any
    rows: list[Row]


@dataclasses.dataclass(frozen=True, slots=True)
class Sources:
    """What else is known of the fields, by their names: read from papers (with its place), and in the register."""

    read: Mapping[str, tuple[str, dict[str, Any]]] = dataclasses.field(default_factory=dict)
    register: Mapping[str, str] = dataclasses.field(default_factory=dict)
    more: tuple[Group, ...] = ()

    def beside(self, row: Row) -> Row:
        """The row with what the sources have for it."""
        value, place = self.read.get(row.name, ("", {})) if row.raw else ("", {})
        there = self.register.get(row.name, "") if row.raw else ""
        return dataclasses.replace(
            row,
            read=beside(row.name, row.raw, value, mask=row.mask, **place) if value else None,
            register=beside(row.name, row.raw, there, mask=row.mask) if there else None,
        )


def groups(case: Case, sources: Sources, *, persons: bool) -> list[Group]:
    """Everything that was typed so far; `persons`: whether this reader may see persons and accounts."""
    row = application.drafted(case)
    people = identity.people(case) if persons else []
    shown = [
        Group(_("Business"), [*_business(case.merchant, persons), *_on_licence(people, sources)]),
        *(Group(person.get_role_display(), list(_person(person))) for person in people),
        Group(_("Shop and plan"), list(_application(row)) if row.pk else []),
        Group(_("Settlement account"), list(_account(row.account)) if row.account and persons else []),
        *sources.more,
    ]
    return [Group(one.title, [sources.beside(row) for row in one.rows]) for one in shown if one.rows]


def _field(name: str, value: Any, **more: Any) -> Row:
    return Row(LABELS[name], value or "—", f"field:{name}", **{"raw": str(value or ""), **more})


def _business(merchant: Merchant, persons: bool) -> Iterator[Row]:
    yield Row(_("Type"), merchant.get_type_display())
    yield _field("merchant.name", merchant.name)
    yield _field("merchant.short_name", merchant.short_name)
    yield _field("merchant.uscc", merchant.uscc)
    yield _field("merchant.registered_address", merchant.registered_address)
    yield _field("merchant.established_on", merchant.established_on and merchant.established_on.isoformat())
    until = _until(merchant.valid_until, merchant.is_long_term)
    yield _field("merchant.valid_until", until[0], raw=until[1])
    if merchant.beneficial_owner_exempt:
        yield _field("owners", _("Promise of exemption given"))
    yield Row(_("Contact"), merchant.contact_name or "—")
    if persons and merchant.contact_mobile:
        hidden = mobile.mask(merchant.contact_mobile)
        yield Row(_("Mobile number of the contact"), hidden, number=("contact_mobile", merchant.pk))


OF_ROLE = {Person.Role.HANDLER: "handler", Person.Role.BENEFICIAL_OWNER: "owners"}


def _person(person: Person) -> Iterator[Row]:
    """Of the responsible person each field can be marked, of the others the person as a whole."""
    at = partial(_of_person, person)
    hidden = partial(identity_document.mask, kind=person.id_type)
    until, compared = _until(person.id_valid_until, person.id_long_term)
    yield at("name", _("Name"), person.name, raw=person.name)
    yield at("id_type", _("Kind of document"), person.get_id_type_display())
    number, secret = ("id_number", person.pk), person.id_number
    yield at("id_number", _("Document number"), hidden(secret), number=number, raw=secret, mask=hidden)
    yield at("id_valid_until", _("Document valid until"), until, raw=compared)
    if person.mobile:
        yield at("mobile", _("Mobile number"), mobile.mask(person.mobile), number=("mobile", person.pk))
    if person.share_ppm:
        yield Row(_("Share"), f"{person.share_ppm / 10_000:g} %")


def _of_person(person: Person, column: str, label: Any, value: Any, **more: Any) -> Row:
    """Beneficial owners may be several: which of their papers is whose no reader can say, so nothing stands beside."""
    whole = OF_ROLE.get(Person.Role(person.role))
    item = f"field:person.{column}" if whole is None else f"field:{whole}" if column == "name" else ""
    source = "" if whole == "owners" else f"{whole or 'person'}.{column}"
    return Row(label, value, item, source=source, **({**more, "raw": ""} if whole == "owners" else more))


def _application(row: Application) -> Iterator[Row]:
    if store := row.store:
        category = application.category_of(row)
        yield _field("store.name", store.name)
        yield _field("store.mcc", f"{store.mcc} {pick(category, 'name') if category else ''}".strip())
        yield _field("store.address", store.place)
        yield Row(_("Premises"), format_lazy("{}, {}", store.get_premises_display(), store.get_tenure_display()))
    month, largest = (money(fen) if fen else "—" for fen in (row.monthly_turnover_fen, row.largest_amount_fen))
    amounts = _("{month} a month, at most {largest} at once; terminals: {terminals}")
    told = format_lazy(amounts, month=month, largest=largest, terminals=row.terminals)
    yield _field("application.turnover", told)
    plan = f"{pick(row.plan, 'name')} ({row.plan}, {pick(row.plan.institution, 'name')})" if row.plan else ""
    yield _field("application.plan", plan)


def _account(account: SettlementAccount) -> Iterator[Row]:
    bank = kept.bank(account.bank)
    hidden = partial(bank_account.mask, staff=True)
    yield Row(_("Kind"), account.get_kind_display())
    yield Row(_("Account name"), account.holder, raw=account.holder, source="settlement.holder")
    number, secret = ("account", account.pk), account.number
    shown = {"number": number, "raw": secret, "mask": hidden, "source": "settlement.number"}
    yield _field("settlement.account", hidden(secret), **shown)
    yield Row(_("Bank"), f"{pick(bank, 'name') if bank else account.bank} {account.cnaps}".strip())
    yield Row(_("Small sum"), _("confirmed") if account.proved_at else _("not confirmed"))


def _on_licence(people: list[Person], sources: Sources) -> Iterator[Row]:
    """The licence names the responsible person too: another name there is a contradiction."""
    name = next((one.name for one in people if one.role == Person.Role.LEGAL_REPRESENTATIVE), "")
    if name and LICENCE_NAMES in sources.read:
        yield Row(_("Responsible person, as on the licence"), name, raw=name, source=LICENCE_NAMES)


LICENCE_NAMES = "merchant.legal_representative"
LONG_TERM = "长期"  # as it stands on licences and cards


def _until(end: date | None, long_term: bool) -> tuple[Any, str]:
    """The end of a validity as it is shown, and as it is compared."""
    if long_term:
        return _("long-term"), LONG_TERM
    return (end.isoformat(), end.isoformat()) if end else ("", "")


def label_of(item: str) -> Any:
    """The words of a field that was marked."""
    return LABELS.get(item.removeprefix("field:"), item)

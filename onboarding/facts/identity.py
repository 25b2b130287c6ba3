"""Reads IdentityFacts: at most five queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from onboarding.facts.kept import document_kinds
from onboarding.facts.papers import asked, papers
from onboarding.models import Case, Document, DocumentKind, Merchant, Person, Return, Step
from onboarding.rules import CaseFacts, gathers
from onboarding.rules.identity import MAY_STAND, IdentityFacts, fields_for
from onboarding.rules.papers import Returned

RESPONSIBLE, HANDLER, OWNER = Person.Role.LEGAL_REPRESENTATIVE, Person.Role.HANDLER, Person.Role.BENEFICIAL_OWNER


@gathers(IdentityFacts)
def identity(case: CaseFacts) -> IdentityFacts:
    known = people(case)
    merchant = known[0].merchant if known else Merchant.objects.get(pk=case.merchant_id)
    kinds = [kind for kind, _level in asked(merchant.type, Step.IDENTITY, conditions(merchant, known))]
    return IdentityFacts(
        empty=tuple(empty_fields(merchant, known)),
        papers=papers(case, kinds),
        returned=tuple(returned(case, Step.IDENTITY)),
    )


def people(case: CaseFacts | Case) -> list[Person]:
    """The persons of the merchant, each with the merchant, in the order in which they were entered. One query."""
    rows = Person.objects.filter(merchant=case.merchant_id).select_related("merchant").order_by("pk")
    return case.once("people", lambda: list(rows))


def conditions(merchant: Merchant, people: Iterable[Person]) -> frozenset[str]:
    """The conditions of the document matrix that are known at this step and hold."""
    by_role = {person.role: person for person in people}
    responsible = by_role.get(RESPONSIBLE)
    other_card = responsible is not None and responsible.id_type != Person.IdType.RESIDENT_ID
    return frozenset(
        name
        for name, holds in (
            ("owner_id_not_resident_card", other_card),
            ("handler_is_not_owner", HANDLER in by_role),
            ("beneficial_owner_not_exempt", not merchant.beneficial_owner_exempt),
        )
        if holds
    )


def empty_fields(merchant: Merchant, people: Collection[Person]) -> Iterator[str]:
    """Names of rules.identity.FIELDS that have no answer yet and need one."""
    responsible = next((one for one in people if one.role == RESPONSIBLE), None)
    for name in fields_for(merchant.type):
        part, _dot, column = name.partition(".")
        if part == "handler":
            missing = any(not _is_whole(one) for one in people if one.role == HANDLER)
        elif part == "owners":
            missing = not merchant.beneficial_owner_exempt and all(one.role != OWNER for one in people)
        else:
            missing = not _answered(merchant if part == "merchant" else responsible, column)
        if missing:
            yield name


def _is_whole(person: Person) -> bool:
    return all(_answered(person, column) for column in ("name", "id_number", "id_valid_until", "mobile"))


def _answered(row: Merchant | Person | None, column: str) -> bool:
    long_term = {"valid_until": "is_long_term", "id_valid_until": "id_long_term"}.get(column)
    return bool(getattr(row, column, None) or (long_term and getattr(row, long_term, False)))


def returned(case: CaseFacts, step: str) -> list[Returned]:
    """The items that were returned and not handed in again yet, and whether each has changed since. Two queries."""
    rows = open_returns(case, step)
    codes = [row.item.removeprefix("document:") for row in rows]
    newest = _uploaded(case.id, codes)
    return [_returned(row, document_kinds(), newest) for row in rows]


def open_returns(case: CaseFacts | Case, step: str) -> list[Return]:
    """The rows behind `returned`, each with its reason."""
    rows = Return.objects.filter(case=case.id, step=step, mended_at=None).exclude(sent_at=None)
    return case.once(("returns", step), lambda: list(rows.select_related("reason").order_by("pk")))


def _returned(row: Return, names: dict[str, DocumentKind], newest: dict[str, datetime]) -> Returned:
    code = row.item.removeprefix("document:")
    if code == row.item:
        changed = row.changed_at is not None
        return Returned(row.item, changed=changed or row.reason.code in MAY_STAND, reason=row.reason.code)
    kind, uploaded = names.get(code), newest.get(code)
    changed = bool(uploaded and row.sent_at and uploaded > row.sent_at) or row.reason.code in MAY_STAND
    return Returned(row.item, changed, row.reason.code, kind.name_zh if kind else code, kind.name_en if kind else code)


def _uploaded(case_id: int, codes: Collection[str]) -> dict[str, datetime]:
    """When the newest current file of each kind came."""
    rows = Document.objects.filter(case=case_id, kind__in=codes).current().order_by("uploaded_at")
    return {document.kind: document.uploaded_at for document in rows} if codes else {}

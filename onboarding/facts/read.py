"""What the machine read on the current papers of a case. It only reads: what follows from it is others' to say."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Final

from onboarding.models import Case, Document, Examination

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in fractions (0 to 1) of the page as it is shown, after its turn."""

LICENCE: Final = {
    "uscc": "merchant.uscc",
    "name": "merchant.name",
    "type": "merchant.type",
    "legal_representative": "merchant.legal_representative",
    "address": "merchant.registered_address",
    "scope": "merchant.scope",
    "established": "merchant.established_on",
    "valid_until": "merchant.valid_until",
    "capital": "merchant.registered_capital",
}
IDENTITY: Final = {
    "name": "name",
    "number": "id_number",
    "birth": "birth",
    "address": "address",
    "valid_from": "id_valid_from",
    "valid_until": "id_valid_until",
}
ACCOUNT: Final = {
    "account_name": "settlement.holder",
    "account_number": "settlement.number",
    "number": "settlement.number",
    "bank": "settlement.bank",
    "legal_representative": "settlement.legal_representative",
    "permit_number": "settlement.permit_number",
}


def _of(part: str) -> dict[str, str]:
    return {name: f"{part}.{column}" for name, column in IDENTITY.items()}


FIELDS: Final[dict[str, dict[str, str]]] = {
    "business_licence": LICENCE,
    "registration_certificate": LICENCE,
    "id_portrait": _of("person"),
    "id_emblem": _of("person"),
    "handler_id": _of("handler"),
    "beneficial_owner_id": _of("owners"),
    "basic_account_proof": ACCOUNT,
    "general_account_proof": ACCOUNT,
    "bank_card": ACCOUNT,
}
"""Kind of document -> what a reader calls a field -> what the house calls it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Read:
    """One value as it stands on a paper: dates as 2019-05-06 or 长期, numbers without blanks. `sure`: 0 to 1.

    `page` is the number of the page, from 1; `mended`: a sign was replaced so that the check digit fits.
    """

    value: str
    document_id: int
    page: int
    box: Box
    sure: float
    mended: bool = False
    field: str = ""
    kind: str = ""  # of the document


def read_values(case: Case) -> dict[str, Read]:
    """field ("merchant.uscc", "person.name", "settlement.number") -> what was read; the surest of several papers."""
    found: dict[str, Read] = {}
    for one in all_values(case):
        if one.field not in found or one.sure > found[one.field].sure:
            found[one.field] = one
    return found


def all_values(case: Case, *, placed: bool = True) -> list[Read]:
    """Every value of every current paper, also where two papers give the same field. Two queries.

    Without `placed` one: the boxes are then those of the pages before anybody turned them.
    """
    current = Document.objects.filter(case=case.pk).current()
    done = Examination.objects.filter(document__in=current, result=Examination.Result.DONE, sealed__isnull=False)
    rows = done.select_related("document").order_by("document_id")
    if placed:
        rows = rows.prefetch_related("document__pages")
    found: list[Read] = case.once(("read", placed), lambda: [one for row in rows for one in _values(row, placed)])
    return found


def remember(case: Case, documents: Iterable[Document]) -> None:
    """Spare `all_values` its queries on a page that has the current papers with examination and pages already."""
    rows = [row for one in documents if (row := getattr(one, "examination", None)) and row.sealed]
    done = [row for row in rows if row.result == Examination.Result.DONE]
    values = [one for row in done for one in _values(row, placed=True)]
    for placed in (True, False):
        case.once(("read", placed), lambda: values)


def _values(row: Examination, placed: bool) -> list[Read]:
    document = row.document
    turns = {page.number: page.turn for page in document.pages.all()} if placed else {}
    names = FIELDS.get(document.kind, {})
    return [
        Read(
            one["value"], document.pk, one["page"], turned(tuple(one["box"]), turns.get(one["page"], 0)), one["sure"],
            one["mended"], names[one["field"]], document.kind,
        )
        for one in row.read
        if one["field"] in names
    ]  # fmt: skip


def turned(box: tuple[float, ...], turn: int) -> Box:
    """The box of a page as kept, on the page turned clockwise by `turn` degrees."""
    left, top, right, bottom = box
    if turn == 90:
        return 1 - bottom, left, 1 - top, right
    if turn == 180:
        return 1 - right, 1 - bottom, 1 - left, 1 - top
    if turn == 270:
        return top, 1 - right, bottom, 1 - left
    return left, top, right, bottom

"""What stands on the papers against what was typed: findings by field, shared by the checks of both steps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from onboarding.facts.read import FIELDS, Read, all_values
from onboarding.formats.typed_and_read import compare, is_number
from onboarding.models import Case, Document, Examination
from onboarding.screening.registry import NoAnswer, Outcome, Result

MUST: dict[str, tuple[str, ...]] = {  # what has to be found on a paper, for it to count as read
    "business_licence": ("merchant.uscc", "merchant.name"),
    "registration_certificate": ("merchant.uscc", "merchant.name"),
    "id_portrait": ("person.name", "person.id_number"),
    "id_emblem": ("person.id_valid_until",),
    "handler_id": ("handler.name", "handler.id_number"),
    "basic_account_proof": ("settlement.number",),
    "general_account_proof": ("settlement.number",),
    "bank_card": ("settlement.number",),
}
SURE = 0.8  # a number that was read less surely may have been misread


def outcome(case: Case, kinds: Collection[str], typed: Mapping[str, str]) -> Outcome:
    """Findings: no_papers, not_examined {kind}, not_read {kind, field}, read_differs, read_look_alike, papers_disagree
    {field} (warnings); read_other_number {field} (failed). Raises NoAnswer while papers are being read.
    """
    papers = documents(case, kinds)
    values = [one for one in all_values(case) if one.kind in kinds]
    findings = [*_unread(papers, values), *differing(values, typed), *disagreeing(values)]
    failed = any(one["code"] == "read_other_number" for one in findings)
    return Outcome.of(*findings, result=Result.FAILED if failed else Result.WARNING)


def documents(case: Case, kinds: Collection[str]) -> list[Document]:
    """The current papers of these kinds, each with its examination; raises NoAnswer while one is waiting."""
    rows = Document.objects.filter(case=case, kind__in=kinds).current().select_related("examination").order_by("pk")
    papers = list(rows)
    if any(standing(one) == Examination.Result.DUE for one in papers):
        raise NoAnswer("papers are still being read")
    return papers


def standing(document: Document) -> str:
    """The result of the examination; failed for a paper from before there were examinations."""
    row = getattr(document, "examination", None)
    return row.result if row else Examination.Result.FAILED


def _unread(papers: Collection[Document], values: Collection[Read]) -> Iterator[dict[str, Any]]:
    """Silence is told, paper by paper: nothing that could not be read counts as compared."""
    seen: set[tuple[str, str]] = {(one.kind, one.field) for one in values}
    told: set[str] = set()
    if not papers:
        yield {"code": "no_papers", "params": {}}
    for paper in papers:
        if paper.kind in told:
            continue
        told.add(paper.kind)
        if standing(paper) == Examination.Result.FAILED:
            yield {"code": "not_examined", "params": {"kind": paper.kind}}
        elif missing := [field for field in MUST.get(paper.kind, ()) if (paper.kind, field) not in seen]:
            yield {"code": "not_read", "params": {"kind": paper.kind, "field": missing[0]}}


def differing(values: Iterable[Read], typed: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """One finding a field at most, from the surest reading of it."""
    surest: dict[str, Read] = {}
    for one in sorted(values, key=lambda one: one.sure):
        surest[one.field] = one
    for field, one in surest.items():
        if typed.get(field):
            yield from _compared(field, typed[field], one)


def _compared(field: str, typed: str, read: Read) -> Iterator[dict[str, Any]]:
    found = compare(field, typed, read.value)
    if found.certain:
        return
    code = "read_look_alike" if found.agrees else "read_differs"
    if not found.agrees and is_number(field) and read.sure >= SURE and not read.mended:
        code = "read_other_number"
    yield {"code": code, "params": {"field": field, "document": read.document_id}}


def disagreeing(values: Iterable[Read]) -> Iterator[dict[str, Any]]:
    """The same field on two papers, with two values."""
    first: dict[str, Read] = {}
    told: set[str] = set()
    for one in values:
        other = first.setdefault(one.field, one)
        if one.field in told or one.field.startswith("owners.") or other.document_id == one.document_id:
            continue
        if not compare(one.field, other.value, one.value).agrees:
            told.add(one.field)
            yield {"code": "papers_disagree", "params": {"field": one.field}}


assert all(field in FIELDS[kind].values() for kind, fields in MUST.items() for field in fields)

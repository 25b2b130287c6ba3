"""The papers of a case for the viewer: what was handed in, which page is open."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.urls import reverse

from onboarding.documents import doubts
from onboarding.documents.tiles import TAGS, examination
from onboarding.facts import read
from onboarding.facts.kept import document_kinds
from onboarding.models import Case, Document, DocumentKind, User
from onboarding.words import pick


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """Where a field was read on a page, in fractions of the page as it is shown."""

    name: str
    left: float
    top: float
    width: float
    height: float


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """One page of one file."""

    key: str  # "<document>-<number>", as ?sheet= has it
    url: str
    thumbnail: str
    width: int
    height: int
    boxes: tuple[Box, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Paper:
    """One file with its pages."""

    document: Document
    label: str
    item: str
    tag: Any
    tag_class: str
    is_new: bool  # came in this round, which is not the first
    sheets: list[Sheet]
    doubts: list[dict[str, Any]]  # what the machine said of the pictures
    kept: bool  # in spite of them


def papers(case: Case, user: User) -> list[Paper]:
    """The files that are current, in the order of the matrix. Two queries; none that this reader may not see."""
    current = Document.objects.visible_to(user).filter(case=case).current()
    rows = list(current.select_related("examination").prefetch_related("pages").order_by("pk"))
    if rows:  # a reader who may see none does not decide what is known of them
        read.remember(case, rows)
    kinds = document_kinds()
    rows.sort(key=lambda row: (kinds[row.kind].order if row.kind in kinds else 0, row.part))
    return [_paper(row, kinds.get(row.kind), case.round) for row in rows]


def _paper(row: Document, kind: DocumentKind | None, round: int) -> Paper:
    _state, tag, css = TAGS[Document.Status(row.status)]
    label = pick(kind, "name") if kind else row.kind
    sheets = [sheet(row, page) for page in row.pages.all()]
    found = examination(row)
    told, kept = doubts.told(found.findings if found else []), bool(found and found.kept_anyway_at)
    return Paper(row, label, f"document:{row.kind}", tag, css, row.round == round > 1, sheets, told, kept)


def sheet(row: Document, page: Any) -> Sheet:
    """One page of a file as the workbench links it."""
    url, small = (reverse(name, args=[row.pk, page.number]) for name in ("document_page", "document_thumbnail"))
    return Sheet(f"{row.pk}-{page.number}", url, small, *page.shown_size)


@dataclasses.dataclass(frozen=True, slots=True)
class Desk:
    """What lies open: one page, or two beside each other, and the pages before and after (keys, "" at the ends)."""

    open: tuple[str, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def first(self) -> str:
        return self.open[0] if self.open else ""


def desk(shown: list[Paper], wanted: str, beside: str = "") -> Desk:
    """The page asked for, else the first that nobody has accepted, else the first; `beside` it another one."""
    keys = [sheet.key for paper in shown for sheet in paper.sheets]
    if not keys:
        return Desk()
    fresh = [one.key for paper in shown if paper.document.status != Document.Status.ACCEPTED for one in paper.sheets]
    first = wanted if wanted in keys else (fresh or keys)[0]
    second = (beside,) if beside in keys and beside != first else ()
    place = keys.index(first)
    return Desk((first, *second), keys[place - 1] if place else "", keys[place + 1] if place + 1 < len(keys) else "")

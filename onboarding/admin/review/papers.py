"""The papers of a case for the viewer: what was handed in, which page is open."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.urls import reverse

from onboarding.documents.tiles import TAGS
from onboarding.models import Case, Document, DocumentKind, User
from onboarding.words import pick


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """One page of one file."""

    key: str  # "<document>-<number>", as ?sheet= has it
    url: str
    thumbnail: str
    width: int
    height: int


@dataclasses.dataclass(frozen=True, slots=True)
class Paper:
    """One file with its pages."""

    document: Document
    label: str
    item: str
    tag: Any
    tag_class: str
    sheets: list[Sheet]


def papers(case: Case, user: User) -> list[Paper]:
    """The files that are current, in the order of the matrix. Three queries; none that this reader may not see."""
    current = Document.objects.visible_to(user).filter(case=case).current()
    rows = list(current.prefetch_related("pages").order_by("pk"))
    kinds = DocumentKind.objects.in_bulk({row.kind for row in rows})
    rows.sort(key=lambda row: (kinds[row.kind].order if row.kind in kinds else 0, row.part))
    return [_paper(row, kinds.get(row.kind)) for row in rows]


def _paper(row: Document, kind: DocumentKind | None) -> Paper:
    _state, tag, css = TAGS[Document.Status(row.status)]
    label = pick(kind, "name") if kind else row.kind
    return Paper(row, label, f"document:{row.kind}", tag, css, [sheet(row, page) for page in row.pages.all()])


def sheet(row: Document, page: Any) -> Sheet:
    """One page of a file as the workbench links it."""
    url, small = (reverse(name, args=[row.pk, page.number]) for name in ("document_page", "document_thumbnail"))
    return Sheet(f"{row.pk}-{page.number}", url, small, *page.shown_size)


def chosen(shown: list[Paper], wanted: str) -> tuple[Paper, Sheet] | None:
    """The paper and page to show large: the one asked for, else the first that nobody has accepted, else the first."""
    every = [(paper, sheet) for paper in shown for sheet in paper.sheets]
    fresh = [one for one in every if one[0].document.status != Document.Status.ACCEPTED]
    return next((one for one in every if one[1].key == wanted), next(iter(fresh or every), None))

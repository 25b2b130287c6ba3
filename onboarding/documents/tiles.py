"""What a page shows of a kind of paper: its files as tiles (templates/onboarding/documents/tiles.html)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding.documents import limits
from onboarding.flow import status
from onboarding.models import Case, Document, DocumentKind

TAGS = {
    Document.Status.UPLOADED: ("good", _("Received"), "ok"),
    Document.Status.ACCEPTED: ("good", _("Accepted"), "ok"),
    Document.Status.RETURNED: ("bad", status.RETURNED.word, status.RETURNED.tone),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Tile:
    """One file that is there. `thumbnails`: addresses of its pages, small and on the page that shows them large.

    `turns`: of each page its number and by how much it would stand turned after one more quarter.
    """

    document: Document
    label: str
    state: str
    tag: Any
    tag_class: str
    thumbnails: list[tuple[str, str]]
    turns: list[tuple[int, int]]

    @property
    def name(self) -> str:
        return self.document.original_name

    @property
    def may_go(self) -> bool:
        """Only what was not looked at yet can be taken out."""
        return self.document.status == Document.Status.UPLOADED


def tiles(case: Case, kind: DocumentKind, label: str) -> list[Tile]:
    """The files of this kind that are there, in order. Two queries."""
    return all_tiles(case, {kind.code: label})[kind.code]


def all_tiles(case: Case, labels: Mapping[str, str]) -> dict[str, list[Tile]]:
    """The files of each kind among `labels` (code: name), in order. Two queries for all of them."""
    current = Document.objects.filter(case=case, kind__in=labels).current().order_by("part").prefetch_related("pages")
    found: dict[str, list[Tile]] = {code: [] for code in labels}
    for document in current:
        found[document.kind].append(_tile(document, labels[document.kind]))
    return found


def _tile(document: Document, label: str) -> Tile:
    state, tag, css = TAGS[Document.Status(document.status)]
    addresses = [
        (
            reverse("document_thumbnail", args=[document.pk, page.number]),
            f"{reverse('document', args=[document.pk])}#page-{page.number}",
        )
        for page in document.pages.all()
    ]
    turns = [(page.number, (page.turn + 90) % 360) for page in document.pages.all()]
    return Tile(document, label, state, tag, css, addresses, turns)


def room(kind: DocumentKind, there: list[Tile]) -> int:
    """How many more pages fit."""
    return limits.of(kind).max_pages - sum(len(tile.thumbnails) for tile in there)

"""What a page shows of a kind of paper: its files as tiles (templates/onboarding/documents/tiles.html)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.documents import doubts, limits
from onboarding.flow import status
from onboarding.models import Case, Document, DocumentKind, Examination

TAGS = {
    Document.Status.UPLOADED: ("good", _("Received"), "ok"),
    Document.Status.ACCEPTED: ("good", _("Accepted"), "ok"),
    Document.Status.RETURNED: ("bad", status.RETURNED.word, status.RETURNED.tone),
}
EXAMINED = ("good", _("Good"), "ok")
BUSY = ("busy", _("Being checked"), "us")
DOUBTFUL = ("doubt", _("Please look"), "turn")
KEPT = ("good", _("Kept as it is"), "ok")
PATIENCE = timedelta(minutes=2)  # after which a page stops asking: the worker is busy, and nothing waits for it


@dataclasses.dataclass(frozen=True, slots=True)
class Tile:
    """One file that is there. `doubts`: what was found about it, each with its sentence and remedy.

    `thumbnails`: addresses of its pages, small and on the page that shows them large.

    `turns`: of each page its number and by how much it would stand turned after one more quarter.
    """

    document: Document
    label: str
    state: str
    tag: Any
    tag_class: str
    thumbnails: list[tuple[str, str]]
    turns: list[tuple[int, int]]
    doubts: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    @property
    def name(self) -> str:
        return self.document.original_name

    @property
    def may_go(self) -> bool:
        """Only what was not looked at yet can be taken out."""
        return self.document.status == Document.Status.UPLOADED

    @property
    def is_busy(self) -> bool:
        """Still being examined: the page asks again."""
        return self.state == BUSY[0]

    @property
    def is_doubtful(self) -> bool:
        """Waits for the merchant to choose another or to keep this one."""
        return self.state == DOUBTFUL[0]


def tiles(case: Case, kind: DocumentKind, label: str) -> list[Tile]:
    """The files of this kind that are there, in order. Two queries."""
    return all_tiles(case, {kind.code: label})[kind.code]


def all_tiles(case: Case, labels: Mapping[str, str]) -> dict[str, list[Tile]]:
    """The files of each kind among `labels` (code: name), in order. Two queries for all of them."""
    current = Document.objects.filter(case=case, kind__in=labels).current().order_by("part")
    current = current.select_related("examination").prefetch_related("pages")
    found: dict[str, list[Tile]] = {code: [] for code in labels}
    for document in current:
        found[document.kind].append(_tile(document, labels[document.kind]))
    return found


def _tile(document: Document, label: str) -> Tile:
    found = examination(document)
    state, tag, css = _standing(document, found)
    addresses = [
        (
            reverse("document_thumbnail", args=[document.pk, page.number]),
            f"{reverse('document', args=[document.pk])}#page-{page.number}",
        )
        for page in document.pages.all()
    ]
    turns = [(page.number, (page.turn + 90) % 360) for page in document.pages.all()]
    told = doubts.told(found.findings) if found and document.status == Document.Status.UPLOADED else []
    return Tile(document, label, state, tag, css, addresses, turns, told)


def examination(document: Document) -> Examination | None:
    """What the machine found; None for a file that came before machines looked."""
    return getattr(document, "examination", None)


def _standing(document: Document, found: Examination | None) -> tuple[str, Any, str]:
    """State, word and tone of a file: a person's verdict first, then the machine's."""
    if found is None or document.status != Document.Status.UPLOADED or found.result == Examination.Result.FAILED:
        return TAGS[Document.Status(document.status)]
    if found.result == Examination.Result.DUE:
        waits = timezone.now() - document.uploaded_at < PATIENCE
        return BUSY if waits else TAGS[Document.Status.UPLOADED]
    if not found.findings:
        return EXAMINED
    return KEPT if found.kept_anyway_at else DOUBTFUL


def still_busy(there: Iterable[Tile]) -> bool:
    """Whether it is worth asking again."""
    return any(tile.is_busy for tile in there)


def room(kind: DocumentKind, there: list[Tile]) -> int:
    """How many more pages fit."""
    return limits.of(kind).max_pages - sum(len(tile.thumbnails) for tile in there)

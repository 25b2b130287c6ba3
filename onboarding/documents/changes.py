"""What may be done to a paper that is there, while its item is open: take it out, put it back, turn a page, keep it.

All of it under the lock of the case, written down, and refused with Unusable once it was handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from onboarding.documents import items, limits
from onboarding.documents.problems import Unusable
from onboarding.models import Case, Document, DocumentKind, Examination, Page, User
from onboarding.services import record

TURNS = (0, 90, 180, 270)  # degrees, clockwise


def remove(document: Document, *, by: User, step: str) -> None:
    """Take a file out of the case again: nobody sees it any more, its sealed bytes stay as evidence."""
    with _open(document, step):
        now = timezone.now()
        if Document.objects.filter(pk=document.pk).current().update(replaced_at=now, removed_at=now):
            _told(document, "document_removed", by)


def restore(document: Document, kind: DocumentKind, *, by: User, step: str) -> None:
    """Undo `remove`, where its place is still free; Unusable("full") otherwise."""
    with _open(document, step):
        row = Document.objects.get(pk=document.pk)
        if row.removed_at is None:
            return
        there = list(Document.objects.filter(case=row.case_id, kind=row.kind).current().prefetch_related("pages"))
        pages = sum(len(one.pages.all()) for one in [row, *there])
        if pages > limits.of(kind).max_pages or row.part in {one.part for one in there}:
            raise Unusable("full")
        Document.objects.filter(pk=row.pk).update(replaced_at=None, removed_at=None)
        _told(document, "document_restored", by)


def turn(page: Page, to: int, *, by: User, step: str) -> None:
    """Show this page turned by `to` degrees (one of TURNS). The original and the kept page stay as they are."""
    with _open(page.document, step):
        if Page.objects.filter(pk=page.pk).exclude(turn=to).update(turn=to):
            _told(page.document, "document_turned", by, number=page.number, turn=to)


def keep(document: Document, *, by: User, step: str) -> None:
    """Hand this file in in spite of the machine's doubt; the reviewer reads both."""
    with _open(document, step):
        doubtful = Examination.objects.filter(document=document, kept_anyway_at=None).exclude(findings=[])
        if doubtful.update(kept_anyway_at=timezone.now()):
            _told(document, "document_kept", by)


@contextmanager
def _open(document: Document, step: str) -> Iterator[None]:
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=document.case_id)
        status = Document.objects.values_list("status", flat=True).get(pk=document.pk)
        if status != Document.Status.UPLOADED or not items.is_open(case, step, f"document:{document.kind}"):
            raise Unusable("locked")
        yield


def _told(document: Document, fact: str, by: User, **more: int) -> None:
    told = {"kind": document.kind, "document": document.pk, **more}
    record(document.case_id, fact, by=by, data=told, public=False)

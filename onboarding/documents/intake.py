"""Taking in one file: digest, scan, sniff, decode, seal, and only then a short transaction. Raises Unusable."""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from onboarding.documents import decoding, items, limits, sniffing
from onboarding.documents.decoding import Decoded, Picture
from onboarding.documents.limits import Limits
from onboarding.documents.names import shown_name
from onboarding.documents.problems import Unusable
from onboarding.models import Case, Document, DocumentKind, Examination, Page, PageMark, User
from onboarding.models.document import page_context
from onboarding.services import record
from portal.celery import ring
from portal.gateways import antivirus, gateway
from portal.gateways.base import Answered
from portal.storage import private_files

PLACED = "premises"  # the group of papers of which is kept where they were taken: they show the shop, not a home


@dataclasses.dataclass(slots=True)
class Sealed:
    """Names in the private storage."""

    original: str
    pages: list[Page]

    @property
    def names(self) -> list[str]:
        return [self.original, *(name for page in self.pages for name in (page.file, page.thumbnail))]


def take(
    case: Case, kind: DocumentKind, upload: UploadedFile[bytes] | None, *, by: User, step: str, part: int | None = None
) -> Document:
    """Take `upload` in as a paper of `kind`; `part` replaces that file of it, None adds one where there is room.

    The same bytes again give the same document. Raises Unusable with the tile's sentence; then nothing is kept.
    """
    allowed = limits.of(kind)
    data = _read(upload, allowed)
    digest = hashlib.sha256(data).hexdigest()
    if known := _known(case, kind, digest):
        return known
    if not items.is_open(case, step, f"document:{kind.code}"):
        raise Unusable("locked")
    scan(data, digest)
    found, decoded = decode(data, allowed, placed=kind.group == PLACED)
    place = decoded.capture.pop("place", None)
    made = Document(
        case=case, kind=kind.code, part=part or 0, original_name=shown_name(upload.name if upload else ""),
        media_type=sniffing.MEDIA_TYPES[found], size=len(data), sha256=digest, uploaded_by=by,
        capture=decoded.capture, place=place, perceptual_hash=decoded.mark,
    )  # fmt: skip
    try:
        with _sealed(case, data, digest, decoded) as sealed:
            return _written(made, kind, sealed, step)
    except _Twice as twice:
        return twice.document


def _read(upload: UploadedFile[bytes] | None, allowed: Limits) -> bytes:
    if upload is None:
        raise Unusable("missing")
    if (upload.size or 0) > allowed.max_bytes:
        raise Unusable("too_big", max_mb=allowed.max_mb)
    data: bytes = upload.read(allowed.max_bytes + 1)
    if len(data) > allowed.max_bytes:
        raise Unusable("too_big", max_mb=allowed.max_mb)
    if not data:
        raise Unusable("empty")
    return data


def _known(case: Case, kind: DocumentKind, digest: str) -> Document | None:
    """The current document with the same bytes; raises Unusable when it was returned."""
    found = Document.objects.filter(case=case, kind=kind.code, sha256=digest).current().first()
    if found and found.status == Document.Status.RETURNED:
        raise Unusable("same_again")
    return found


def scan(data: bytes, digest: str) -> None:
    """Ask the virus scanner; without its answer nothing is taken."""
    ref = f"scan-{digest[:24]}-{secrets.token_hex(4)}"  # a scan has no effect: each one is a new question
    reply = gateway("antivirus").scan(ref, antivirus.Upload(data))
    if not isinstance(reply, Answered):
        raise Unusable("not_scanned")
    if not reply.value.clean:
        raise Unusable("infected")


def decode(data: bytes, allowed: Limits, *, placed: bool = False) -> tuple[str, Decoded]:
    """The sniffed type, a key of `sniffing.MEDIA_TYPES`, and the bytes turned into upright RGB pages."""
    found = sniffing.kind_of(data)
    if found is None or found not in allowed.formats:
        raise Unusable("wrong_type", formats=sniffing.label(allowed.formats))
    return found, decoding.decode(data, found, min_edge=allowed.min_edge, max_pages=allowed.max_pages, placed=placed)


class _Twice(Exception):
    """Somebody sent the same bytes at the same moment and was quicker."""

    def __init__(self, document: Document) -> None:
        self.document = document


@contextmanager
def _sealed(case: Case, data: bytes, digest: str, decoded: Decoded) -> Iterator[Sealed]:
    """Original and pages in the private storage; taken out again when the row is not written."""
    sealed = Sealed(private_files.save(data, f"document:{case.pk}:{digest}"), [])
    try:
        for number, picture in enumerate(decoded.pages, 1):
            sealed.pages.append(_sealed_page(case, digest, number, picture))
        yield sealed
    except BaseException:
        for name in sealed.names:
            private_files.delete(name)
        raise


def _sealed_page(case: Case, digest: str, number: int, made: Picture) -> Page:
    context = page_context(case.pk, digest, number)
    return Page(
        number=number, width=made.width, height=made.height,
        file=private_files.save(made.page, context), thumbnail=private_files.save(made.thumbnail, context),
    )  # fmt: skip


def _make_room(case: Case, kind: DocumentKind, part: int, pages: int) -> int:
    """The number of the part that the new file becomes (0: where there is room); replaces what stood there."""
    current = list(Document.objects.filter(case=case, kind=kind.code).current().prefetch_related("pages"))
    max_pages = limits.of(kind).max_pages
    if max_pages == 1:
        part = 1
    if not part:
        returned = [one.part for one in current if one.status == Document.Status.RETURNED]
        taken = {one.part for one in current}
        part = min(returned, default=0) or next(number for number in range(1, len(taken) + 2) if number not in taken)
    others = sum(len(one.pages.all()) for one in current if one.part != part)
    if others + pages > max_pages:
        raise Unusable("full") if others else Unusable("too_many_pages", pages=pages, max_pages=max_pages)
    Document.objects.filter(case=case, kind=kind.code, part=part).current().update(replaced_at=timezone.now())
    return part


@transaction.atomic
def _written(document: Document, kind: DocumentKind, sealed: Sealed, step: str) -> Document:
    """The rows, under the lock of the case; raises Unusable or _Twice."""
    case = Case.objects.select_for_update().get(pk=document.case_id)
    if not items.is_open(case, step, f"document:{kind.code}"):
        raise Unusable("locked")
    if known := _known(case, kind, document.sha256):
        raise _Twice(known)
    document.part = _make_room(case, kind, document.part, len(sealed.pages))
    document.round, document.original = case.round, sealed.original
    document.save()
    for page in sealed.pages:
        page.document = document
    Page.objects.bulk_create(sealed.pages)
    PageMark.objects.bulk_create(PageMark(page=page) for page in sealed.pages)
    transaction.on_commit(ring_marks)
    Examination.objects.create(document=document)
    transaction.on_commit(lambda: ring("onboarding.examine", document.pk))
    told = {"kind": document.kind, "document": document.pk, "sha256": document.sha256}
    record(document.case_id, "document_received", by=document.uploaded_by, data=told, public=False)
    return document


def ring_marks() -> None:
    ring("onboarding.marks")

"""A file that comes in piece by piece: what is here stays here, and the sender asks where to go on.

A piece sent twice counts once; the last piece sent twice gives the same paper. Pieces are sealed like every other file
and go as soon as the whole was judged, when a person begins too many, or UPLOAD_HOURS after the last one came.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from onboarding.documents import intake, limits, sniffing
from onboarding.documents.names import shown_name
from onboarding.documents.problems import Unusable
from onboarding.models import Case, Document, DocumentKind, Upload, UploadPiece, User
from onboarding.models.upload import piece_context
from onboarding.services.shredding import shred, shred_due
from portal.storage import Missing, private_files

MOST_PIECE = 1024 * 1024  # bytes; ours sends half of it
MOST_OPEN = 8  # files that one person may have on the way; the one left alone longest makes room
PASSING = {"not_scanned", "busy"}  # the same file may be taken in a minute: its pieces stay
KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")


class Malformed(Exception):
    """No browser of ours sends such a piece."""


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """What came: bytes of a file of `size` bytes from `offset` on; `part`: whose place in the paper it takes."""

    key: str
    name: str
    size: int
    offset: int
    data: bytes
    part: int | None = None

    @property
    def is_sound(self) -> bool:
        fits = self.offset >= 0 and self.offset + len(self.data) <= self.size
        return bool(KEY.fullmatch(self.key)) and fits and 0 < len(self.data) <= MOST_PIECE


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """Where to go on (bytes), or the paper that the file has become."""

    offset: int
    document: Document | None = None


def progress(case: Case, kind: DocumentKind, key: str, *, by: User) -> Progress:
    """How far this file has come; 0 for one that nobody knows."""
    row = _mine(case, kind, by).filter(key=key).select_related("document").first()
    if row is None or (row.document and row.document.replaced_at):  # taken out meanwhile: it may come again
        return Progress(0)
    return Progress(row.received, row.document)


def waiting(case: Case, kind: DocumentKind, *, by: User) -> list[Upload]:
    """Files of this kind that stopped on their way."""
    fresh = timezone.now() - timedelta(hours=settings.UPLOAD_HOURS)
    return list(_mine(case, kind, by).filter(document=None, received__gt=0, touched_at__gt=fresh).order_by("pk"))


def take_piece(case: Case, kind: DocumentKind, piece: Piece, *, by: User, step: str) -> Progress:
    """Keep one piece; with the last of them the file is taken in. Raises Unusable, Malformed."""
    _judge(kind, piece)
    row = _row(case, kind, piece, by)
    if row.document:
        return Progress(row.size, row.document)
    if piece.offset == row.received:
        row.received = _kept(row, piece)
    if row.received < row.size:
        return Progress(row.received)
    return Progress(row.size, _whole(row, case, kind, by, step, piece.part))


def _mine(case: Case, kind: DocumentKind, by: User) -> models.QuerySet[Upload]:
    return Upload.objects.visible_to(by).filter(case=case, kind=kind.code)


def _judge(kind: DocumentKind, piece: Piece) -> None:
    """What can be known before the rest has come is said at once."""
    allowed = limits.of(kind)
    if piece.size > allowed.max_bytes:
        raise Unusable("too_big", max_mb=allowed.max_mb)
    if piece.size == 0:
        raise Unusable("empty")
    if not piece.is_sound:
        raise Malformed
    whole_head = piece.offset == 0 and len(piece.data) >= min(piece.size, sniffing.PDF_WITHIN)
    if whole_head and sniffing.kind_of(piece.data) not in allowed.formats:
        raise Unusable("wrong_type", formats=sniffing.label(allowed.formats))


def _row(case: Case, kind: DocumentKind, piece: Piece, by: User) -> Upload:
    """The row of this file, new where there is none, begun anew where its paper was taken out again."""
    named = {"owner": by, "case": case, "kind": kind.code, "key": piece.key}
    row, made = Upload.objects.select_related("document").get_or_create(
        **named, defaults={"name": shown_name(piece.name), "size": piece.size}
    )
    if row.size != piece.size:
        raise Malformed
    if made:
        _make_room(by)
    if row.document and row.document.replaced_at:
        row.document, row.received = None, 0
        row.save(update_fields=["document", "received"])
    return row


def _make_room(by: User) -> None:
    newest = Upload.objects.visible_to(by).filter(document=None).order_by("-touched_at", "-pk")
    for row in newest[MOST_OPEN:]:
        _drop(row)
        row.delete()


def _kept(row: Upload, piece: Piece) -> int:
    """Seal the piece and count it; the bytes that are here now. Somebody may have been quicker with the same one."""
    name = private_files.save(piece.data, piece_context(row.pk, piece.offset))
    end = piece.offset + len(piece.data)
    try:
        with transaction.atomic():
            UploadPiece.objects.create(upload=row, offset=piece.offset, file=name)
            here = Upload.objects.filter(pk=row.pk, received=piece.offset)
            if not here.update(received=end, touched_at=timezone.now()):
                raise IntegrityError
    except IntegrityError:
        private_files.delete(name)
        return Upload.objects.values_list("received", flat=True).filter(pk=row.pk).first() or 0
    return end


def _whole(row: Upload, case: Case, kind: DocumentKind, by: User, step: str, part: int | None) -> Document:
    """Put together and taken in. Whatever becomes of it, the pieces are not needed any more."""
    data = _joined(row)
    if len(data) != row.size:  # somebody was quicker with the same last piece
        if taken := Document.objects.filter(pk__in=Upload.objects.filter(pk=row.pk).values("document")).first():
            return taken
        raise Malformed
    file = SimpleUploadedFile("file", data)
    file._name = row.name  # type: ignore[attr-defined]
    try:
        document = intake.take(case, kind, file, by=by, step=step, part=part)
    except Unusable as problem:
        if problem.code not in PASSING:
            _drop(row)
        raise
    Upload.objects.filter(pk=row.pk).update(document=document)
    _drop(row, received=row.size)
    return document


def _joined(row: Upload) -> bytes:
    try:
        return b"".join(private_files.read(one.file, one.context) for one in row.pieces.all())
    except Missing:
        return b""


def _drop(row: Upload, received: int = 0) -> None:
    with transaction.atomic():
        shred(row.pieces.values_list("file", flat=True))
        row.pieces.all().delete()
        Upload.objects.filter(pk=row.pk).update(received=received)
    shred_due()


def sweep(now: datetime | None = None, most: int = 200) -> int:
    """Let go of what nobody went on with; returns how many files."""
    before = (now or timezone.now()) - timedelta(hours=settings.UPLOAD_HOURS)
    rows = list(Upload.objects.filter(touched_at__lte=before).order_by("pk")[:most])
    for row in rows:
        _drop(row)
        row.delete()
    return len(rows)

"""Photographs and drawn signatures of a visit: sniffed, made anew from pixels, sealed. Raises Refused with a remedy."""

from __future__ import annotations

import base64
import binascii
import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from devices.flow import VisitState
from devices.models import VisitPhoto
from devices.services.visiting import locked_visit
from onboarding.documents import decoding, sniffing
from onboarding.documents.intake import scan
from onboarding.documents.problems import Unusable
from onboarding.models import User
from onboarding.services import Refused
from portal.storage import private_files

MAX_BYTES = 15 * 1024 * 1024
PHOTO_EDGE = 1600  # pixels of the longer side as kept
MIN_EDGE = 200
SIGNATURE_BYTES = 400 * 1024
TOO_BIG = _("This photo is larger than 15 MB. Take it with the normal camera setting.")
NO_PICTURE = _("This is no photo we can read. Take it with the camera: JPEG, PNG, WebP or HEIC.")
NOT_SIGNED = _("The signature could not be read. Wipe it and sign again, or confirm by name.")
MOST_PHOTOS = 20


def add_photo(visit_id: int, kind: str, upload: UploadedFile[bytes], *, by: User) -> VisitPhoto:
    """Keep one photograph. Everything slow happens before the short transaction."""
    with transaction.atomic():  # first ask whether it may be taken at all
        locked_visit(visit_id, by, VisitState.CHECKED_IN)
    if (upload.size or 0) > MAX_BYTES:
        raise Refused(TOO_BIG)
    data = upload.read(MAX_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    jpeg, size = _made_anew(data, digest)
    with transaction.atomic():
        visit = locked_visit(visit_id, by, VisitState.CHECKED_IN)
        if visit.photos.count() >= MOST_PHOTOS:
            raise Refused(_("There are %(n)s photos already. That is enough.") % {"n": MOST_PHOTOS})
        known = visit.photos.filter(kind=kind, sha256=digest).first()
        return known or VisitPhoto.objects.create(
            visit=visit, kind=kind, file=private_files.save(jpeg, photo_context(visit.pk)), sha256=digest,
            width=size[0], height=size[1], by=by,
        )  # fmt: skip


def _made_anew(data: bytes, digest: str) -> tuple[bytes, tuple[int, int]]:
    kind = sniffing.kind_of(data)
    if kind is None or kind == "pdf":
        raise Refused(NO_PICTURE)
    try:
        scan(data, digest)
        made = decoding.decode(data, kind, min_edge=MIN_EDGE, edge=PHOTO_EDGE).pages[0]
    except Unusable as unusable:
        raise Refused(unusable.sentence) from None
    return made.page, (made.width, made.height)


def photo_context(visit_id: int) -> str:
    """What a photograph is bound to by its encryption."""
    return f"visit:{visit_id}:photo"


def keep_signature(visit_id: int, drawn: str) -> str:
    """The name of the sealed drawing (base64 of a PNG from the pad); "" for an empty pad."""
    if not drawn:
        return ""
    try:
        data = base64.b64decode(drawn, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(NOT_SIGNED) from None
    if len(data) > SIGNATURE_BYTES or sniffing.kind_of(data) != "png":
        raise Refused(NOT_SIGNED)
    try:
        made = decoding.decode(data, "png").pages[0]
    except Unusable:
        raise Refused(NOT_SIGNED) from None
    return private_files.save(made.page, f"visit:{visit_id}:signature")

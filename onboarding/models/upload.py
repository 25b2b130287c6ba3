"""A file that comes in piece by piece, so that a lost connection loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from onboarding.models.case import Case
from onboarding.models.document import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models.user import User


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: User | AnonymousUser) -> UploadQuerySet:
        """Nobody goes on with what somebody else has begun."""
        return self.filter(owner=user.pk)


class Upload(models.Model):
    """One file on its way. The browser makes `key` from the file, so that the same file finds its row again."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)  # a kind of the document matrix
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()  # bytes that the whole file has
    received = models.PositiveIntegerField(default=0)  # bytes that are here, without a gap from the first
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")  # what became of it
    touched_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "case", "kind", "key"], name="one_upload_per_file_of_a_person")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def percent(self) -> int:
        return self.received * 100 // max(self.size, 1)


class UploadPiece(models.Model):
    """Some bytes of it, sealed in the private storage until the last has come."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="pieces")
    offset = models.PositiveIntegerField()
    file = models.CharField(max_length=120)

    class Meta:
        ordering = ["offset"]
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="one_piece_per_offset")]

    def __str__(self) -> str:
        return f"{self.upload_id}+{self.offset}"

    @property
    def context(self) -> str:
        """What it is bound to by its encryption."""
        return piece_context(self.upload_id, self.offset)


def piece_context(upload_id: int, offset: int) -> str:
    """As `UploadPiece.context`, before there is a row."""
    return f"upload:{upload_id}:{offset}"

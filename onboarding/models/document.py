"""Papers: what was received, what may be shown, and who looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.case import Case
from portal.crypto import EncryptedTextField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models.user import User


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User | AnonymousUser) -> DocumentQuerySet:
        """Of the cases that this user sees, nothing that was taken out; our staff only with leave to view papers."""
        if user.is_authenticated and user.works_here and not user.has_perm("onboarding.view_document"):
            return self.none()
        return self.filter(removed_at=None, case__in=Case.objects.visible_to(user))

    def current(self) -> DocumentQuerySet:
        """Not replaced and not removed."""
        return self.filter(replaced_at=None)


class Document(models.Model):
    """One file that was handed in. The original is kept sealed and never served; the pages are made from its pixels."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned")

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=40)  # a kind of the document matrix
    part = models.PositiveSmallIntegerField(_("part"), default=1)  # a paper of several pages may come as several files
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.UPLOADED)
    original_name = models.CharField(_("file name"), max_length=200)  # shown as typed, never used as a path
    media_type = models.CharField(_("type"), max_length=40)  # sniffed, never the header's
    size = models.PositiveIntegerField(_("size (bytes)"))
    sha256 = models.CharField(_("digest"), max_length=64, db_index=True)
    perceptual_hash = models.CharField(_("perceptual hash"), max_length=16, blank=True, default="", db_index=True)
    original = models.CharField(max_length=120)  # name in the private storage
    capture = models.JSONField(_("capture facts"), default=dict)
    # Of photographs of the shop alone, to a hundred metres: "31.230,121.474"; NULL when the file does not say.
    place = EncryptedTextField(_("taken at"), context="onboarding.Document.place", null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)  # nobody's to see

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "part"],
                condition=models.Q(replaced_at=None),
                name="one_current_document_per_part",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def context(self) -> str:
        """What the original is bound to by its encryption."""
        return f"document:{self.case_id}:{self.sha256}"


class Page(models.Model):
    """One page as it may be shown: re-encoded from pixels, without metadata, sealed in the private storage."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=120)
    thumbnail = models.CharField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField(_("turned by (degrees)"), default=0)  # clockwise, when it is shown

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_page_per_number")]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}"

    @property
    def context(self) -> str:
        """What the page and its thumbnail are bound to by their encryption."""
        return page_context(self.document.case_id, self.document.sha256, self.number)

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height in pixels as it is shown, after its turn."""
        return (self.width, self.height) if self.turn % 180 == 0 else (self.height, self.width)


def page_context(case_id: int, digest: str, number: int) -> str:
    """As `Page.context`, before there is a row."""
    return f"page:{case_id}:{digest}:{number}"


class Access(models.Model):
    """Who opened or unmasked what, when, and why. Append-only by habit and by permission."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="accesses", verbose_name=_("case"))
    what = models.CharField(_("what"), max_length=80)
    why = models.CharField(_("why"), max_length=200, blank=True, default="")
    address = models.GenericIPAddressField(_("address"), null=True)
    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")

    def __str__(self) -> str:
        return f"{self.what} {self.at:%F %T}"

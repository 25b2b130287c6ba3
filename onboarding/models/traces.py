"""What cases have in common without saying so: devices, addresses and pictures, kept as keyed hashes and rough marks.

Collected to prevent fraud and used for nothing else (DOMAIN 5): no merchant, no list and no search reads these tables,
only the machine checks do. They go with their case.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.case import Case
from onboarding.models.document import Page
from portal.crypto import index_key_mark

PURPOSE = "fraud_prevention"


class Trace(models.Model):
    """A device on which a case was filled in, or an address that it names: the keyed hash alone."""

    class Kind(models.TextChoices):
        DEVICE = "device", _("Device")
        ADDRESS = "address", _("Address")

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    index = models.CharField(max_length=64)  # portal.crypto.blind_index with the kind as purpose
    # Under which INDEX_KEY: what was made under another one fits nothing any more (manage.py reindex).
    key_mark = models.CharField(max_length=8, default=index_key_mark, editable=False)
    by_staff = models.BooleanField(_("of an agent or of our staff"), default=False)
    purpose = models.CharField(_("purpose"), max_length=20, default=PURPOSE, editable=False)
    first_seen = models.DateTimeField(_("first seen"), auto_now_add=True)

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "index"], name="one_trace_per_case"),
            models.CheckConstraint(condition=models.Q(purpose=PURPOSE), name="traces_serve_one_purpose"),
        ]
        indexes = [models.Index(fields=["kind", "index"], name="trace_same")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class PageMark(models.Model):
    """The rough look of a page: 200 bits, by which the same picture is known again after saving, trimming, turning.

    Written with the page, without bits: the row is the job that a worker does (tasks.marking). A mark of another
    version than screening.alike.VERSION is compared with nothing until that worker has made it anew.
    """

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="+")
    # Hex; "" for a page without anything on it, NULL: to be done.
    bits = models.CharField(max_length=50, null=True)  # noqa: DJ001
    version = models.PositiveSmallIntegerField(default=1)  # which bits these are; 1 for those from before versions

    class Meta:
        indexes = [
            models.Index(fields=["page"], name="page_mark_due", condition=models.Q(bits=None)),
            models.Index(fields=["version", "page"], name="page_mark_version"),
        ]

    def __str__(self) -> str:
        return f"#{self.page_id}"


class PageBand(models.Model):
    """A quarter of a mark, to look it up: marks that differ in few bits share at least one of their quarters."""

    page = models.ForeignKey(PageMark, models.CASCADE, related_name="bands")
    band = models.IntegerField()  # of which map, and its 25 bits: screening.alike.bands

    class Meta:
        indexes = [models.Index(fields=["band", "page"], name="page_band")]

    def __str__(self) -> str:
        return f"{self.band} #{self.page_id}"


class Standing(models.Model):
    """A doubt of ours of which the merchant said: it is right as it is. Holds as long as the answers are the same."""

    LIMIT: ClassVar = 64
    case = models.ForeignKey(Case, models.CASCADE, related_name="standings", verbose_name=_("case"))
    code = models.CharField(_("what was doubted"), max_length=LIMIT)
    index = models.CharField(max_length=64)  # keyed hash of the answers that were doubted
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("confirmed doubt")
        verbose_name_plural = _("confirmed doubts")
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="one_standing_per_doubt")]

    def __str__(self) -> str:
        return f"{self.code} #{self.pk}"

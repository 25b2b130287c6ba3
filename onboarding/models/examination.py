"""What the machine found on an uploaded file: how good the picture is, and what stands on the paper."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.document import Document
from portal.crypto import EncryptedTextField


class Examination(models.Model):
    """One per document, written with it, then done by a worker. It advises; it never holds a merchant up.

    What was read is sealed as a whole: a list of {"field", "value", "page", "box", "sure", "mended"}; the box is
    (left, top, right, bottom) in fractions of the page as it is kept, before any turn; sure is 0 to 1.
    """

    class Result(models.TextChoices):
        DUE = "due", _("Being examined")
        DONE = "done", _("Examined")
        FAILED = "failed", _("Could not be examined")

    TIME_LIMIT: ClassVar = 60  # seconds the job may run before it is killed
    LEASE: ClassVar = timedelta(seconds=TIME_LIMIT + 5)
    MAX_ATTEMPTS: ClassVar = 3

    document = models.OneToOneField(Document, models.CASCADE, related_name="examination", verbose_name=_("document"))
    result = models.CharField(_("result"), max_length=6, choices=Result.choices, default=Result.DUE)
    findings = models.JSONField(_("findings"), default=list)  # [{"code", "page", "params"}], never personal values
    sealed = EncryptedTextField(_("what was read"), context="onboarding.Examination.sealed", null=True, blank=True)
    kept_anyway_at = models.DateTimeField(_("kept in spite of a doubt at"), null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("examination")
        verbose_name_plural = _("examinations")
        indexes = [models.Index(fields=["due_at", "id"], name="examination_due", condition=models.Q(result="due"))]

    def __str__(self) -> str:
        return f"#{self.document_id} {self.result}"

    @property
    def read(self) -> list[dict[str, Any]]:
        """What was read, opened; empty when nothing was."""
        found: list[dict[str, Any]] = json.loads(self.sealed) if self.sealed else []
        return found

    @property
    def is_doubtful(self) -> bool:
        """Something was found that the merchant has not answered for yet."""
        return bool(self.findings) and self.kept_anyway_at is None

"""The agreement and the one-time codes that prove who signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.flow import AgreementFlow
from onboarding.models.case import Case
from onboarding.models.institution import FeePlan
from onboarding.models.merchant import Person
from portal.crypto import EncryptedTextField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models.user import User


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User | AnonymousUser) -> AgreementQuerySet:
        """Of the cases that this user sees."""
        return self.filter(case__in=Case.objects.visible_to(user))


class Agreement(AgreementFlow):
    """One version of the agreement: the PDF, its digest, and how it was signed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="agreements", verbose_name=_("case"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    plan = models.ForeignKey(FeePlan, models.PROTECT, related_name="+", verbose_name=_("plan"))
    snapshot = models.JSONField(_("what was agreed"), default=dict)  # rules and terms of the plan, clauses, ids
    file = models.CharField(max_length=120, blank=True, default="")  # name in the private storage
    sha256 = models.CharField(_("digest"), max_length=64, blank=True, default="")
    offered_at = models.DateTimeField(_("offered at"), auto_now_add=True)
    signer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("signed by"))
    signed_file = models.CharField(max_length=120, blank=True, default="")
    signed_sha256 = models.CharField(_("digest of the signed file"), max_length=64, blank=True, default="")
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    drawn = models.CharField(max_length=120, blank=True, default="")  # drawn signature in the private storage
    proof = models.JSONField(_("proof of the code"), default=dict)  # client_ref, times, address; never the number

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="one_agreement_per_version")]

    def __str__(self) -> str:
        return f"v{self.version} {self.stage}"

    @property
    def context(self) -> str:
        """What the file of the offer is bound to by its encryption."""
        return f"agreement:{self.case_id}:{self.sha256}"

    @property
    def signed_context(self) -> str:
        """The same of the signed file and of the drawn signature."""
        return f"signed:{self.case_id}:{self.version}"


class OneTimeCode(models.Model):
    """A six-digit code to one mobile for one purpose. Only its HMAC is kept; it dies after use, time or wrong tries."""

    purpose = models.CharField(max_length=60)  # "sign:<agreement id>"
    mobile = EncryptedTextField(context="onboarding.OneTimeCode.mobile")
    digest = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "-sent_at"], name="code_by_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"

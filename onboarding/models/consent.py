"""The consent ledger: one row per purpose and version of the text, given or withdrawn."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.case import Case


class Consent(models.Model):
    """Somebody agreed to one purpose, in the words whose digest is kept."""

    class Purpose(models.TextChoices):
        PRIVACY = "privacy", _("Handling of the data needed for the application")
        IDENTITY = "identity", _("Checking identity papers, a separate consent")
        SHARING = "sharing", _("Passing data on to the acquirer, a separate consent")
        MARKETING = "marketing", _("News by SMS")

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents", verbose_name=_("case"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("user")
    )
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose.choices)
    version = models.CharField(_("version of the text"), max_length=16)
    language = models.CharField(_("language"), max_length=10)
    text_sha256 = models.CharField(_("digest of the text"), max_length=64)
    address = models.GenericIPAddressField(_("address"), null=True)
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="one_open_consent_per_case_and_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"

"""Acquirers and what they charge. Money is integer fen, rates are integer ppm (6000 = 0.6 %)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Institution(models.Model):
    """An acquirer that merchants can choose."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=24)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    fictitious = models.BooleanField(_("fictitious"), default=False)
    acquirer_code = models.CharField(_("acquirer code"), max_length=3, default="898")  # first three digits of a MID
    regions = models.JSONField(_("regions"), default=list)
    complaint_zh = models.CharField(_("complaints (Chinese)"), max_length=300, blank=True, default="")
    complaint_en = models.CharField(_("complaints (English)"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")

    def __str__(self) -> str:
        return self.code


class FeePlan(models.Model):
    """One version of a price list. Draft, published by a second person, superseded; never changed once published."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="plans", verbose_name=_("institution"))
    code = models.CharField(_("code"), max_length=24)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    for_types = models.JSONField(_("merchant types"), default=list)
    for_classes = models.JSONField(_("fee classes"), default=list)
    effective_from = models.DateField(_("effective from"))
    effective_to = models.DateField(_("effective to"), null=True, blank=True)
    terms = models.JSONField(_("terms"), default=dict)  # settlement, deposit, device, promotion… as in fee_plans.json

    class Meta:
        verbose_name = _("fee plan")
        verbose_name_plural = _("fee plans")
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_plan_per_version")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    def serves(self, division_code: str) -> bool:
        """Whether the institution works in the province of this district: it may not acquire elsewhere."""
        regions = self.institution.regions
        return not division_code or "*" in regions or any(code[:2] == division_code[:2] for code in regions)


class FeeRule(models.Model):
    """The price of one product within a range of amounts (both ends included)."""

    plan = models.ForeignKey(FeePlan, models.CASCADE, related_name="rules", verbose_name=_("plan"))
    product = models.CharField(_("product"), max_length=12)
    rate_ppm = models.PositiveIntegerField(_("rate (ppm)"))
    min_fen = models.PositiveIntegerField(_("minimum (fen)"), default=0)
    cap_fen = models.PositiveIntegerField(_("cap (fen)"), null=True, blank=True)
    fixed_fen = models.PositiveIntegerField(_("fixed (fen)"), default=0)
    amount_from_fen = models.BigIntegerField(_("from amount (fen)"), default=0)
    amount_to_fen = models.BigIntegerField(_("to amount (fen)"), null=True, blank=True)
    mcc_class = models.CharField(_("fee class"), max_length=12, blank=True, default="")
    region = models.CharField(_("region"), max_length=6, blank=True, default="")
    priority = models.PositiveSmallIntegerField(_("priority"), default=100)
    basis = models.CharField(_("basis"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("fee rule")
        verbose_name_plural = _("fee rules")

    def __str__(self) -> str:
        return f"{self.product} {self.rate_ppm} ppm"


class MerchantRate(models.Model):
    """What a merchant pays: the plan as it was at signature. Append-only; periods of one merchant never overlap."""

    merchant = models.ForeignKey(
        "onboarding.Merchant", models.PROTECT, related_name="rates", verbose_name=_("merchant")
    )
    agreement = models.ForeignKey("onboarding.Agreement", models.PROTECT, related_name="rates")
    plan_code = models.CharField(_("plan"), max_length=24)
    plan_version = models.PositiveSmallIntegerField(_("plan version"))
    snapshot = models.JSONField(_("rules and terms at signature"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to (not included)"), null=True, blank=True)

    class Meta:
        verbose_name = _("merchant's rate")
        verbose_name_plural = _("merchants' rates")

    def __str__(self) -> str:
        return f"{self.plan_code} v{self.plan_version}"

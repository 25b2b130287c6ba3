"""The application: store, category, settlement account and the plan that was chosen."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.case import Case
from onboarding.models.fields import BlindIndexField
from onboarding.models.institution import FeePlan
from onboarding.models.merchant import Merchant
from portal.crypto import EncryptedTextField


class Store(models.Model):
    """A place where cards are taken. The address keeps code and name as they were when it was entered."""

    class Premises(models.TextChoices):
        FIXED = "fixed", _("Fixed shop")
        MOBILE = "mobile", _("Stall without fixed premises")
        ONLINE = "online", _("Online shop only")

    class Tenure(models.TextChoices):
        OWNED = "owned", _("Owned")
        LEASED = "leased", _("Leased")

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="stores", verbose_name=_("merchant"))
    # Saved page by page: what is not answered yet is empty.
    name = models.CharField(_("name on the sign"), max_length=60, blank=True, default="")
    mcc = models.CharField(_("category code (MCC)"), max_length=4, blank=True, default="")
    division_code = models.CharField(_("district"), max_length=6, blank=True, default="")
    division_name = models.CharField(_("district name"), max_length=120, blank=True, default="")
    address = models.CharField(_("street address"), max_length=200, blank=True, default="")
    premises = models.CharField(_("premises"), max_length=8, choices=Premises.choices, default=Premises.FIXED)
    tenure = models.CharField(_("tenure"), max_length=8, choices=Tenure.choices, default=Tenure.LEASED)
    permit_declared = models.BooleanField(_("the permit applies"), default=False)
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = _("store")
        verbose_name_plural = _("stores")

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """District and street as they stand on a parcel."""
        return " ".join(part for part in (self.division_name, self.address) if part)


class SettlementAccount(models.Model):
    """Where the money goes: in the merchant's own name."""

    class Kind(models.TextChoices):
        UNIT = "unit", _("Account of the business")
        PERSONAL = "personal", _("Personal account")

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="accounts", verbose_name=_("merchant"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    holder = models.CharField(_("account name"), max_length=200)
    number = EncryptedTextField(_("account number"), context="onboarding.SettlementAccount.number")
    number_index = BlindIndexField(source="number", purpose="account", db_index=True)
    bank = models.CharField(_("bank"), max_length=12)  # Bank.head_cnaps, kept as it was chosen
    cnaps = models.CharField(_("bank branch number (CNAPS)"), max_length=12, blank=True, default="")
    is_basic = models.BooleanField(_("basic account"), default=True)
    proof_ref = models.CharField(max_length=64, blank=True, default="")  # client_ref of the newest small sum
    proof_fen = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 99; the merchant tells us how much came
    proof_sends = models.PositiveSmallIntegerField(_("small sums sent"), default=0)
    proof_failed = models.CharField(_("why the bank sent it back"), max_length=40, blank=True, default="")
    proof_sent_at = models.DateTimeField(_("small sum sent at"), null=True, blank=True)
    proof_tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    proved_at = models.DateTimeField(_("small sum confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("settlement account")
        verbose_name_plural = _("settlement accounts")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class Application(models.Model):
    """What the merchant asks for in one case."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="application", verbose_name=_("case"))
    store = models.ForeignKey(Store, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("store"))
    account = models.ForeignKey(
        SettlementAccount, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settlement account")
    )
    plan = models.ForeignKey(FeePlan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plan"))
    settlement_cycle = models.CharField(_("settlement cycle"), max_length=4, default="T1")
    monthly_turnover_fen = models.BigIntegerField(_("expected monthly turnover (fen)"), null=True, blank=True)
    largest_amount_fen = models.BigIntegerField(_("largest single amount (fen)"), null=True, blank=True)
    terminals = models.PositiveSmallIntegerField(_("number of terminals"), default=1)
    mid = models.CharField(_("merchant number (MID)"), max_length=15, blank=True, default="")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")

    def __str__(self) -> str:
        return f"#{self.pk}"

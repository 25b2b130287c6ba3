"""The merchant, its people, and who may act for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models.fields import BlindIndexField, FoldedField
from portal.crypto import EncryptedTextField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from onboarding.models.user import User


class MerchantType(models.TextChoices):
    """The six types of DOMAIN 1.1; they decide which papers are asked for."""

    ENTERPRISE = "enterprise", _("Company")
    SOLE_TRADER = "sole_trader", _("Sole trader")
    MICRO = "micro", _("Micro merchant without a licence")
    INSTITUTION = "institution", _("Public institution")
    GOVERNMENT = "government", _("Government body")
    SOCIAL_ORG = "social_org", _("Social organisation")


class MerchantQuerySet(models.QuerySet["Merchant"]):
    def visible_to(self, user: User | AnonymousUser) -> MerchantQuerySet:
        """Staff see all, members their own, strangers none."""
        if user.is_anonymous:
            return self.none()
        if user.works_here and user.has_perm("onboarding.view_merchant"):
            return self
        return self.filter(memberships__user=user, memberships__active=True)


class Merchant(models.Model):
    """A business, or a natural person, that wants to take cards. Names are stored as typed."""

    type = models.CharField(_("type"), max_length=16, choices=MerchantType.choices)
    name = models.CharField(_("registered name"), max_length=200, blank=True, default="")
    short_name = models.CharField(_("name on the sign"), max_length=60, blank=True, default="")
    name_index = FoldedField(source="name", max_length=200)
    short_name_index = FoldedField(source="short_name", max_length=60)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True, default="", db_index=True)
    registered_address = models.CharField(_("registered address"), max_length=300, blank=True, default="")
    scope = models.TextField(_("business scope"), blank=True, default="")
    established_on = models.DateField(_("established on"), null=True, blank=True)
    valid_until = models.DateField(_("licence valid until"), null=True, blank=True)
    is_long_term = models.BooleanField(_("licence valid long-term"), default=False)
    registered_capital_fen = models.BigIntegerField(_("registered capital (fen)"), null=True, blank=True)
    beneficial_owner_exempt = models.BooleanField(_("exempt from declaring beneficial owners"), default=False)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True, default="")
    contact_mobile = EncryptedTextField(
        _("contact's mobile"), context="onboarding.Merchant.contact_mobile", null=True, blank=True
    )
    contact_mobile_index = BlindIndexField(source="contact_mobile", purpose="mobile", db_index=True)
    contact_email = models.EmailField(_("contact's e-mail"), blank=True, default="")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = MerchantQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant")
        verbose_name_plural = _("merchants")

    def __str__(self) -> str:
        return self.short_name or self.name or self.contact_name


class Person(models.Model):
    """Somebody whose identity is checked: legal representative, operator, handler, beneficial owner."""

    class Role(models.TextChoices):
        LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative or operator")
        HANDLER = "handler", _("Handler with a letter of authorisation")
        BENEFICIAL_OWNER = "beneficial_owner", _("Beneficial owner")

    class IdType(models.TextChoices):
        RESIDENT_ID = "resident_id", _("Resident ID card")
        RESIDENCE_PERMIT = "residence_permit", _("Residence permit for Hong Kong, Macao or Taiwan residents")
        FOREIGNER_CARD = "foreigner_card", _("Foreigner’s permanent residence card (2023)")
        FOREIGNER_CARD_2017 = "foreigner_card_2017", _("Foreigner’s permanent residence card (2017)")
        HK_MACAO_PERMIT = "hk_macao_permit", _("Travel permit of Hong Kong and Macao residents")
        TAIWAN_PERMIT = "taiwan_permit", _("Travel permit of Taiwan residents")
        PASSPORT = "passport", _("Passport")

    merchant = models.ForeignKey(Merchant, models.CASCADE, related_name="persons", verbose_name=_("merchant"))
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    name = models.CharField(_("name"), max_length=120)
    id_type = models.CharField(_("kind of document"), max_length=20, choices=IdType.choices, default=IdType.RESIDENT_ID)
    id_number = EncryptedTextField(_("document number"), context="onboarding.Person.id_number")
    id_number_index = BlindIndexField(source="id_number", purpose="person_id", db_index=True)
    id_valid_from = models.DateField(_("document valid from"), null=True, blank=True)
    id_valid_until = models.DateField(_("document valid until"), null=True, blank=True)
    id_long_term = models.BooleanField(_("document valid long-term"), default=False)
    mobile = EncryptedTextField(_("mobile number"), context="onboarding.Person.mobile", null=True, blank=True)
    mobile_index = BlindIndexField(source="mobile", purpose="mobile", db_index=True)
    address = models.CharField(_("address"), max_length=300, blank=True, default="")
    share_ppm = models.PositiveIntegerField(_("share (ppm)"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return f"{self.get_role_display()} #{self.pk}"  # never the name: this ends up in logs and admin titles


class Membership(models.Model):
    """A user acts for a merchant, in one role."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
        HANDLER = "handler", _("Handler with a letter of authorisation")
        MANAGER = "manager", _("Shop manager")
        CASHIER = "cashier", _("Cashier")

    user = models.ForeignKey("onboarding.User", models.CASCADE, related_name="memberships", verbose_name=_("user"))
    merchant = models.ForeignKey(Merchant, models.CASCADE, related_name="memberships", verbose_name=_("merchant"))
    role = models.CharField(_("role"), max_length=24, choices=Role.choices, default=Role.OWNER)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "merchant"], name="one_membership_per_user_and_merchant")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.merchant}"

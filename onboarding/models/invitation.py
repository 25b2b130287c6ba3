"""An invitation to act for a merchant: a signed link to one address, claimed once with a code to the same address."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import gettext_lazy as _

from onboarding.formats import mobile
from onboarding.models.case import Case
from onboarding.models.fields import BlindIndexField
from onboarding.models.merchant import Membership, Merchant
from onboarding.models.notice import Notice
from portal.crypto import EncryptedTextField


def _unsigned(key: str, salt: str) -> int:
    try:
        return int(signing.Signer(salt=salt).unsign(key))
    except signing.BadSignature as error:
        raise ValueError(key) from error


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Neither claimed nor taken back; perhaps too old by now."""
        return self.filter(claimed_at=None, revoked_at=None)


class Invitation(models.Model):
    """Who is asked to act for a merchant, in which role. A case opened for somebody hands itself over by one."""

    SALT: ClassVar = "invitation"
    SIGNED: ClassVar = 10  # characters of six bits; whoever guesses one still needs the code to the invited address
    LIFE: ClassVar = timedelta(days=7)  # since it was last sent

    case = models.ForeignKey(Case, models.CASCADE, related_name="invitations", verbose_name=_("case"))
    merchant = models.ForeignKey(Merchant, models.CASCADE, related_name="invitations", verbose_name=_("merchant"))
    role = models.CharField(_("role"), max_length=24, choices=Membership.Role.choices)
    name = models.CharField(_("name"), max_length=120, blank=True, default="")
    channel = models.CharField(_("channel"), max_length=8, choices=Notice.Channel.choices, default=Notice.Channel.SMS)
    address = EncryptedTextField(_("mobile number or e-mail"), context="onboarding.Invitation.address")
    address_index = BlindIndexField(source="address", purpose="mobile", db_index=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    sends = models.PositiveSmallIntegerField(_("times sent"), default=0)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("claimed by")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "address_index"],
                condition=models.Q(claimed_at=None, revoked_at=None),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} #{self.pk}"  # never the address

    @property
    def key(self) -> str:
        """The key in its address: 60 signed bits and the number. Short for an SMS; nobody counts through them."""
        return self.signature(self.pk) + int_to_base36(self.pk)

    @classmethod
    def signature(cls, pk: int) -> str:
        return signing.Signer(salt=cls.SALT).signature(str(pk))[: cls.SIGNED]

    @classmethod
    def number(cls, key: str) -> int:
        """The number behind a key; raises ValueError for a wrong one. Keys of before, "12:signature", are good too."""
        if ":" in key:
            return _unsigned(key, cls.SALT)
        signature, number = key[: cls.SIGNED], base36_to_int(key[cls.SIGNED :])
        if not constant_time_compare(signature, cls.signature(number)):
            raise ValueError(key)
        return number

    @property
    def by_sms(self) -> bool:
        return self.channel == Notice.Channel.SMS

    @property
    def masked(self) -> str:
        """138****5678, or l***@example.com."""
        if self.by_sms:
            return mobile.mask(self.address)
        name, _at, domain = self.address.partition("@")
        return f"{name[:1]}***@{domain}"

    @property
    def expires_at(self) -> object:
        return self.sent_at + self.LIFE

    @property
    def is_late(self) -> bool:
        return timezone.now() > self.sent_at + self.LIFE

    @property
    def is_open(self) -> bool:
        return self.claimed_at is None and self.revoked_at is None and not self.is_late

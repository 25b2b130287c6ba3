"""The catalogue: which terminals we offer, what they cost, and until when they are certified."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onboarding.words import pick


class DeviceModelQuerySet(models.QuerySet["DeviceModel"]):
    def on_offer(self, today: datetime.date) -> DeviceModelQuerySet:
        """Offered, and certified on that day: an expired certificate takes a model out of the catalogue by itself."""
        alive = models.Q(certified_until=None) | models.Q(certified_until__gte=today)
        sealed = models.Q(pts_until=None) | models.Q(pts_until__gte=today)
        return self.filter(alive, sealed, offered=True)


class DeviceModel(models.Model):
    """One model of terminal. Money in integer fen; a price of 0 with a monthly rent means rented."""

    class Kind(models.TextChoices):
        SMART = "smart", pgettext_lazy("device", "Smart terminal with a touch screen")
        POS = "pos", pgettext_lazy("device", "Terminal with keys and printer")
        TILL = "till", pgettext_lazy("device", "Terminal connected to the till")
        QR = "qr", pgettext_lazy("device", "QR terminal with speaker")

    class Ownership(models.TextChoices):
        MERCHANT = "merchant", _("yours after payment")
        INSTITUTION = "institution", _("ours, lent to you")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    about_zh = models.CharField(_("in one sentence (Chinese)"), max_length=200, blank=True, default="")
    about_en = models.CharField(_("in one sentence (English)"), max_length=200, blank=True, default="")
    maker = models.CharField(_("maker"), max_length=80)
    connectivity = models.CharField(_("connections"), max_length=80, help_text=_("For example: 4G, Wi-Fi"))
    ownership = models.CharField(_("who owns it"), max_length=12, choices=Ownership.choices)
    price_fen = models.PositiveIntegerField(_("price (fen)"), default=0)
    rent_fen = models.PositiveIntegerField(_("rent per month (fen)"), default=0)
    certificate = models.CharField(_("product certificate number"), max_length=60)
    certified_until = models.DateField(_("certified until"), null=True, blank=True)
    pts_approval = models.CharField(_("PCI PTS approval number"), max_length=40, blank=True, default="")
    pts_until = models.DateField(_("PCI PTS approval until"), null=True, blank=True)
    offered = models.BooleanField(_("offered"), default=True)
    fictitious = models.BooleanField(_("fictitious"), default=False)

    objects = DeviceModelQuerySet.as_manager()

    class Meta:
        verbose_name = _("terminal model")
        verbose_name_plural = _("terminal models")
        ordering = ["price_fen", "code"]

    def __str__(self) -> str:
        return pick(self, "name")

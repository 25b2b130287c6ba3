"""One parcel with the courier."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from devices.flow import ShipmentFlow
from devices.models.errand import Errand
from devices.models.order import Order


class Shipment(ShipmentFlow, Errand):
    """Handed over once under its `client_ref`; then followed by its tracking number."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="shipments", verbose_name=_("order"))
    client_ref = models.CharField(_("reference"), max_length=60, unique=True)
    carrier = models.CharField(_("courier"), max_length=80, blank=True, default="")
    tracking_no = models.CharField(_("tracking number"), max_length=60, blank=True, default="")
    seal = models.CharField(_("seal number"), max_length=40, blank=True, default="")
    accepted_at = models.DateTimeField(_("handed over at"), null=True)
    arrived_at = models.DateTimeField(_("delivered at"), null=True)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        indexes = [models.Index(fields=["next_at"], name="shipment_due", condition=models.Q(next_at__isnull=False))]

    def __str__(self) -> str:
        return self.tracking_no or self.client_ref

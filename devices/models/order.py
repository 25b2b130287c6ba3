"""The order of a rollout and its lines. Money in integer fen, copied when chosen: later prices change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from devices.flow import OrderFlow, OrderState
from devices.models.model import DeviceModel
from devices.models.rollout import Rollout
from onboarding.models import Case
from portal.crypto import EncryptedTextField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from devices.models.shipment import Shipment
    from onboarding.models import User


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, user: User | AnonymousUser) -> OrderQuerySet:
        return self.filter(rollout__case__in=Case.objects.visible_to(user))

    def standing(self) -> OrderQuerySet:
        return self.exclude(state=OrderState.CANCELLED)


class Order(OrderFlow):
    """At most one standing order per rollout."""

    class Way(models.TextChoices):
        COURIER = "courier", _("By courier to the shop")
        TECHNICIAN = "technician", _("The technician brings it and installs it")

    rollout = models.ForeignKey(Rollout, models.PROTECT, related_name="orders", verbose_name=_("rollout"))
    way = models.CharField(_("delivery"), max_length=12, choices=Way.choices, blank=True, default="")
    recipient = models.CharField(_("recipient"), max_length=120, blank=True, default="")
    mobile = EncryptedTextField(_("mobile number"), context="devices.Order.mobile", null=True, blank=True)
    address = models.CharField(_("delivery address"), max_length=300, blank=True, default="")
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("placed by")
    )
    placed_at = models.DateTimeField(_("placed at"), null=True)
    paid_at = models.DateTimeField(_("paid at"), null=True)
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("carried by")
    )
    delivered_at = models.DateTimeField(_("delivered at"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.UniqueConstraint(
                fields=["rollout"], condition=~models.Q(state=OrderState.CANCELLED), name="one_order_per_rollout"
            )
        ]
        indexes = [models.Index(fields=["state", "paid_at"], name="order_queue")]
        permissions = [
            ("allocate_order", "Can choose serials for an order"),
            ("ship_order", "Can hand an order over"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def total_fen(self) -> int:
        """What is to be paid now; prefetch the lines in lists."""
        return sum(line.total_fen for line in self.lines.all())

    @property
    def newest_shipment(self) -> Shipment | None:
        """The parcel that counts; prefetch the shipments in lists."""
        return max(self.shipments.all(), key=lambda one: one.pk, default=None)

    @property
    def wanted(self) -> int:
        """How many terminals."""
        return sum(line.quantity for line in self.lines.all())


class OrderLine(models.Model):
    """So many of one model, at the price of that day."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", verbose_name=_("order"))
    model = models.ForeignKey(DeviceModel, models.PROTECT, related_name="+", verbose_name=_("model"))
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    ownership = models.CharField(_("who owns it"), max_length=12, choices=DeviceModel.Ownership.choices)
    price_fen = models.PositiveIntegerField(_("price each (fen)"))
    deposit_fen = models.PositiveIntegerField(_("deposit each (fen)"), default=0)
    rent_fen = models.PositiveIntegerField(_("rent per month (fen)"), default=0)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [models.UniqueConstraint(fields=["order", "model"], name="one_line_per_model")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.model_id}"

    @property
    def total_fen(self) -> int:
        return self.quantity * (self.price_fen + self.deposit_fen)

"""One attempt to pay an order, and its refund."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from devices.flow import PaymentFlow
from devices.models.errand import Errand
from devices.models.order import Order


class Payment(PaymentFlow, Errand):
    """`client_ref` was stored before the first call: whatever gets lost, we can ask for it."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments", verbose_name=_("order"))
    amount_fen = models.PositiveIntegerField(_("amount (fen)"))
    client_ref = models.CharField(_("reference"), max_length=60, unique=True)
    pay_url = models.CharField(max_length=500, blank=True, default="")
    paid_at = models.DateTimeField(_("paid at"), null=True)
    refund_reason = models.CharField(_("reason of the refund"), max_length=60, blank=True, default="")
    refunded_at = models.DateTimeField(_("refunded at"), null=True)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        indexes = [models.Index(fields=["next_at"], name="payment_due", condition=models.Q(next_at__isnull=False))]

    def __str__(self) -> str:
        return self.client_ref


def payment_ref(case_ref: str) -> str:
    """A fresh reference that a person can read out: KT-7Q4M-2HX9-1f3a9c0b."""
    return f"{case_ref}-{uuid.uuid4().hex[:10]}"

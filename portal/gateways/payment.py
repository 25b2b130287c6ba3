"""The payment house: a page of theirs where the payer decides, a signed notice to us, a status to ask for, refunds.

The shop never trusts the way back: after the payer returned, or a notice arrived, it asks `status(client_ref)`.
A lost reply, a lost notice and a closed browser are all survived that way.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import F, TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto
from portal.gateways.base import (
    Answered,
    Askable,
    BadAnswer,
    Reason,
    Refused,
    Reply,
    Unavailable,
    decode,
    hidden,
    personal,
)
from portal.gateways.http import HttpGateway, check_signature
from portal.gateways.simulator import UNAVAILABLE, Simulator, forced
from portal.models import SimulatedPayment

DECLINES = "declines"


class PayState(TextChoices):
    PENDING = "pending", _("waiting for the payer")
    PAID = "paid", _("paid")
    REFUSED = "refused", _("refused")


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    amount_fen: int
    subject: str  # what the payer reads
    return_url: str = personal(hidden)  # where the payer goes afterwards
    notify_url: str = personal(hidden, default="")  # where the notice is posted; "" for none


@dataclass(frozen=True, slots=True)
class Created:
    payment_no: str
    pay_url: str  # send the payer there


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    client_ref: str
    state: PayState
    amount_fen: int
    refunded_fen: int = 0
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefundRequest:
    payment_ref: str  # client_ref of the payment
    amount_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class Refunded:
    refund_no: str
    at: datetime


class Payment(Askable, Protocol):
    def create(self, client_ref: str, request: PaymentRequest) -> Reply[Created]: ...

    def status(self, client_ref: str) -> Reply[PaymentStatus]:
        """Read how the payment created under this reference stands; no effect."""
        ...

    def refund(self, client_ref: str, request: RefundRequest) -> Reply[Refunded]:
        """Give back a part or all; never more than was paid."""
        ...

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentStatus:
        """The content of a notice; raises `BadSignature`, or `BadAnswer` for another shape."""
        ...


def notice_of(secret: str, headers: Mapping[str, str], body: bytes) -> PaymentStatus:
    """Check the signature first, then read."""
    check_signature(secret, headers, body, "notice")
    try:
        return decode(PaymentStatus, json.loads(body))
    except ValueError:
        raise BadAnswer("This is no payment notice.") from None


class HttpPayment(HttpGateway):
    def create(self, client_ref: str, request: PaymentRequest) -> Reply[Created]:
        return self.post("payments", client_ref, request, Created)

    def status(self, client_ref: str) -> Reply[PaymentStatus]:
        return self.get(f"payments/{client_ref}", PaymentStatus)

    def refund(self, client_ref: str, request: RefundRequest) -> Reply[Refunded]:
        return self.post("refunds", client_ref, request, Refunded)

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentStatus:
        return notice_of(self.secret, headers, body)


class SimulatedPayments(Simulator):
    """The payment page is /pay/<token>/ of this portal (`portal.outbox`); the payer there is whoever plays."""

    name = "payment"
    outcomes = {DECLINES: _("the payer's bank declines")}
    readings = frozenset(outcomes)

    def create(self, client_ref: str, request: PaymentRequest) -> Reply[Created]:
        def act(outcome: str) -> Created | Refused:
            if request.amount_fen <= 0:
                return Refused(detail="bad_amount")
            payment = SimulatedPayment.objects.create(
                client_ref=client_ref, amount_fen=request.amount_fen, subject=request.subject[:200],
                return_url=request.return_url, notify_url=request.notify_url,
            )  # fmt: skip
            return Created(f"simulated-{payment.pk}", reverse("pay", args=[payment.token]))

        return self.once("create", client_ref, request, Created, act)

    def status(self, client_ref: str) -> Reply[PaymentStatus]:
        if forced(self.name, [UNAVAILABLE]):
            return Unavailable(Reason.NO_CONNECTION)
        payment = SimulatedPayment.objects.filter(client_ref=client_ref).first()
        return Answered(status_of(payment), simulated=True) if payment else Unavailable(Reason.NEVER_ARRIVED)

    def refund(self, client_ref: str, request: RefundRequest) -> Reply[Refunded]:
        def act(outcome: str) -> Refunded | Refused:
            paid = SimulatedPayment.objects.filter(
                client_ref=request.payment_ref,
                state=PayState.PAID,
                refunded_fen__lte=F("amount_fen") - request.amount_fen,
            )
            if request.amount_fen <= 0 or not paid.update(refunded_fen=F("refunded_fen") + request.amount_fen):
                return Refused(detail="nothing_to_refund")
            return Refunded(f"simulated-{client_ref}", timezone.now())

        return self.once("refund", client_ref, request, Refunded, act)

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentStatus:
        return notice_of(notice_secret(), headers, body)


def notice_secret() -> str:
    """What the simulated payment house signs its notices with."""
    return crypto.blind_index("payment", "simulated.notice")


def status_of(payment: SimulatedPayment) -> PaymentStatus:
    state = PayState(payment.state)
    return PaymentStatus(payment.client_ref, state, payment.amount_fen, payment.refunded_fen, payment.decided_at)


ADAPTERS = {"simulator": SimulatedPayments, "http": HttpPayment}

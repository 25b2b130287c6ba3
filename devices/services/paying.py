"""Paying an order: every call outside is made between two short transactions, and whatever is lost is asked for."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from devices.flow import OrderState, PaymentState
from devices.models import Order, Payment
from devices.models.errand import ERRAND_FIELDS
from devices.models.payment import payment_ref
from devices.services.common import actor, locked_case, walk
from devices.services.ordering import demand_buyer, locked_order
from onboarding.flow import State
from onboarding.models import User
from onboarding.services import NotNow, Refused, advance, record
from portal.gateways import base, gateway
from portal.gateways.payment import Created, PaymentRequest, PaymentStatus, PayState

log = logging.getLogger("devices.paying")
OPEN = (PaymentState.CREATED, PaymentState.UNKNOWN)
ASK_AGAIN = 60  # seconds between two questions about an open payment
UNREACHABLE = _("The payment house does not answer. Nothing was charged. Try again in a few minutes.")
NOT_TAKEN = _("The payment house refused this payment. Nothing was charged. Try again, or call us.")


def begin_payment(order_id: int, *, by: User, return_url: str, notify_url: str = "") -> str:
    """Where to send the payer; "" when there is nothing to pay. Raises Refused with what to do."""
    payment = _open_payment(order_id, by)
    if payment is None:
        return ""
    if not payment.pay_url:
        subject = str(_("Card terminals, order %(ref)s") % {"ref": payment.client_ref})
        request = PaymentRequest(payment.amount_fen, subject, return_url, notify_url)
        _created(payment, request)
    return payment.pay_url


def _open_payment(order_id: int, by: User) -> Payment | None:
    """The payment of a placed order: an open one of the same amount again, else a new one."""
    with transaction.atomic():
        order = locked_order(order_id)
        demand_buyer(order.rollout.case, by)
        if order.state != OrderState.PLACED:
            raise NotNow(_("There is nothing to pay now. Look at your order again."))
        if order.total_fen == 0:
            _order_paid(order)
            return None
        known = order.payments.filter(state__in=OPEN, amount_fen=order.total_fen).first()
        return known or _new_payment(order)


def _new_payment(order: Order) -> Payment:
    payment = Payment(order=order, amount_fen=order.total_fen, client_ref=payment_ref(order.rollout.case.ref))
    payment.later(ASK_AGAIN)
    payment.save()
    return payment


def _created(payment: Payment, request: PaymentRequest) -> None:
    house = gateway("payment")
    reply = house.create(payment.client_ref, request)
    if isinstance(reply, base.Unknown):
        reply = house.ask(payment.client_ref, Created)
    if isinstance(reply, base.Answered):
        payment.pay_url = reply.value.pay_url
        Payment.objects.filter(pk=payment.pk).update(pay_url=payment.pay_url)
        return
    if isinstance(reply, base.Refused):
        walk(payment, "refuse")
        raise Refused(NOT_TAKEN)
    if isinstance(reply, base.Unknown):
        walk(payment, "lose")
    raise Refused(UNREACHABLE)


def check_payment(client_ref: str) -> Payment | None:
    """Ask the payment house how a payment stands and draw the conclusions; None for an unknown reference."""
    payment = Payment.objects.filter(client_ref=client_ref).first()
    if payment is None or payment.state not in OPEN:
        return payment
    reply = gateway("payment").status(client_ref)
    if isinstance(reply, base.Answered):
        return _concluded(payment.pk, reply.value)
    if isinstance(reply, base.Unavailable) and reply.reason == base.Reason.NEVER_ARRIVED and not payment.pay_url:
        return _given_up(payment.pk)
    log.info("payment %s: no answer (%s)", client_ref, type(reply).__name__)
    payment.back_off(str(reply.reason))
    payment.keep()
    return payment


def _given_up(payment_id: int) -> Payment:
    with transaction.atomic():
        payment = _locked(payment_id)
        if payment.state in OPEN and not payment.pay_url:
            payment.done()
            walk(payment, "refuse", *ERRAND_FIELDS)
    return payment


def _concluded(payment_id: int, status: PaymentStatus) -> Payment:
    with transaction.atomic():
        payment = _locked(payment_id)
        if payment.state not in OPEN:
            return payment
        if status.state == PayState.PAID:
            _paid(payment, status)
        elif status.state == PayState.REFUSED:
            payment.done()
            walk(payment, "refuse", *ERRAND_FIELDS)
            record(payment.order.rollout.case_id, "payment_refused", by=actor(payment.order.placed_by))
        else:
            payment.back_off("")
            payment.save(update_fields=ERRAND_FIELDS)
    _place_order(payment.order)
    return payment


def _locked(payment_id: int) -> Payment:
    """Case, order, payment: locked in this order."""
    locked_case(Payment.objects.values_list("order__rollout__case", flat=True).get(pk=payment_id))
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    orders = Order.objects.select_for_update(of=("self",)).select_related("rollout__case", "placed_by")
    payment.order = orders.get(pk=payment.order_id)
    return payment


def _paid(payment: Payment, status: PaymentStatus) -> None:
    """The money is there: for this order, or back where it came from when the order wants another sum or none."""
    order = payment.order
    payment.paid_at = status.decided_at or timezone.now()
    payment.done()
    walk(payment, "pay", "paid_at", *ERRAND_FIELDS)
    fits = order.state == OrderState.PLACED and order.total_fen == payment.amount_fen == status.amount_fen
    if fits:
        _order_paid(order, {"amount_fen": payment.amount_fen, "payment": payment.client_ref})
    else:
        request_refund(payment, "order_changed")


def _order_paid(order: Order, data: dict[str, object] | None = None) -> None:
    order.paid_at = timezone.now()
    walk(order, "pay", "paid_at")
    record(order.rollout.case_id, "paid", by=actor(order.placed_by), data=data or {"amount_fen": 0})


def request_refund(payment: Payment, reason: str) -> None:
    """Give back what was paid, once; a worker does it. The payment is locked by the caller."""
    payment.refund_reason = reason
    payment.due()
    walk(payment, "request_refund", "refund_reason", *ERRAND_FIELDS)


def place_order(order_id: int, *, by: User) -> bool:
    """Fire the case's verb once the order is paid; True when the case has moved. Raises Refused."""
    order = Order.objects.select_related("rollout__case").get(pk=order_id)
    if order.rollout.case.state != State.ORDERING:
        return False
    advance(order.rollout.case_id, "place_order", by=by, data={"order": order.pk})
    return True


def _place_order(order: Order) -> None:
    """The payer pressed “place the order” before paying: it is fired in their name, also when they never came back."""
    if order.state != OrderState.PAID or order.placed_by is None:
        return
    try:
        place_order(order.pk, by=order.placed_by)
    except Refused as refused:  # somebody else fired it, or the case is paused; the order page offers it again
        log.info("order %s stays: %s", order.pk, type(refused).__name__)

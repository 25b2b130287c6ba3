"""What a worker does outside: claim in a short transaction, act outside any, then confirm or back off."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from devices.flow import OrderState, ParcelState, PaymentState
from devices.models import Binding, Errand, Order, Payment, Shipment
from devices.models.errand import ERRAND_FIELDS
from devices.services import numbers
from devices.services.common import locked_case, walk
from devices.services.delivery import arrived
from devices.services.paying import check_payment
from onboarding.services import SYSTEM, record
from portal.gateways import base, courier, gateway
from portal.gateways.payment import Refunded, RefundRequest

log = logging.getLogger("devices.errands")
AT_ONCE = 20
TRACK_AGAIN = 20  # seconds between two looks at a parcel
Row = TypeVar("Row", bound=Errand)


def run_due() -> int:
    """Everything that is due, oldest first; returns how many rows were looked at. Safe to run twice at once."""
    return sum(_run(claim(rows), act) for rows, act in _jobs())


def _jobs() -> list[tuple[QuerySet[Any], Callable[[Any], None]]]:
    return [
        (Payment.objects.all(), attend_payment),
        (Shipment.objects.all(), attend_shipment),
        (Binding.objects.all(), numbers.attend_binding),
    ]


def claim(rows: QuerySet[Row]) -> list[Row]:
    """Lease what is due, so that a second worker leaves it alone."""
    now = timezone.now()
    due = rows.filter(Q(leased_until=None) | Q(leased_until__lt=now), next_at__lte=now).order_by("next_at")
    with transaction.atomic():
        locked = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        found = list(locked[:AT_ONCE])
        rows.filter(pk__in=[one.pk for one in found]).update(leased_until=now + Errand.LEASE)
    return found


def _run(rows: list[Any], act: Callable[[Any], None]) -> int:
    for row in rows:
        try:
            act(row)
        except Exception:  # one bad row must not keep the others waiting; its lease ends and it shows as stuck
            log.exception("errand %s %s failed", type(row).__name__, row.pk)
            row.back_off("error")
            row.keep()
    return len(rows)


def try_again(row: Errand) -> None:
    """A person pressed the button on a stuck one."""
    row.due()
    row.keep()


def not_answered(row: Errand, reply: Any) -> None:
    row.back_off(f"{reply.reason} {reply.detail}".strip())
    row.keep()


# Payments --------------------------------------------------------------------------------------------------------


def attend_payment(payment: Payment) -> None:
    if payment.state != PaymentState.REFUNDING:
        check_payment(payment.client_ref)
        return
    reply = _refund(payment)
    if not isinstance(reply, base.Answered):
        not_answered(payment, reply)
        return
    _refunded(payment, reply.value)


def _refund(payment: Payment) -> base.Reply[Refunded]:
    """Its own reference, always the same: asked twice, it is done once. Asked about first when a reply was lost."""
    house, ref = gateway("payment"), f"{payment.client_ref}-refund"
    if payment.attempts:
        known = house.ask(ref, Refunded)
        if not isinstance(known, base.Unavailable):
            return known
    return house.refund(ref, RefundRequest(payment.client_ref, payment.amount_fen, payment.refund_reason))


def _refunded(payment: Payment, answer: Refunded) -> None:
    with transaction.atomic():
        case_id = Order.objects.values_list("rollout__case", flat=True).get(pk=payment.order_id)
        locked_case(case_id)
        row = Payment.objects.select_for_update().get(pk=payment.pk)
        if row.state != PaymentState.REFUNDING:
            return
        row.refunded_at = answer.at
        row.done()
        walk(row, "refund", "refunded_at", *ERRAND_FIELDS)
        record(case_id, "refunded", by=SYSTEM, data={"amount_fen": row.amount_fen, "payment": row.client_ref})


# Parcels ---------------------------------------------------------------------------------------------------------


def attend_shipment(shipment: Shipment) -> None:
    if shipment.state == ParcelState.REQUESTED:
        _call_courier(shipment)
    elif shipment.state == ParcelState.MOVING:
        _follow(shipment)


def _call_courier(shipment: Shipment) -> None:
    order = shipment.order
    parcel = courier.Parcel("card terminals", order.wanted, order.recipient, order.mobile or "", order.address)
    house = gateway("courier")
    reply: base.Reply[courier.Shipped] = (
        house.ask(shipment.client_ref, courier.Shipped)
        if shipment.attempts
        else (house.ship(shipment.client_ref, parcel))
    )
    if shipment.attempts and isinstance(reply, base.Unavailable):
        reply = house.ship(shipment.client_ref, parcel)
    if isinstance(reply, base.Answered):
        shipment.carrier, shipment.tracking_no = reply.value.carrier, reply.value.tracking_no
        shipment.accepted_at = timezone.now()
        shipment.later(TRACK_AGAIN)
        walk(shipment, "accept", "carrier", "tracking_no", "accepted_at", *ERRAND_FIELDS)
    elif isinstance(reply, base.Refused):
        _undeliverable(shipment, reply.detail)
    else:
        not_answered(shipment, reply)


def _follow(shipment: Shipment) -> None:
    reply = gateway("courier").track(shipment.tracking_no)
    if not isinstance(reply, base.Answered):
        not_answered(shipment, reply)
    elif reply.value.state == courier.ParcelState.DELIVERED:
        _arrived(shipment)
    elif reply.value.state == courier.ParcelState.UNDELIVERABLE:
        _undeliverable(shipment, "undeliverable")
    else:
        shipment.later(TRACK_AGAIN)
        shipment.keep()


def _arrived(shipment: Shipment) -> None:
    with transaction.atomic():
        order = _locked_order(shipment)
        if order.state == OrderState.SHIPPED:
            arrived(order, None)
            return
        shipment.arrived_at = timezone.now()  # the order went another way meanwhile
        shipment.done()
        walk(shipment, "arrive", "arrived_at", *ERRAND_FIELDS)


def _undeliverable(shipment: Shipment, why: str) -> None:
    with transaction.atomic():
        order = _locked_order(shipment)
        shipment.done()
        shipment.error = why[:200]
        walk(shipment, "fail", *ERRAND_FIELDS)
        record(order.rollout.case_id, "undeliverable", by=SYSTEM, data={"tracking_no": shipment.tracking_no})


def _locked_order(shipment: Shipment) -> Order:
    locked_case(Order.objects.values_list("rollout__case", flat=True).get(pk=shipment.order_id))
    return Order.objects.select_for_update(of=("self",)).select_related("rollout__case").get(pk=shipment.order_id)

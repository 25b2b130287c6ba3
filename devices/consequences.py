"""What follows for devices when a case moves, inside the move's own transaction. The case is locked already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from devices.facts import opening
from devices.flow import AT_WORK, Custody, OrderState, PaymentState, Phase
from devices.models import Order, Payment, Rollout, Visit
from devices.services.allocating import rebind, ring_errands
from devices.services.common import move, walk
from devices.services.delivery import call_off, terminals_of
from devices.services.paying import request_refund
from onboarding.rules import CaseFacts, follows

Data = Mapping[str, Any]
GONE = (OrderState.SHIPPED, OrderState.CARRIED, OrderState.DELIVERED)


@follows("place_order")
def rollout_goes_to_delivery(case: CaseFacts, data: Data) -> None:
    rollout = _roll(case, "place_order")
    if rollout:
        rebind(rollout)


@follows("confirm_delivery")
def rollout_goes_to_installation(case: CaseFacts, data: Data) -> None:
    _roll(case, "confirm_delivery")


@follows("complete_installation")
def rollout_goes_to_acceptance(case: CaseFacts, data: Data) -> None:
    _roll(case, "complete_installation")


@follows("go_live")
def terminals_become_active(case: CaseFacts, data: Data) -> None:
    rollout = _roll(case, "go_live")
    if rollout:
        _each(rollout, Custody.INSTALLED, "activate")


@follows("fail_acceptance")
def technician_comes_again(case: CaseFacts, data: Data) -> None:
    rollout = _locked(case)
    if rollout:
        rollout.attempt += 1
        walk(rollout, "fail_acceptance", "attempt")


@follows("cancel_order")
def order_is_called_off(case: CaseFacts, data: Data) -> None:
    rollout = _locked(case)
    if rollout:
        _cancel(rollout)
        walk(rollout, "restart")


@follows("amend_application")
def rollout_starts_again(case: CaseFacts, data: Data) -> None:
    """What has left the warehouse stays with the merchant and counts again later; all else is called off."""
    rollout = _locked(case)
    if rollout is None:
        return
    if not Order.objects.filter(rollout=rollout, state__in=GONE).exists():
        _cancel(rollout)
    if rollout.state != Phase.ORDERING:
        walk(rollout, "restart")


@follows("withdraw")
def everything_is_called_off(case: CaseFacts, data: Data) -> None:
    rollout = _locked(case)
    if rollout:
        _cancel(rollout)
        walk(rollout, "cancel")


@follows("suspend")
def terminals_stop(case: CaseFacts, data: Data) -> None:
    for rollout in Rollout.objects.standing().filter(case=case.id):
        _each(rollout, Custody.ACTIVE, "suspend")


@follows("resume")
def terminals_go_on(case: CaseFacts, data: Data) -> None:
    for rollout in Rollout.objects.standing().filter(case=case.id):
        _each(rollout, Custody.SUSPENDED, "activate")


def _locked(case: CaseFacts) -> Rollout | None:
    rollout = opening(case.id)
    return Rollout.objects.select_for_update().get(pk=rollout.pk) if rollout else None


def _roll(case: CaseFacts, verb: str) -> Rollout | None:
    rollout = _locked(case)
    if rollout:
        walk(rollout, verb)
    return rollout


def _each(rollout: Rollout, state: Custody, verb: str) -> None:
    for order in Order.objects.standing().filter(rollout=rollout):
        for terminal in terminals_of(order):
            if terminal.state == state and state in AT_WORK:
                move(terminal, verb, None)


def _cancel(rollout: Rollout) -> None:
    """The order, its visits, its terminals; and the money goes back, once."""
    Visit.objects.filter(rollout=rollout, state="planned").delete()
    order = Order.objects.standing().select_for_update().filter(rollout=rollout).first()
    if order is None:
        return
    call_off(order, None, "cancelled")
    order.cancelled_at = timezone.now()
    walk(order, "cancel", "cancelled_at")
    for payment in Payment.objects.select_for_update().filter(order=order, state=PaymentState.PAID):
        request_refund(payment, "order_cancelled")
        transaction.on_commit(ring_errands)

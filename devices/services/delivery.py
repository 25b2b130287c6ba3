"""From the shelf to the shop: by courier, or in the technician's bag."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from devices.flow import OUT, Custody, OrderState, ParcelState
from devices.models import Order, Shipment, Terminal
from devices.models.errand import ERRAND_FIELDS
from devices.services.allocating import release, ring_errands, unbind
from devices.services.common import actor, demand, locked_case, move, walk
from devices.services.ordering import locked_order
from onboarding.models import User
from onboarding.rules import Who
from onboarding.services import NotNow, Refused, record

NOT_A_TECHNICIAN = _("Choose a technician.")
NOT_PACKED = _("Choose a serial number for every terminal first.")


def terminals_of(order: Order) -> Iterable[Terminal]:
    """Those of this order, locked, always in the same sequence."""
    return Terminal.objects.select_for_update(of=("self",)).filter(line__order=order).order_by("pk")


def ship(order_id: int, *, by: User, seal: str = "") -> Shipment:
    """Hand the parcel to the courier: the row is written now, a worker calls the courier."""
    with transaction.atomic():
        demand(by, "ship_order")
        order = locked_order(order_id)
        if order.state != OrderState.ALLOCATED:
            raise NotNow(NOT_PACKED)
        shipment = Shipment(order=order, client_ref=f"{order.rollout.case.ref}-{uuid.uuid4().hex[:10]}", seal=seal)
        shipment.due()
        shipment.save()
        for terminal in terminals_of(order):
            move(terminal, "ship", by, place=order.address, seal=seal)
        walk(order, "ship")
        record(order.rollout.case_id, "shipped", by=by, data={"terminals": order.wanted})
        transaction.on_commit(ring_errands)
    return shipment


def hand_over(order_id: int, *, technician: User, by: User, seal: str = "") -> Order:
    """Give the terminals to a technician; they count as at hand. Also after a parcel came back."""
    if not technician.is_active or not technician.plays(Who.TECHNICIAN):
        raise Refused(NOT_A_TECHNICIAN)
    with transaction.atomic():
        demand(by, "ship_order")
        order = locked_order(order_id)
        if order.state == OrderState.SHIPPED and not _came_back(order):
            raise NotNow(_("The parcel is on its way. Wait until it arrives or comes back."))
        order.carried_by = technician
        walk(order, "carry", "carried_by")
        for terminal in terminals_of(order):
            _into_the_bag(terminal, technician, by, seal)
        record(order.rollout.case_id, "handed_over", by=by, data={"terminals": order.wanted})
    return order


def _came_back(order: Order) -> bool:
    newest = order.shipments.order_by("-pk").first()
    return newest is not None and newest.state == ParcelState.UNDELIVERABLE


def _into_the_bag(terminal: Terminal, technician: User, by: User, seal: str) -> None:
    terminal.holder = technician
    if terminal.state == Custody.ASSIGNED:
        move(terminal, "ship", by, "holder", seal=seal)
    else:
        terminal.save(update_fields=["holder"])


def confirm_delivery(order_id: int, *, by: User) -> Order:
    """The shop has it: said by the warehouse, after a call or a signed slip."""
    with transaction.atomic():
        demand(by, "ship_order")
        order = locked_order(order_id)
        arrived(order, by)
    return order


def arrived(order: Order, by: User | None) -> None:
    """The order is at the shop; the caller has locked it."""
    order.delivered_at = timezone.now()
    walk(order, "deliver", "delivered_at")
    for shipment in order.shipments.filter(state__in=(ParcelState.REQUESTED, ParcelState.MOVING)):
        shipment.arrived_at = order.delivered_at
        shipment.done()
        walk(shipment, "arrive", "arrived_at", *ERRAND_FIELDS)
    record(order.rollout.case_id, "delivered", by=actor(by))


def take_back(terminal_id: int, *, by: User, note: str = "") -> Terminal:
    """A terminal came home, whatever became of its case: unbound, to be wiped before it goes anywhere again."""
    with transaction.atomic():
        demand(by, "recover_terminal")
        case_id = Terminal.objects.values_list("line__order__rollout__case", flat=True).get(pk=terminal_id)
        if case_id:
            locked_case(case_id)
        terminal = Terminal.objects.select_for_update(of=("self",)).get(pk=terminal_id)
        unbind(terminal)
        terminal.holder = None
        move(terminal, "recover", by, "holder", note=note)
        if case_id:
            record(case_id, "terminal_taken_back", by=by, data={"terminal": terminal.pk})
    return terminal


def call_off(order: Order, by: User | None, note: str) -> None:
    """Terminals of an order that is cancelled: what is still here goes back to the shelf, the rest must come home."""
    for terminal in terminals_of(order):
        if terminal.state == Custody.ASSIGNED:
            release(terminal, by, note)
        elif terminal.state in OUT:
            unbind(terminal)

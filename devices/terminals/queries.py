"""What the warehouse sees: orders by what is to be done with them, terminals by custody."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q, QuerySet

from devices.flow import OUT, Custody, OrderState
from devices.models import Binding, DeviceModel, Errand, Order, Payment, Shipment, Terminal
from onboarding.flow import State

SHOWN = 50  # rows of each list on a page


def orders(state: OrderState) -> QuerySet[Order]:
    """The longest waiting first, with everything the page shows."""
    rows = Order.objects.filter(state=state).exclude(rollout__case__state=State.SUSPENDED)
    rows = rows.select_related("rollout__case__merchant", "carried_by").order_by("paid_at", "pk")
    return rows.prefetch_related("lines__model", "lines__terminals", "shipments")


def free_serials() -> dict[int, list[str]]:
    """Model id -> the first serials on the shelf."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Terminal.objects.filter(state=Custody.IN_STOCK).order_by("received_at", "pk")
    for model_id, serial in rows.values_list("model", "serial")[:500]:
        if len(found[model_id]) < 30:
            found[model_id].append(serial)
    return found


def to_pack() -> list[tuple[Order, list[tuple[Any, list[str], list[Terminal], int]]]]:
    """Orders with, per line: the line, free serials, terminals chosen, how many are missing."""
    free = free_serials()
    return [(order, _lines(order, free)) for order in orders(OrderState.PAID)[:SHOWN]]


def _lines(order: Order, free: dict[int, list[str]]) -> list[tuple[Any, list[str], list[Terminal], int]]:
    rows = []
    for line in order.lines.all():
        chosen = list(line.terminals.all())
        rows.append((line, free.get(line.model_id, []), chosen, line.quantity - len(chosen)))
    return rows


def coming_home() -> QuerySet[Terminal]:
    """Outside, though their order is cancelled or their case is closing."""
    over = Q(line__order__state=OrderState.CANCELLED) | Q(line__order__rollout__case__state=State.CLOSING)
    rows = Terminal.objects.filter(over, state__in=OUT)
    return rows.select_related("model", "line__order__rollout__case__merchant", "holder").order_by("pk")[:SHOWN]


def stuck() -> list[tuple[str, Errand]]:
    """What outside parties have not answered for a while: (kind, row)."""
    found: list[tuple[str, Errand]] = []
    for kind, model in ERRANDS.items():
        rows = model._default_manager.filter(next_at__isnull=False, attempts__gte=Errand.STUCK_AFTER)
        found += [(kind, row) for row in rows.exclude(error="").order_by("pk")[:SHOWN]]
    return found


ERRANDS: dict[str, type[Payment] | type[Shipment] | type[Binding]] = {
    "payment": Payment,
    "shipment": Shipment,
    "binding": Binding,
}


def counts() -> QuerySet[DeviceModel]:
    """Models with `free` and `all`."""
    free = Count("terminals", filter=Q(terminals__state=Custody.IN_STOCK))
    return DeviceModel.objects.annotate(free=free, all=Count("terminals")).order_by("code")


def needing_keys() -> QuerySet[Terminal]:
    rows = Terminal.objects.filter(state__in=(Custody.RECEIVED, Custody.WIPED)).select_related("model", "key_by")
    return rows.order_by("pk")[:SHOWN]


def needing_wipe() -> QuerySet[Terminal]:
    rows = Terminal.objects.filter(state__in=(Custody.RECOVERED, Custody.QUARANTINE)).select_related("model")
    return rows.order_by("pk")[:SHOWN]

"""What devices show on a case page: the merchant's order and visit, and the same with serial numbers for staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch

from devices.flow import OrderState
from devices.models import Order, OrderLine, Visit
from onboarding.models import Case, User
from onboarding.panels import panel


def _order(case: Case) -> Order | None:
    rows = Order.objects.standing().filter(rollout__case=case, rollout__opening=True)
    rows = rows.select_related("rollout").prefetch_related(
        Prefetch("lines", OrderLine.objects.select_related("model")),
        Prefetch("rollout__visits", Visit.objects.select_related("technician")),
        "shipments",
    )
    return rows.order_by("-pk").first()


@panel("order", "devices/panels/merchant.html", audience="merchant", order=40)
def merchants_order(case: Case, user: User) -> Mapping[str, Any] | None:
    order = _order(case)
    if order is None or order.state in (OrderState.DRAFT, OrderState.PLACED):
        return None  # until it is paid the requirement card says what to do
    return {"order": order, "lines": order.lines.all()}


@panel("devices", "devices/panels/staff.html", audience="staff", order=40)
def devices(case: Case, user: User) -> Mapping[str, Any] | None:
    order = _order(case)
    if order is None:
        return None
    terminals = [
        (terminal, next((one for one in terminal.bindings.all() if one.ended_at is None), None))
        for line in order.lines.prefetch_related("terminals__bindings", "terminals__model")
        for terminal in line.terminals.all()
    ]
    return {"order": order, "lines": order.lines.all(), "terminals": terminals}

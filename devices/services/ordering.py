"""Choosing and placing an order. Prices are copied from the catalogue, or from the signed plan where it has them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from devices.facts import order_facts
from devices.flow import OrderState
from devices.models import DeviceModel, Order, OrderLine, Rollout
from devices.rules import missing_in_the_order
from devices.services.common import running_case, walk
from onboarding.facts.application import drafted
from onboarding.flow import VERBS, State
from onboarding.models import Application, Case, User
from onboarding.services import Missing, NotAllowed, NotNow, Refused, barred

MOST = 10  # terminals per line: the acquirer registers at most ten at once
NOT_YET = _("You can order as soon as the agreement is signed.")
ALREADY_PAID = _("This order is paid. Cancel it if you want something else.")
PLAN_KINDS = {  # how the fee plans call the terminal that they include
    "smart terminal": DeviceModel.Kind.SMART,
    "paper-printing terminal": DeviceModel.Kind.POS,
    "till-connected terminal": DeviceModel.Kind.TILL,
    "QR terminal with speaker": DeviceModel.Kind.QR,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """A model at the price of this merchant. Money in fen, each."""

    model: DeviceModel
    ownership: str
    price_fen: int
    deposit_fen: int
    rent_fen: int
    in_plan: bool

    @property
    def now_fen(self) -> int:
        return self.price_fen + self.deposit_fen


def offers(case: Case) -> list[Offer]:
    """What this merchant can order today; the terminal of the signed plan first, at the plan's terms."""
    terms = _terms(case)
    found = [_offer(model, terms) for model in DeviceModel.objects.on_offer(timezone.localdate())]
    return sorted(found, key=lambda one: not one.in_plan)


def _terms(case: Case) -> dict[str, Any]:
    application = drafted(case)
    return application.plan.terms if application.plan else {}


def _offer(model: DeviceModel, terms: Mapping[str, Any]) -> Offer:
    device = terms.get("device") or {}
    if PLAN_KINDS.get(device.get("model", "")) != model.kind:
        return Offer(model, model.ownership, model.price_fen, 0, model.rent_fen, False)
    deposit = (terms.get("deposit") or {}).get("amount_fen", 0)
    return Offer(model, device["ownership"], device["price_fen"], deposit, device["rent_fen_per_month"], True)


def open_order(case_id: int, *, by: User) -> Order:
    """The standing order of the case, made with its rollout on the buyer's first visit. NotNow before the signature."""
    with transaction.atomic():
        case = running_case(case_id)
        demand_buyer(case, by)
        order = standing_order(case)
        if order:
            return order
        if case.state != State.ORDERING:
            raise NotNow(NOT_YET)
        return Order.objects.create(rollout=_rollout(case))


def standing_order(case: Case) -> Order | None:
    return (
        Order.objects.standing()
        .filter(rollout__case=case, rollout__opening=True)
        .select_related("rollout__case")
        .prefetch_related("lines__model")
        .order_by("-pk")
        .first()
    )


def _rollout(case: Case) -> Rollout:
    application = Application.objects.filter(case=case).first()
    rollout, _made = Rollout.objects.standing().get_or_create(
        case=case, opening=True, defaults={"store": application.store if application else None}
    )
    return rollout


def demand_buyer(case: Case, by: User) -> None:
    """Raises NotAllowed unless `by` may place this merchant's order."""
    if sentence := barred(case, VERBS["place_order"], by):
        raise NotAllowed(sentence)


def locked_order(order_id: int) -> Order:
    """The order under lock, after its case. Raises NotNow when the case is paused or has ended."""
    case_id = Order.objects.values_list("rollout__case", flat=True).get(pk=order_id)
    running_case(case_id)
    orders = Order.objects.select_for_update(of=("self",)).select_related("rollout__case__merchant", "rollout__store")
    return orders.get(pk=order_id)


def choose(order_id: int, *, quantities: Mapping[int, int], way: str, by: User) -> Order:
    """Set the lines (model id -> how many, 0 removes) and the delivery. Possible until it is paid."""
    with transaction.atomic():
        order = locked_order(order_id)
        demand_buyer(order.rollout.case, by)
        if order.state == OrderState.PLACED:
            walk(order, "change")
        if order.state != OrderState.DRAFT:
            raise NotNow(ALREADY_PAID)
        order.way = way
        order.save(update_fields=["way"])
        _set_lines(order, quantities)
    return order


def _set_lines(order: Order, quantities: Mapping[int, int]) -> None:
    order.lines.all().delete()
    for offer in offers(order.rollout.case):
        if quantity := quantities.get(offer.model.pk, 0):
            OrderLine.objects.create(
                order=order, model=offer.model, quantity=min(quantity, MOST), ownership=offer.ownership,
                price_fen=offer.price_fen, deposit_fen=offer.deposit_fen, rent_fen=offer.rent_fen,
            )  # fmt: skip


def place(order_id: int, *, by: User) -> Order:
    """Place the order: price and address stand. Raises Missing while something is to be chosen. Again is no error."""
    with transaction.atomic():
        order = locked_order(order_id)
        demand_buyer(order.rollout.case, by)
        if order.state == OrderState.PLACED:
            return order
        if found := list(missing_in_the_order(order_facts(order, order.wanted))):
            raise Missing(found)
        _address(order)
        order.placed_by, order.placed_at = by, timezone.now()
        walk(order, "place", "placed_by", "placed_at", "recipient", "mobile", "address")
    return order


def _address(order: Order) -> None:
    merchant, store = order.rollout.case.merchant, order.rollout.store
    if store is None:
        raise Refused(_("Your application has no shop address. Add it there first."))
    order.recipient = merchant.contact_name or str(merchant)
    order.mobile = merchant.contact_mobile
    order.address = f"{store.division_name} {store.address}".strip()

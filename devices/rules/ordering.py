"""What is missing before an order is placed, and before it counts as delivered."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from onboarding.rules import Facts, Requirement, Who, rule

LATER = _("The terminal comes later, and so does your opening day.")


@dataclasses.dataclass(frozen=True, slots=True)
class OrderFacts:
    """The standing order of the opening rollout; the defaults mean that there is none."""

    wanted: int = 0  # terminals ordered
    way: str = ""  # how they get to the shop
    paid: bool = False
    allocated: int = 0  # terminals that have a serial number
    at_hand: bool = False  # at the shop, or in the technician's bag
    with_courier: bool = False


def missing_in_the_order(order: OrderFacts) -> Iterator[Requirement]:
    """What the merchant must still choose, before anything is paid."""
    if not order.wanted:
        yield Requirement(
            "order_line", Who.MERCHANT, _("Choose a terminal."), page="order", field="line", consequence=LATER
        )
    elif not order.way:
        yield Requirement(
            "order_way", Who.MERCHANT, _("Choose how the terminal gets to your shop."), page="order", field="way",
            consequence=LATER,
        )  # fmt: skip


@rule("place_order")
def order_is_chosen_and_paid(facts: Facts) -> Iterator[Requirement]:
    order = facts.of(OrderFacts)
    found = list(missing_in_the_order(order))
    yield from found
    if not found and not order.paid:
        yield Requirement("order_paid", Who.MERCHANT, _("Pay for the order."), page="order", consequence=LATER)


@rule("confirm_delivery")
def terminals_are_at_hand(facts: Facts) -> Iterator[Requirement]:
    order = facts.of(OrderFacts)
    if order.at_hand:
        return
    if order.allocated < order.wanted or not order.wanted:
        yield Requirement(
            "allocate", Who.WAREHOUSE_CLERK, _("Choose a serial number for every terminal ordered."), page="warehouse"
        )
    elif order.with_courier:
        yield Requirement(
            "parcel", Who.WAREHOUSE_CLERK, _("The parcel is on its way. It counts once it has arrived."),
            page="warehouse",
        )  # fmt: skip
    else:
        yield Requirement(
            "hand_over", Who.WAREHOUSE_CLERK, _("Give the terminals to the courier or the technician."),
            page="warehouse",
        )  # fmt: skip

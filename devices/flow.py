"""The small machines of devices: a terminal, an order, its payment and parcel, a rollout, a visit.

The only importer of django_fsm in this app. A verb here is a door and nothing more: who may go through, and what must
be there first, is asked by `devices.services`, one function per verb.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import (
    ConcurrentTransition,
    ConcurrentTransitionMixin,
    FSMField,
    TransitionNotAllowed,
    can_proceed,
    transition,
)

__all__ = ["ConcurrentTransition", "TransitionNotAllowed", "can_proceed"]


class Custody(models.TextChoices):
    """Where a terminal is in its life. Keys are injected before it goes to stock, and wiped before it goes again."""

    ORDERED = "ordered", pgettext_lazy("terminal", "Ordered from the maker")
    RECEIVED = "received", pgettext_lazy("terminal", "Received")
    KEY_INJECTED = "key_injected", pgettext_lazy("terminal", "Keys injected")
    IN_STOCK = "in_stock", pgettext_lazy("terminal", "In stock")
    ASSIGNED = "assigned", pgettext_lazy("terminal", "Assigned")
    SHIPPED = "shipped", pgettext_lazy("terminal", "On the way")
    INSTALLED = "installed", pgettext_lazy("terminal", "Installed")
    ACTIVE = "active", pgettext_lazy("terminal", "Active")
    SUSPENDED = "suspended", pgettext_lazy("terminal", "Suspended")
    RECOVERED = "recovered", pgettext_lazy("terminal", "Taken back")
    WIPED = "wiped", pgettext_lazy("terminal", "Wiped")
    SCRAPPED = "scrapped", pgettext_lazy("terminal", "Scrapped")
    QUARANTINE = "quarantine", pgettext_lazy("terminal", "Quarantine")


class OrderState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("order", "Not placed yet")
    PLACED = "placed", pgettext_lazy("order", "Waiting for payment")
    PAID = "paid", pgettext_lazy("order", "Paid")
    ALLOCATED = "allocated", pgettext_lazy("order", "Packed")
    SHIPPED = "shipped", pgettext_lazy("order", "With the courier")
    CARRIED = "carried", pgettext_lazy("order", "With the technician")
    DELIVERED = "delivered", pgettext_lazy("order", "Delivered")
    CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")


class PaymentState(models.TextChoices):
    CREATED = "created", pgettext_lazy("payment", "Waiting")
    UNKNOWN = "unknown", pgettext_lazy("payment", "Being asked about")
    PAID = "paid", pgettext_lazy("payment", "Paid")
    REFUSED = "refused", pgettext_lazy("payment", "Not paid")
    REFUNDING = "refunding", pgettext_lazy("payment", "Refund on its way")
    REFUNDED = "refunded", pgettext_lazy("payment", "Refunded")


class ParcelState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("parcel", "Courier called")
    MOVING = "moving", pgettext_lazy("parcel", "On its way")
    ARRIVED = "arrived", pgettext_lazy("parcel", "Delivered")
    UNDELIVERABLE = "undeliverable", pgettext_lazy("parcel", "Could not be delivered")


class Phase(models.TextChoices):
    """Of a rollout."""

    ORDERING = "ordering", pgettext_lazy("rollout", "Ordering")
    DELIVERY = "delivery", pgettext_lazy("rollout", "Delivery")
    INSTALLATION = "installation", pgettext_lazy("rollout", "Installation")
    ACCEPTANCE = "acceptance", pgettext_lazy("rollout", "Acceptance")
    LIVE = "live", pgettext_lazy("rollout", "Live")
    CANCELLED = "cancelled", pgettext_lazy("rollout", "Cancelled")


class VisitState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("visit", "Planned")
    CHECKED_IN = "checked_in", pgettext_lazy("visit", "At the shop")
    COMPLETED = "completed", pgettext_lazy("visit", "Completed")
    FAILED = "failed", pgettext_lazy("visit", "Could not be done")


C, O, P, V = Custody, OrderState, PaymentState, VisitState  # noqa: E741
AT_WORK = (C.INSTALLED, C.ACTIVE, C.SUSPENDED)
OUT = (C.SHIPPED, *AT_WORK)  # outside the warehouse: must come back when a case closes
ON_THE_SHELF = (C.RECEIVED, C.KEY_INJECTED, C.IN_STOCK, C.ASSIGNED)


def _field(name: Any, enum: type[models.TextChoices], first: models.TextChoices) -> Any:
    return FSMField(name, max_length=16, default=first, choices=enum.choices, protected=True, editable=False)


class TerminalFlow(ConcurrentTransitionMixin, models.Model):
    state = _field(_("custody"), Custody, C.RECEIVED)

    class Meta:
        abstract = True

    @transition(field="state", source=C.ORDERED, target=C.RECEIVED)
    def receive(self) -> None:
        """It came from the maker, seal unbroken."""

    @transition(field="state", source=(C.RECEIVED, C.WIPED), target=C.KEY_INJECTED)
    def inject_key(self) -> None:
        """Two persons have injected the keys; we keep the check value's reference, never a key."""

    @transition(field="state", source=(C.KEY_INJECTED, C.ASSIGNED), target=C.IN_STOCK)
    def stock(self) -> None:
        """On the shelf, ready for an order."""

    @transition(field="state", source=C.IN_STOCK, target=C.ASSIGNED)
    def assign(self) -> None:
        """Reserved for one order: nobody else gets it."""

    @transition(field="state", source=C.ASSIGNED, target=C.SHIPPED)
    def ship(self) -> None:
        """With the courier, or in the technician's bag."""

    @transition(field="state", source=C.SHIPPED, target=C.INSTALLED)
    def install(self) -> None:
        """Verified at its place."""

    @transition(field="state", source=(C.INSTALLED, C.SUSPENDED), target=C.ACTIVE)
    def activate(self) -> None:
        """Takes cards."""

    @transition(field="state", source=(C.INSTALLED, C.ACTIVE), target=C.SUSPENDED)
    def suspend(self) -> None:
        """Must not take cards for now."""

    @transition(field="state", source=OUT, target=C.RECOVERED)
    def recover(self) -> None:
        """Back in our hands; its keys are still in it."""

    @transition(field="state", source=(C.RECOVERED, C.QUARANTINE), target=C.WIPED)
    def wipe(self) -> None:
        """No key is left in it."""

    @transition(field="state", source=(*ON_THE_SHELF, *OUT, C.RECOVERED, C.WIPED), target=C.QUARANTINE)
    def quarantine(self) -> None:
        """A seal is broken, or something looks tampered with."""

    @transition(field="state", source=(C.WIPED, C.QUARANTINE, C.RECEIVED), target=C.SCRAPPED)
    def scrap(self) -> None:
        """Destroyed."""


class OrderFlow(ConcurrentTransitionMixin, models.Model):
    state = _field(_("state"), OrderState, O.DRAFT)

    class Meta:
        abstract = True

    @transition(field="state", source=O.DRAFT, target=O.PLACED)
    def place(self) -> None:
        """Chosen; the price stands."""

    @transition(field="state", source=O.PLACED, target=O.DRAFT)
    def change(self) -> None:
        """The merchant wants something else before paying."""

    @transition(field="state", source=O.PLACED, target=O.PAID)
    def pay(self) -> None:
        """The payment house says so, or there was nothing to pay."""

    @transition(field="state", source=O.PAID, target=O.ALLOCATED)
    def allocate(self) -> None:
        """Every ordered terminal has a serial number."""

    @transition(field="state", source=O.ALLOCATED, target=O.SHIPPED)
    def ship(self) -> None:
        """Handed to the courier."""

    @transition(field="state", source=(O.ALLOCATED, O.SHIPPED), target=O.CARRIED)
    def carry(self) -> None:
        """In the technician's bag; also after a parcel came back."""

    @transition(field="state", source=(O.SHIPPED, O.CARRIED), target=O.DELIVERED)
    def deliver(self) -> None:
        """At the shop."""

    @transition(field="state", source=tuple(O)[:-1], target=O.CANCELLED)
    def cancel(self) -> None:
        """Called off; what was paid goes back."""


class PaymentFlow(ConcurrentTransitionMixin, models.Model):
    state = _field(_("state"), PaymentState, P.CREATED)

    class Meta:
        abstract = True

    @transition(field="state", source=(P.CREATED, P.UNKNOWN), target=P.UNKNOWN)
    def lose(self) -> None:
        """The reply was lost: it may exist there."""

    @transition(field="state", source=P.UNKNOWN, target=P.CREATED)
    def find(self) -> None:
        """It exists there and waits for the payer."""

    @transition(field="state", source=(P.CREATED, P.UNKNOWN), target=P.PAID)
    def pay(self) -> None:
        """The money is there."""

    @transition(field="state", source=(P.CREATED, P.UNKNOWN), target=P.REFUSED)
    def refuse(self) -> None:
        """No money moved, and none will under this reference."""

    @transition(field="state", source=P.PAID, target=P.REFUNDING)
    def request_refund(self) -> None:
        """To be given back, once."""

    @transition(field="state", source=P.REFUNDING, target=P.REFUNDED)
    def refund(self) -> None:
        """Given back."""


class ShipmentFlow(ConcurrentTransitionMixin, models.Model):
    state = _field(_("state"), ParcelState, ParcelState.REQUESTED)

    class Meta:
        abstract = True

    @transition(field="state", source=ParcelState.REQUESTED, target=ParcelState.MOVING)
    def accept(self) -> None:
        """The courier has it."""

    @transition(field="state", source=(ParcelState.REQUESTED, ParcelState.MOVING), target=ParcelState.ARRIVED)
    def arrive(self) -> None:
        """At the shop."""

    @transition(field="state", source=(ParcelState.REQUESTED, ParcelState.MOVING), target=ParcelState.UNDELIVERABLE)
    def fail(self) -> None:
        """Nobody there, wrong address, or the courier refuses."""


class RolloutFlow(ConcurrentTransitionMixin, models.Model):
    state = _field(_("phase"), Phase, Phase.ORDERING)

    class Meta:
        abstract = True

    @transition(field="state", source=Phase.ORDERING, target=Phase.DELIVERY)
    def place_order(self) -> None:
        """Chosen and paid."""

    @transition(field="state", source=Phase.DELIVERY, target=Phase.INSTALLATION)
    def confirm_delivery(self) -> None:
        """At the shop, or in the technician's bag."""

    @transition(field="state", source=Phase.INSTALLATION, target=Phase.ACCEPTANCE)
    def complete_installation(self) -> None:
        """Installed and signed for."""

    @transition(field="state", source=Phase.ACCEPTANCE, target=Phase.LIVE)
    def go_live(self) -> None:
        """Every test is green."""

    @transition(field="state", source=Phase.ACCEPTANCE, target=Phase.INSTALLATION)
    def fail_acceptance(self) -> None:
        """The technician comes again."""

    @transition(field="state", source=tuple(Phase)[:4], target=Phase.ORDERING)
    def restart(self) -> None:
        """The order was cancelled, or the application is amended."""

    @transition(field="state", source=tuple(Phase)[:-1], target=Phase.CANCELLED)
    def cancel(self) -> None:
        """The merchant left."""


class VisitFlow(ConcurrentTransitionMixin, models.Model):
    state = _field(_("state"), VisitState, V.PLANNED)

    class Meta:
        abstract = True

    @transition(field="state", source=V.PLANNED, target=V.CHECKED_IN)
    def check_in(self) -> None:
        """The technician is at the shop."""

    @transition(field="state", source=V.CHECKED_IN, target=V.COMPLETED)
    def complete(self) -> None:
        """Installed, tested, signed for."""

    @transition(field="state", source=(V.PLANNED, V.CHECKED_IN), target=V.FAILED)
    def fail(self) -> None:
        """Closed shop, no power, nobody to sign: another visit is needed."""

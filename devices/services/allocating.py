"""Serial numbers for an order. Two clerks at once: the terminal is locked, one of them gets a kind sentence."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from devices.flow import Custody, OrderState
from devices.models import AcceptanceTest, Binding, DeviceModel, Order, OrderLine, Rollout, Terminal
from devices.services.common import demand, move, walk
from devices.services.ordering import locked_order
from onboarding.formats import tusn
from onboarding.models import Application, User
from onboarding.services import NotNow, Refused, record
from portal.celery import ring

NOT_PAID = _("Only a paid order gets serial numbers.")
UNKNOWN_SERIAL = _("We do not have this serial number. Compare it with the label and type it again.")
NOT_IN_STOCK = _("Terminal %(serial)s is not free: it stands at “%(state)s”. Choose another one.")
NOT_ORDERED = _("This order has no open line for %(model)s. Choose a terminal of a model that was ordered.")
# What a model can do decides what is tested on it.
NOT_ON: dict[str, frozenset[str]] = {
    DeviceModel.Kind.QR: frozenset({"insert", "tap", "receipt"}),
    DeviceModel.Kind.TILL: frozenset({"receipt"}),
}


def allocate(order_id: int, serial: str, *, by: User) -> Terminal:
    """Reserve one terminal for an order; the last one makes it “packed” and asks the acquirer for its numbers."""
    reading = tusn.read(serial)
    if not reading.ok:
        raise Refused(reading.errors[0].sentence)
    with transaction.atomic():
        demand(by, "allocate_order")
        order = locked_order(order_id)
        if order.state != OrderState.PAID:
            raise NotNow(NOT_PAID)
        terminal = _free(reading.value)
        terminal.line = _open_line(order, terminal)
        move(terminal, "assign", by, "line", note=order.rollout.case.ref)
        _bind(order.rollout, terminal)
        _prepare_tests(order.rollout, terminal)
        if _allocated(order) == order.wanted:
            walk(order, "allocate")
            record(order.rollout.case_id, "allocated", by=by, data={"terminals": order.wanted})
        transaction.on_commit(ring_errands)
    return terminal


def ring_errands() -> None:
    ring("devices.sweep")


def _free(serial: str) -> Terminal:
    """The terminal, locked. Whoever comes second reads that it is taken."""
    found = Terminal.objects.select_for_update(of=("self",)).select_related("model").filter(serial=serial).first()
    if found is None:
        raise Refused(UNKNOWN_SERIAL)
    if found.state != Custody.IN_STOCK:
        raise NotNow(NOT_IN_STOCK % {"serial": found.serial, "state": found.get_state_display()})
    return found


def _open_line(order: Order, terminal: Terminal) -> OrderLine:
    for line in order.lines.filter(model=terminal.model):
        if line.terminals.count() < line.quantity:
            return line
    raise Refused(NOT_ORDERED % {"model": terminal.model})


def _allocated(order: Order) -> int:
    return Terminal.objects.filter(line__order=order).count()


def _bind(rollout: Rollout, terminal: Terminal) -> None:
    """The row asks the acquirer: a worker registers the merchant, the terminal and the binding."""
    case = rollout.case
    application = Application.objects.filter(case=case).first()
    owner = case.merchant.persons.filter(role="legal_representative").first()
    binding = Binding(
        terminal=terminal, rollout=rollout, client_ref=f"{case.ref}-{uuid.uuid4().hex[:10]}", uscc=case.merchant.uscc,
        owner_index=(owner.id_number_index or "") if owner and not case.merchant.uscc else "",
        account=application.account if application else None, location=location(rollout),
        mid=application.mid if application else "",
    )  # fmt: skip
    binding.due()
    binding.save()


def rebind(rollout: Rollout) -> None:
    """After an amended application: a changed account or place is a new binding of every terminal."""
    application = Application.objects.filter(case=rollout.case_id).first()
    now = (application.account_id if application else None, location(rollout))
    for binding in Binding.objects.select_for_update(of=("self",)).filter(rollout=rollout, ended_at=None):
        if (binding.account_id, binding.location) != now:
            end(binding)
            _bind(rollout, binding.terminal)
            transaction.on_commit(ring_errands)


def location(rollout: Rollout) -> str:
    """ "longitude,latitude" where the shop's position is known, else its address."""
    store = rollout.store
    if store is None:
        return ""
    if store.longitude is not None and store.latitude is not None:
        return f"{store.longitude},{store.latitude}"
    return f"{store.division_name} {store.address}".strip()


def _prepare_tests(rollout: Rollout, terminal: Terminal) -> None:
    skipped = NOT_ON.get(terminal.model.kind, frozenset())
    AcceptanceTest.objects.bulk_create(
        AcceptanceTest(rollout=rollout, terminal=terminal, code=code)
        for code in AcceptanceTest.Code.values
        if code not in skipped
    )


def release(terminal: Terminal, by: User | None, note: str) -> None:
    """Back on the shelf from an order that is called off; the caller has locked the terminal."""
    unbind(terminal)
    AcceptanceTest.objects.filter(terminal=terminal).delete()
    terminal.line = None
    move(terminal, "stock", by, "line", note=note)


def unbind(terminal: Terminal) -> None:
    """End the active binding; a worker tells the acquirer when it knows of it."""
    binding = terminal.bindings.select_for_update().filter(ended_at=None).first()
    if binding:
        end(binding)
        transaction.on_commit(ring_errands)


def end(binding: Binding) -> None:
    binding.ended_at = timezone.now()
    if binding.binding_no:
        binding.due()
    else:
        binding.done()
    binding.save()

"""Calling off: terminals go back, the money goes back once, what has left must come home."""

import pytest
from django.urls import reverse

from devices import services
from devices.models import Binding, Order, Payment, Rollout, Terminal
from onboarding.services import Missing, Refused, advance
from portal.models import Rehearsal, SimulatedCall, SimulatedPayment
from tests import people
from tests.devices import world

pytestmark = pytest.mark.django_db


def cancel(case):
    return advance(case.pk, "cancel_order", by=case.opened_by, note="买错了")


def test_refund_is_done_once_even_when_the_reply_is_lost():
    case = world.case_to_order()
    world.paid(case)
    cancel(case)
    assert Payment.objects.get().state == "refunding"
    Rehearsal.objects.create(gateway="payment", outcome="lost", remaining=1, by="test")
    services.run_due()
    assert Payment.objects.get().state == "refunding"
    Payment.objects.update(next_at=Payment.objects.get().created_at)
    services.run_due()
    payment = Payment.objects.get()
    assert payment.state == "refunded" and SimulatedPayment.objects.get().refunded_fen == payment.amount_fen
    assert SimulatedCall.objects.filter(verb="refund").count() == 1
    services.run_due()
    assert world.facts(case).count("refunded") == 1


def test_packed_terminals_go_back_to_the_shelf_and_are_free_again():
    case = world.case_to_order()
    order = world.packed(case)
    terminal = Terminal.objects.get(line__order=order)
    cancel(case)
    terminal = Terminal.objects.get(pk=terminal.pk)
    assert (terminal.state, terminal.line) == ("in_stock", None)
    assert Binding.objects.get().ended_at
    services.run_due()
    assert Binding.objects.get().unbound_at
    assert Rollout.objects.get().state == "ordering" and world.state(case) == "ordering"


def test_a_new_order_may_follow():
    case = world.case_to_order()
    first = world.paid(case)
    cancel(case)
    second = world.paid(case)
    assert second.pk != first.pk and world.state(case) == "delivery"


def test_withdrawing_after_shipping_waits_for_terminal_and_refund():
    case = world.case_to_order()
    order = world.packed(case, way="courier")
    services.ship(order.pk, by=world.clerk())
    advance(case.pk, "withdraw", by=case.opened_by)
    boss = people.operations_manager()
    with pytest.raises(Missing) as refused:
        advance(case.pk, "finish_closing", by=boss)
    assert {"take_back", "refund"} <= {one.code for one in refused.value.requirements}
    services.run_due()
    terminal = Terminal.objects.get(state="shipped")
    services.take_back(terminal.pk, by=world.clerk())
    codes = [one.code for one in world_missing(case)]
    assert "take_back" not in codes and "refund" not in codes
    services.wipe(terminal.pk, by=world.clerk())
    assert Terminal.objects.get(pk=terminal.pk).state == "wiped"


def world_missing(case):
    from onboarding.models import Case
    from onboarding.services import missing

    return missing(Case.objects.get(pk=case.pk), "finish_closing")


def test_amending_keeps_what_has_left_the_warehouse():
    case = world.case_to_order()
    order = world.carried(case)
    advance(case.pk, "amend_application", by=case.opened_by, note="换账户")
    assert Order.objects.get(pk=order.pk).state == "carried" and Rollout.objects.get().state == "ordering"
    from tests import make

    make.put(case_again(case), "ordering")
    advance(case.pk, "place_order", by=case.opened_by)
    assert world.state(case) == "installation"


def case_again(case):
    from onboarding.models import Case

    return Case.objects.select_related("merchant").get(pk=case.pk)


def test_cancel_from_the_page_needs_a_reason(client):
    case = world.case_to_order()
    world.paid(case)
    client.force_login(case.opened_by)
    client.post(reverse("cancel_order", args=[case.ref]), {"note": " "})
    assert world.state(case) == "delivery"
    client.post(reverse("cancel_order", args=[case.ref]), {"note": "买错了"})
    assert world.state(case) == "ordering"


def test_after_the_installation_begins_it_is_too_late():
    case = world.case_to_order()
    world.carried(case)
    with pytest.raises(Refused):
        cancel(case)

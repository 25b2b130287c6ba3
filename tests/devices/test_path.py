"""The straight path: order, pay, allocate, carry or ship, visit, serial, tests, complete, live."""

import pytest
from django.utils import timezone

from devices import services
from devices.models import Binding, Order, Rollout, Terminal
from onboarding.models import Application, Case
from portal.models import SimulatedCall
from tests.devices import world

pytestmark = pytest.mark.django_db


def test_from_the_order_to_the_end_of_the_visit():
    case = world.case_to_order()
    visit = world.at_shop(case)
    assert world.state(case) == "installation"
    world.do_everything(visit)
    services.complete_installation(visit.pk, by=visit.technician)
    assert world.state(case) == "training"
    assert Rollout.objects.get(case=case).state == "acceptance"
    terminal = Terminal.objects.get(line__order__rollout__case=case)
    assert terminal.state == "installed"
    assert [one.target for one in terminal.movements.order_by("pk")] == ["in_stock", "assigned", "shipped", "installed"]
    story = [one for one in world.facts(case) if one != "put_by_test"]
    assert story == [
        "open_case", "paid", "place_order", "allocated", "numbers_given", "handed_over", "confirm_delivery",
        "visit_booked", "checked_in", "test_passed", "delivered", "installed", "complete_installation",
    ]  # fmt: skip


def test_binding_holds_the_six_items():
    case = world.case_to_order()
    world.packed(case)
    binding = Binding.objects.get(rollout__case=case)
    application = Application.objects.get(case=case)
    assert len(binding.mid) == 15 and binding.mid[:3] == binding.acquirer_code
    assert binding.mid[3:11] == "10005812"
    assert application.mid == binding.mid
    assert len(binding.tid) == 8 and binding.bound_at and binding.binding_no
    assert (binding.uscc, binding.account, binding.location) == (
        case.merchant.uscc, application.account, "虚构市听雨区 样例路 18 号 1 层",
    )  # fmt: skip


def test_by_courier_the_parcel_is_followed_until_it_arrives():
    case = world.case_to_order()
    order = world.packed(case, way="courier")
    shipment = services.ship(order.pk, by=world.clerk(), seal="S-1")
    services.run_due()
    shipment.refresh_from_db(fields=["tracking_no", "next_at"])
    assert shipment.tracking_no.startswith("SIM") and world.state(case) == "delivery"
    long_ago = timezone.now() - timezone.timedelta(minutes=5)
    SimulatedCall.objects.filter(gateway="courier").update(at=long_ago)
    type(shipment).objects.update(next_at=long_ago)
    services.run_due()
    assert world.state(case) == "installation"
    assert Order.objects.get(pk=order.pk).state == "delivered"


def test_two_terminals_share_one_merchant_number():
    case = world.case_to_order()
    world.packed(case, quantity=2)
    mids = set(Binding.objects.values_list("mid", flat=True))
    tids = set(Binding.objects.values_list("tid", flat=True))
    assert len(mids) == 1 and len(tids) == 2


def test_live_once_every_test_is_green():
    case = world.case_to_order()
    visit = world.at_shop(case)
    world.do_everything(visit, result="failed")
    services.complete_installation(visit.pk, by=visit.technician)
    fresh = Case.objects.get(pk=case.pk)
    codes = {one.code for one in services_missing(fresh, "go_live")}
    assert "tests_red" in codes
    world.test_all(visit)
    assert not {"tests_red", "tests_open", "numbers"} & {one.code for one in services_missing(fresh, "go_live")}


def services_missing(case, verb):
    from onboarding.services import missing

    return missing(case, verb)

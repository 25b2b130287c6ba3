"""Serial numbers: who, when, which; two clerks at once."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from devices import services
from devices.models import AcceptanceTest, Binding, Order, Terminal
from onboarding.services import NotAllowed, NotNow, Refused, advance
from portal.models import Rehearsal
from tests import make, people
from tests.devices import world


@pytest.mark.django_db
def test_wrong_person():
    order = world.paid(world.case_to_order())
    for other in (people.reviewer(), people.technician(), people.stranger(), order.placed_by):
        with pytest.raises(NotAllowed):
            services.allocate(order.pk, world.free().serial, by=other)


@pytest.mark.django_db
def test_wrong_state():
    order = world.paying(world.case_to_order())
    with pytest.raises(NotNow):
        services.allocate(order.pk, world.free().serial, by=world.clerk())


@pytest.mark.django_db
@pytest.mark.parametrize("serial", ["", "abc", "99999904DEMO999999", "9" * 80, "９９９"])
def test_no_such_serial(serial):
    order = world.paid(world.case_to_order())
    with pytest.raises(Refused):
        services.allocate(order.pk, serial, by=world.clerk())


@pytest.mark.django_db
def test_another_model_is_refused():
    order = world.paid(world.case_to_order())
    with pytest.raises(Refused):
        services.allocate(order.pk, world.free("demo-pos-k2").serial, by=world.clerk())


@pytest.mark.django_db
def test_a_terminal_serves_one_order():
    mine = world.paid(world.case_to_order())
    other = world.paid(world.case_to_order(owner=people.merchant(), of=make.merchant(name="另一家")))
    serial = world.free().serial
    services.allocate(mine.pk, serial, by=world.clerk())
    with pytest.raises(NotNow):
        services.allocate(other.pk, serial, by=world.clerk())
    assert Order.objects.get(pk=other.pk).state == "paid"


@pytest.mark.django_db
def test_a_paused_case_gets_nothing():
    case = world.case_to_order()
    order = world.paid(case)
    advance(case.pk, "suspend", by=people.risk_officer(), note="check")
    with pytest.raises(NotNow):
        services.allocate(order.pk, world.free().serial, by=world.clerk())


@pytest.mark.django_db
def test_a_qr_terminal_has_no_card_tests():
    world.packed_qr = world.paid(world.case_to_order(), code="demo-qr-s1")
    services.allocate(world.packed_qr.pk, world.free("demo-qr-s1").serial, by=world.clerk())
    assert set(AcceptanceTest.objects.values_list("code", flat=True)) == {"qr", "void", "offline"}


@pytest.mark.django_db
def test_acquirer_away_then_lost_then_there_gives_one_number():
    case = world.case_to_order()
    order = world.paid(case)
    services.allocate(order.pk, world.free().serial, by=world.clerk())
    for outcome in ("unavailable", "lost", "lost", "lost"):
        Rehearsal.objects.create(gateway="acquirer", outcome=outcome, remaining=1, by="test")
    for _sweep in range(8):
        services.run_due()
        Binding.objects.filter(next_at__isnull=False).update(next_at=order.created_at)
    binding = Binding.objects.get()
    assert binding.bound_at and binding.mid.endswith("0001") and binding.tid == "10000001"


@pytest.mark.duty("one-terminal-one-merchant")
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clerks_one_serial():
    """Only one wins; the other reads a sentence."""
    first = world.paid(world.case_to_order())
    second = world.paid(world.case_to_order(owner=people.merchant(), of=make.merchant(name="另一家")))
    serial = world.free().serial
    outcomes, start = [], threading.Barrier(2)

    def work(order, clerk):
        start.wait()
        try:
            services.allocate(order.pk, serial, by=clerk)
            outcomes.append("won")
        except NotNow:
            outcomes.append("lost")
        finally:
            connection.close()

    pairs = [(first, world.clerk()), (second, world.clerk())]
    threads = [threading.Thread(target=work, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["lost", "won"]
    assert Terminal.objects.get(serial=serial).movements.filter(target="assigned").count() == 1


# The warehouse's pages -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_warehouse_page_by_hand(client):
    case = world.case_to_order()
    order = world.paid(case)
    client.force_login(world.clerk())
    assert case.ref in client.get(reverse("warehouse")).content.decode()
    client.post(reverse("allocate", args=[order.pk]), {"serial": ""})
    client.post(reverse("allocate", args=[order.pk]), {"serial": f" {world.free().serial.lower()} "})
    assert Order.objects.get(pk=order.pk).state == "allocated"
    client.post(reverse("hand_over", args=[order.pk]), {"technician": "999999"})
    client.post(reverse("hand_over", args=[order.pk]), {"technician": people.technician().pk})
    assert world.state(case) == "installation"


@pytest.mark.django_db
def test_courier_from_the_page(client):
    case = world.case_to_order()
    order = world.packed(case, way="courier")
    client.force_login(world.clerk())
    client.post(reverse("ship", args=[order.pk]), {"seal": "x" * 100})
    client.post(reverse("ship", args=[order.pk]), {"seal": "S-7"})
    assert client.get(reverse("warehouse")).status_code == 200
    client.post(reverse("confirm_arrival", args=[order.pk]))
    assert world.state(case) == "installation"


@pytest.mark.django_db
def test_undeliverable_goes_to_a_technician(client):
    case = world.case_to_order()
    order = world.packed(case, way="courier")
    services.ship(order.pk, by=world.clerk())
    services.run_due()
    Rehearsal.objects.create(gateway="courier", outcome="undeliverable", by="test")
    type(order.shipments.get()).objects.update(next_at=order.created_at)
    from django.utils import timezone

    from portal.models import SimulatedCall

    SimulatedCall.objects.filter(gateway="courier").update(at=timezone.now() - timezone.timedelta(minutes=5))
    services.run_due()
    assert order.shipments.get().state == "undeliverable" and world.state(case) == "delivery"
    client.force_login(world.clerk())
    assert client.get(reverse("warehouse")).status_code == 200
    client.post(reverse("hand_over", args=[order.pk]), {"technician": people.technician().pk})
    assert world.state(case) == "installation"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["warehouse", "stock", "dispatch"])
def test_doors(client, name):
    url = reverse(name)
    assert client.get(url).status_code == 302
    for other in (people.merchant(), people.reviewer(), people.technician()):
        client.force_login(other)
        assert client.get(url).status_code == 404
    client.force_login(people.somebody("auditor"))
    assert client.get(url).status_code == 200

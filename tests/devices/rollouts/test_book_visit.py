"""Booking: who, when, and nobody in two places."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from devices import services
from devices.models import Visit
from onboarding.services import NotAllowed, NotNow, Refused
from tests import make, people
from tests.devices import world

pytestmark = pytest.mark.django_db


def test_before_the_order_is_paid_nobody_is_sent():
    order = world.chosen(world.case_to_order())
    with pytest.raises(NotNow):
        world.book(order, people.technician())


def test_wrong_person_and_wrong_technician():
    order = world.paid(world.case_to_order())
    starts = timezone.now() + timedelta(hours=1)
    window = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
    with pytest.raises(NotAllowed):
        services.book_visit(order.rollout_id, technician=people.technician(), by=people.technician(), **window)
    with pytest.raises(Refused):
        services.book_visit(order.rollout_id, technician=people.reviewer(), by=world.dispatcher(), **window)


def test_one_technician_one_place():
    first = world.paid(world.case_to_order())
    second = world.paid(world.case_to_order(owner=people.merchant(), of=make.merchant(name="另一家")))
    technician = people.technician()
    world.book(first, technician)
    with pytest.raises(Refused):
        world.book(second, technician, hours=3)
    world.book(second, technician, hours=5)


def test_booking_again_moves_the_visit():
    order = world.paid(world.case_to_order())
    world.book(order, people.technician())
    other = people.technician()
    world.book(order, other, hours=8)
    assert Visit.objects.get().technician == other


def test_dispatch_by_hand(client):
    case = world.case_to_order()
    order = world.paid(case)
    client.force_login(world.dispatcher())
    assert case.ref in client.get(reverse("dispatch")).content.decode()
    url = reverse("book_visit", args=[order.rollout_id])
    day = timezone.localdate() + timedelta(days=1)
    client.post(url, {"technician": people.technician().pk, "day": f"{day}", "window": "14:00"})
    visit = Visit.objects.get()
    assert timezone.localtime(visit.starts_at).hour == 14
    page = client.get(reverse("dispatch")).content.decode()
    assert "14:00–16:00" in page
    client.force_login(case.opened_by)
    assert "14:00–16:00" in client.get(reverse("order", args=[case.ref])).content.decode()


@pytest.mark.parametrize("change", [
    {"technician": "0"}, {"technician": ""}, {"day": "gestern"}, {"day": ""}, {"day": "2001-01-01"},
    {"day": "2099-01-01"}, {"window": "03:00"}, {"window": "\x00"}, {"day": "0000-00-00"},
])  # fmt: skip
def test_bad_input_is_a_sentence(client, change):
    order = world.paid(world.case_to_order())
    client.force_login(world.dispatcher())
    day = timezone.localdate() + timedelta(days=1)
    data = {"technician": people.technician().pk, "day": f"{day}", "window": "14:00", **change}
    page = client.post(reverse("book_visit", args=[order.rollout_id]), data)
    assert page.status_code == 200 and "err" in page.content.decode() and not Visit.objects.exists()

"""Receive, keys by two persons, wipe."""

import pytest
from django.urls import reverse

from devices import services
from devices.models import Terminal
from onboarding.models import AppendOnly
from onboarding.services import NotAllowed, NotNow, Refused
from tests import people
from tests.devices import world

pytestmark = pytest.mark.django_db
SERIAL = "99999904TEST0001"


def received(by=None):
    return services.receive_stock(world.model(), [SERIAL], by=by or world.clerk())[0]


def test_keys_need_two_persons():
    terminal, one, two = received(), world.clerk(), world.clerk()
    services.inject_key(terminal.pk, "a1b2c3", by=one)
    assert Terminal.objects.get(pk=terminal.pk).state == "received"
    with pytest.raises(NotAllowed):
        services.confirm_key(terminal.pk, "A1B2C3", by=one)
    with pytest.raises(Refused):
        services.confirm_key(terminal.pk, "A1B2C4", by=two)
    services.confirm_key(terminal.pk, "A1B2C3", by=two)
    terminal = Terminal.objects.get(pk=terminal.pk)
    assert (terminal.state, terminal.key_by, terminal.key_checked_by) == ("in_stock", one, two)
    assert [one.target for one in terminal.movements.order_by("pk")] == ["received", "key_injected", "in_stock"]


def test_nobody_confirms_before_somebody_injected():
    with pytest.raises(NotNow):
        services.confirm_key(received().pk, "A1B2C3", by=world.clerk())


@pytest.mark.parametrize("kcv", ["", "A1B2C", "A1B2C3D4E5F60718", "GGGGGG"])
def test_a_key_is_no_check_value(kcv):
    with pytest.raises(Refused):
        services.inject_key(received().pk, kcv, by=world.clerk())


def test_wrong_person_and_known_serial():
    with pytest.raises(NotAllowed):
        received(by=people.technician())
    received()
    with pytest.raises(Refused):
        received()


def test_movements_are_only_added():
    movement = received().movements.get()
    with pytest.raises(AppendOnly):
        movement.delete()
    with pytest.raises(AppendOnly):
        type(movement).objects.update(note="x")


def test_stock_page_by_hand(client):
    model = world.model()
    client.force_login(world.clerk())
    page = client.post(reverse("stock"), {"model": model.pk, "serials": "abc\n99999904OK0001\n99999904OK0001"})
    assert (
        page.status_code == 200
        and page.content.decode().count("1")
        and not Terminal.objects.filter(serial="99999904OK0001")
    )
    client.post(reverse("stock"), {"model": model.pk, "serials": "99999904OK0001\n99999904OK0002\n"})
    terminal = Terminal.objects.get(serial="99999904OK0001")
    client.post(reverse("on_the_shelf", args=[terminal.pk, "inject_key"]), {"kcv": "A1B2C3"})
    client.force_login(world.clerk())
    assert client.get(reverse("stock")).status_code == 200
    client.post(reverse("on_the_shelf", args=[terminal.pk, "confirm_key"]), {"kcv": "A1B2C3"})
    assert Terminal.objects.get(pk=terminal.pk).state == "in_stock"
    assert client.post(reverse("on_the_shelf", args=[terminal.pk, "explode"])).status_code == 404


@pytest.mark.parametrize("data", [{}, {"model": "x"}, {"model": "999999", "serials": "\x00"}, {"serials": "9" * 13000}])
def test_stock_page_bad_input(client, data):
    client.force_login(world.clerk())
    assert client.post(reverse("stock"), data).status_code == 200

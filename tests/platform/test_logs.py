"""Nothing that belongs to a person stands in a log line: a whole case is carried to live, and pages go wrong."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from desk.demo import numbers, people
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from devices import demo as devices
from onboarding.models import Notice, Person
from onboarding.tasks import delivery
from portal import views
from portal.celery import app
from portal.models import Rehearsal, SimulatedMessage
from tests import make
from tests import people as somebody

pytestmark = pytest.mark.django_db
SHOP = Shop(1, "enterprise", "虚构市小满面馆有限公司", "小满面馆", "刘小满", email="xiaoman.liu@example.com")
SHAPES = {  # whoever they belong to
    "mobile": re.compile(r"(?<![\w-])(?:\+?86)?1[3-9]\d{9}(?![\w-])"),
    "identity number": re.compile(r"(?<![\w-])\d{17}[\dXx](?![\w-])"),
    "card or account": re.compile(r"(?<![\w-])\d{16}(?:\d{3})?(?![\w-])"),
}


@pytest.fixture
def said(caplog):
    """Every line that any logger has written, down to DEBUG, as it would be printed; SQL and pictures left out."""
    for name in ("django.db.backends", "PIL", "fontTools"):  # statements hold ciphertext and are never on
        caplog.set_level(logging.WARNING, logger=name)
    caplog.set_level(logging.DEBUG)
    return lambda: [f"{record.getMessage()} {record.exc_text or record.exc_info or ''}" for record in caplog.records]


def test_a_whole_case(said, monkeypatch):
    """With its notices delivered and with parties that refuse or stay silent."""
    monkeypatch.setattr(app, "send_task", lambda *args, **options: None)
    devices.seed(count=2)
    walk = FullWalk(SHOP, people.staff())
    walk.to("live")
    Rehearsal.objects.create(gateway="sms", outcome="unavailable", remaining=1, by="test")
    delivery.deliver()
    assert SimulatedMessage.objects.exists() and Notice.objects.filter(outcome="sent").exists()
    lines = said()
    assert any("simulated" in line for line in lines), "something was logged at all"
    unspoken(lines, *belongings(walk))


def belongings(walk) -> set[str]:
    """Names and numbers of everybody in the case."""
    persons = Person.objects.filter(merchant=walk.case.merchant)
    found = {value for one in persons for value in (one.name, one.id_number, one.mobile)}
    found |= {SHOP.person, SHOP.email, walk.owner.mobile, numbers.resident_id(1), f"31050100{1:08d}", SHOP.street}
    return {value.removeprefix("+86") for value in found if value}


def unspoken(lines: list[str], *values: str) -> None:
    for line in lines:
        assert not [value for value in values if value in line], line
        assert not [name for name, shape in SHAPES.items() if shape.search(line)], line


def test_a_sign_in_that_fails(said):
    owner = somebody.liu()
    client = Client()
    for login in (owner.email, "13800138000", "11010519491231002X"):
        client.post(reverse("account_login"), {"login": login, "password": "wrong-passphrase"})
    client.post(reverse("account_request_login_code"), {"phone": "13800138000"})
    unspoken(said(), "13800138000", owner.email, "wrong-passphrase", "11010519491231002X")


def test_a_fault_of_ours(said, monkeypatch, rf):
    """The traceback of a 500 names the lines, not the values; the address is logged without what was searched."""
    owner = somebody.liu()
    case = make.case("identity", by=owner)
    make.person(case.merchant)

    def broken(*args, **options):
        raise ValueError("broken")

    monkeypatch.setattr(views, "render", broken)
    client = Client(raise_request_exception=False)
    client.force_login(owner)
    answer = client.get("/", {"q": "13800138000"})
    assert answer.status_code == 500
    lines = said()
    assert any("broken" in line for line in lines)
    unspoken(lines, "13800138000", "刘小满", "11010519491231002X")

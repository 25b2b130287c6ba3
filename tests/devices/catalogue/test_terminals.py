"""The public catalogue: by kind, one page per model, and never a price or a cart."""

import datetime
import re

import pytest
from django.urls import reverse

from devices import demo
from devices.catalogue.kinds import KINDS
from devices.models import DeviceModel
from tests import people

pytestmark = pytest.mark.django_db
MONEY = re.compile(r"¥\s*\d|class=\"money\"|\d元|\bprice_fen|899|399\b")


@pytest.fixture(autouse=True)
def stock():
    demo.seed(4)


def test_every_kind_is_told():
    assert set(KINDS) == set(DeviceModel.Kind.values)


@pytest.mark.parametrize("who", [None, "merchant"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_price_and_no_cart(client, who, language):
    if who:
        client.force_login(getattr(people, who)())
    pages = [reverse("terminals"), *(reverse("terminal_model", args=[one.code]) for one in DeviceModel.objects.all())]
    for page in pages:
        answer = client.get(page, headers={"accept-language": language})
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        assert answer.status_code == 200
        assert not MONEY.search(main), page
        assert "<form" not in main


def test_by_kind(client):
    page = client.get(reverse("terminals"), {"kind": "qr"}).content.decode()
    assert "demo-qr-s1" in page and "demo-smart-a1" not in page
    everything = client.get(reverse("terminals"), {"kind": "nonsense"}).content.decode()
    assert "demo-qr-s1" in everything and "demo-smart-a1" in everything


def test_what_is_not_offered_or_not_certified_is_not_there(client):
    DeviceModel.objects.filter(code="demo-qr-s1").update(offered=False)
    DeviceModel.objects.filter(code="demo-pos-k2").update(certified_until=datetime.date(2020, 1, 1))
    for code in ("demo-qr-s1", "demo-pos-k2", "nothing"):
        assert client.get(reverse("terminal_model", args=[code])).status_code == 404

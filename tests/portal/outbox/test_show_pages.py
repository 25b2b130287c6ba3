"""The outbox, the rehearsal panel and the payment page; none of them exists outside the embedded mode."""

import json
from http.server import BaseHTTPRequestHandler

import pytest
from django.urls import reverse

from portal.gateways import PARTIES, gateway
from portal.gateways.mail import Letter
from portal.gateways.payment import PaymentRequest
from portal.gateways.sms import Text
from portal.models import Rehearsal, SimulatedMessage, SimulatedPayment
from portal.outbox import payments, rehearsals
from tests import people
from tests.portal.gateways.party import closed_port, served

pytestmark = pytest.mark.django_db
HTML = '<p style="color:red">Hello <a href="http://testserver/case/">case</a></p><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def embedded(settings):
    settings.EMBEDDED = True
    settings.GATEWAYS = dict.fromkeys(PARTIES, "simulator")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def letter():
    gateway("mail").send(
        "n1", Letter("<n1@kaitong>", "Liu@example.com", "Your application", "See http://x.test/1", HTML)
    )
    return SimulatedMessage.objects.get(client_ref="n1")


def test_outbox_lists_newest_first_and_finds_a_recipient(client, letter):
    gateway("sms").send("n2", Text("13800138000", "Your code is 204816"))
    page = client.get("/outbox/").content.decode()
    assert page.index("204816") < page.index("Your application") and "13800138000" not in page and "***8000" in page
    for words in ("13800138000", "+86 138-0013-8000", " 138 0013 8000"):
        page = client.get("/outbox/", {"q": words}).content.decode()
        assert "204816" in page and "Your application" not in page
    assert "Your application" in client.get("/outbox/", {"q": "liu@EXAMPLE.com"}).content.decode()
    assert "nobody@example.com" in client.get("/outbox/", {"q": "nobody@example.com"}).content.decode()


def test_outbox_goes_back_page_by_page(client):
    for number in range(35):
        gateway("sms").send(f"n{number}", Text("13800138000", f"message {number:02d}!"))
    first = client.get("/outbox/").content.decode()
    assert "message 34!" in first and "message 04!" not in first
    oldest_shown = SimulatedMessage.objects.get(client_ref="n5").pk
    assert f"before={oldest_shown}" in first
    second = client.get("/outbox/", {"before": oldest_shown}).content.decode()
    assert "message 04!" in second and "message 05!" not in second
    for nonsense in ("x", "-1", "9" * 40, "²"):
        assert client.get("/outbox/", {"before": nonsense}).status_code == 200


def test_message_as_text_and_as_html_under_its_own_policy(client, letter):
    page = client.get(f"/outbox/{letter.pk}/")
    assert 'href="http://x.test/1"' in page.content.decode() and "<script>alert" not in page.content.decode()
    answer = client.get(f"/outbox/{letter.pk}/html/")
    policy = answer["Content-Security-Policy"]
    assert answer.content.decode() == HTML
    assert "default-src 'none'" in policy and "sandbox" in policy and "allow-scripts" not in policy
    assert "script-src" not in policy and "no-store" in answer["Cache-Control"]


def test_a_text_message_has_no_html(client):
    gateway("sms").send("n2", Text("13800138000", "x"))
    pk = SimulatedMessage.objects.get().pk
    assert client.get(f"/outbox/{pk}/").status_code == 200
    assert client.get(f"/outbox/{pk}/html/").status_code == 404
    assert client.get("/outbox/999999/").status_code == 404


def test_nothing_of_this_exists_with_real_parties(client, letter, settings):
    settings.EMBEDDED = False
    client.force_login(people.somebody("administrator"))
    gateway("payment").create("o1", PaymentRequest(100, "x", "/"))
    token = SimulatedPayment.objects.get().token
    paths = ["/outbox/", f"/outbox/{letter.pk}/", f"/outbox/{letter.pk}/html/", "/rehearsal/", "/rehearsal/sms/"]
    for path in [*paths, f"/pay/{token}/"]:
        assert client.get(path).status_code == 404


def test_rehearsal_is_for_the_staff(client):
    for path in ("/rehearsal/", "/rehearsal/sms/"):
        assert client.get(path).status_code == 302
    client.force_login(people.merchant())
    for path in ("/rehearsal/", "/rehearsal/sms/"):
        assert client.get(path).status_code == 404


def test_rehearsal_forces_and_sets_back(client, settings):
    client.force_login(people.reviewer())
    assert client.post("/rehearsal/sms/", {"outcome": "lost", "span": "call"}).status_code == 302
    running = rehearsals.running()["sms"]
    assert (running.outcome, running.remaining, running.until) == ("lost", 1, None)
    assert b"tag warn" in client.get("/rehearsal/").content
    client.post("/rehearsal/sms/", {"outcome": "slow", "span": "minutes"})
    assert rehearsals.running()["sms"].until and Rehearsal.objects.exclude(remaining=0).count() == 1
    client.post("/rehearsal/sms/", {"clear": "1"})
    assert not rehearsals.running()
    assert client.post("/rehearsal/sms/", {"outcome": "explode", "span": "call"}).status_code == 200
    assert client.post("/rehearsal/sms/", {}).status_code == 200
    assert not rehearsals.running()
    settings.GATEWAYS = {**settings.GATEWAYS, "sms": "http"}
    assert client.get("/rehearsal/sms/").status_code == 404 and client.get("/rehearsal/").status_code == 200
    assert client.get("/rehearsal/nobody/").status_code == 404


@pytest.mark.parametrize("name", PARTIES)
def test_every_party_has_its_page(client, name):
    client.force_login(people.reviewer())
    gateway("sms").send("n1", Text("13800138000", "x"))
    answer = client.get(f"/rehearsal/{name}/")
    assert answer.status_code == 200 and b"13800138000" not in answer.content


@pytest.mark.parametrize(("answer", "state"), [("pay", "paid"), ("refuse", "refused")])
def test_the_payer_decides_and_returns(client, answer, state):
    created = gateway("payment").create("o1", PaymentRequest(19900, "One terminal", "/orders/1/")).value
    page = client.get(created.pay_url).content.decode()
    assert "One terminal" in page and "199" in page
    assert client.post(created.pay_url, {"answer": "maybe"}).status_code == 200
    back = client.post(created.pay_url, {"answer": answer})
    assert (back.status_code, back["Location"]) == (302, "/orders/1/")
    assert gateway("payment").status("o1").value.state == state
    page = client.get(created.pay_url).content.decode()
    assert 'name="answer"' not in page and "/orders/1/" in page
    assert client.get(reverse("pay", args=["nobody"])).status_code == 404


class Shop(BaseHTTPRequestHandler):
    """Our side of a payment notice."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.effects.append((dict(self.headers), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args):
        pass


def test_the_notice_is_signed_and_may_get_lost(settings):
    house = gateway("payment")
    with served(Shop) as shop:
        settings.SITE_URL = f"http://127.0.0.1:{shop.port}"
        house.create("o1", PaymentRequest(100, "x", "/", "/payments/notice/"))
        payments.decide(SimulatedPayment.objects.get().token, pays=True)
        [(headers, body)] = shop.effects
    assert house.read_notice(headers, body).state == "paid" and json.loads(body)["client_ref"] == "o1"
    settings.SITE_URL = f"http://127.0.0.1:{closed_port()}"
    house.create("o2", PaymentRequest(100, "x", "/", "/payments/notice/"))
    assert payments.decide(SimulatedPayment.objects.get(client_ref="o2").token, pays=True).state == "paid"
    assert house.status("o2").value.state == "paid"

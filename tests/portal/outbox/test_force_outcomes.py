"""Every simulated party, made to behave otherwise through its page, and what its next caller gets."""

import datetime

import pytest
from django.utils import translation
from django.utils.html import escape

from portal.gateways import PARTIES, acquirer, antivirus, bank, gateway, person, registry, risk_list, signing, tms
from portal.gateways.base import Answered, Refused, Unavailable, Unknown
from portal.gateways.courier import Parcel
from portal.gateways.mail import Letter
from portal.gateways.payment import PaymentRequest
from portal.gateways.simulator import COMMON, Simulator
from portal.gateways.sms import Text
from portal.models import SimulatedCall, SimulatedPayment
from portal.outbox import payments, rehearsals
from tests import people

pytestmark = pytest.mark.django_db
BINDING = acquirer.Binding(
    serial="SN1", tid="10000001", acquirer_code="999", mid="999310158120001", location="1,1", owner_number="9131",
    account="6200",
)  # fmt: skip
CALLS = {  # party -> one ordinary call
    "sms": lambda ref: gateway("sms").send(ref, Text("13800138000", "x")),
    "mail": lambda ref: gateway("mail").send(ref, Letter(f"<{ref}@kaitong>", "liu@example.com", "x", "x")),
    "registry": lambda ref: gateway("registry").look_up(ref, registry.CompanyQuery("91310115MAD0000199")),
    "person": lambda ref: gateway("person").check(ref, person.PersonQuery("刘小满", "110101191103070011")),
    "risk_list": lambda ref: gateway("risk_list").check(
        ref, risk_list.RiskQuery(risk_list.Subject.PERSON, "刘小满", "110101191103070011")
    ),
    "bank": lambda ref: gateway("bank").transfer(ref, bank.Transfer("105290036005", 12, "核验", "刘小满", "62000000")),
    "payment": lambda ref: gateway("payment").create(ref, PaymentRequest(100, "x", "/")),
    "courier": lambda ref: gateway("courier").ship(ref, Parcel("POS", 1, "刘小满", "13800138000", "样例路 18 号")),
    "acquirer": lambda ref: gateway("acquirer").bind(ref, BINDING),
    "tms": lambda ref: gateway("tms").run_test(ref, tms.Trial("SN1", "10000001", "debit", 1)),
    "signing": lambda ref: gateway("signing").send_code(ref, signing.CodeRequest("0" * 64, "刘小满", "13800138000")),
    "antivirus": lambda ref: gateway("antivirus").scan(ref, antivirus.Upload(b"x")),
}
OWN = {  # what each may be told beside the common outcomes, and where it shows in the answer
    ("registry", "not_found"): lambda value: value.found == "not_found",
    ("registry", "no_answer"): lambda value: value.found == "no_answer",
    ("registry", "deregistered"): lambda value: not value.active and value.status == "注销",
    ("person", "mismatch"): lambda value: value.result == "mismatch",
    ("person", "no_answer"): lambda value: value.result == "no_answer",
    ("risk_list", "listed"): lambda value: value.result == "listed",
    ("risk_list", "no_answer"): lambda value: value.result == "no_answer",
    ("bank", "returned"): lambda value: value.state == "returned",
    ("tms", "failed"): lambda value: not value.passed,
    ("antivirus", "infected"): lambda value: not value.clean,
}


@pytest.fixture(autouse=True)
def staff(client, settings, monkeypatch):
    settings.EMBEDDED = True
    settings.GATEWAYS = dict.fromkeys(PARTIES, "simulator")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    monkeypatch.setattr(Simulator, "slow_seconds", 0.0)
    client.force_login(people.reviewer())
    return client


def force(client, name, outcome, span="cleared"):
    assert client.post(f"/rehearsal/{name}/", {"outcome": outcome, "span": span}).status_code == 302


@pytest.mark.parametrize("name", PARTIES)
def test_what_every_party_can_be_told(client, name):
    call = CALLS[name]
    assert isinstance(call("a-1"), Answered)
    force(client, name, "unavailable")
    assert isinstance(call("a-2"), Unavailable)
    force(client, name, "refused")
    assert isinstance(call("a-3"), Refused)
    force(client, name, "lost")
    assert isinstance(call("a-4"), Unknown)
    force(client, name, "slow")
    assert isinstance(call("a-5"), Answered)
    assert isinstance(call("a-3"), Refused), "the same question gets the same answer"
    client.post(f"/rehearsal/{name}/", {"clear": "1"})
    assert isinstance(call("a-6"), Answered)


@pytest.mark.parametrize(("name", "outcome"), OWN)
def test_its_own_outcomes(client, name, outcome):
    force(client, name, outcome, span="call")
    assert OWN[name, outcome](CALLS[name]("a-1").value)
    if (name, outcome) != ("registry", "no_answer"):  # what it says of the unknown anyway
        assert not OWN[name, outcome](CALLS[name]("a-2").value), "only once"


def test_a_slow_party_takes_its_seconds(client, monkeypatch):
    waited = []
    monkeypatch.setattr("portal.gateways.simulator.time.sleep", waited.append)
    monkeypatch.setattr(Simulator, "slow_seconds", 4.0)
    force(client, "sms", "slow")
    CALLS["sms"]("a-1")
    assert waited == [4.0]


def test_outcomes_that_show_later(client):
    CALLS["payment"]("pay-1")
    force(client, "payment", "declines" if "declines" in rehearsals.outcomes("payment") else _only("payment"))
    assert payments.decide(SimulatedPayment.objects.get().token, pays=True).state == "refused"
    shipped = CALLS["courier"]("ship-1").value
    ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=5)
    SimulatedCall.objects.filter(gateway="courier").update(at=ago)
    force(client, "courier", "undeliverable")
    assert gateway("courier").track(shipped.tracking_no).value.state == "undeliverable"
    force(client, "tms", "silent")
    seen = gateway("tms").contact("SN1").value.last_seen
    assert datetime.datetime.now(datetime.UTC) - seen > datetime.timedelta(days=2)


def _only(name):
    return next(outcome for outcome in rehearsals.outcomes(name) if outcome not in COMMON)


@pytest.mark.parametrize("outcome", ["wrong_code", "expired"])
def test_the_signing_authority_turns_a_right_code_away(client, outcome):
    CALLS["signing"]("code-1")
    force(client, "signing", outcome)
    reply = gateway("signing").prove("proof-1", signing.ProofRequest("code-1", "0" * 64, "000000"))
    assert isinstance(reply, Refused) and reply.detail == outcome


def test_everybody_back_to_normal(client):
    for name in ("sms", "bank", "courier"):
        force(client, name, "unavailable")
    page = client.get("/rehearsal/", headers={"accept-language": "en"}).content.decode()
    assert page.count("tag warn") == 3 and "3 parties behave otherwise now." in page
    assert client.post("/rehearsal/").status_code == 302
    assert not rehearsals.running() and "tag warn" not in client.get("/rehearsal/").content.decode()
    assert isinstance(CALLS["sms"]("a-1"), Answered)


@pytest.mark.parametrize("name", PARTIES)
def test_its_page_tells_in_words_and_masked(client, name):
    CALLS[name]("KT-7Q4M-2HX9-x-1")
    with translation.override("en"):
        page = client.get(f"/rehearsal/{name}/", headers={"accept-language": "en"}).content.decode()
        purpose, where = map(str, rehearsals.purpose(name))
    assert escape(purpose) in page and escape(where) in page
    assert "KT-7Q4M-2HX9" in page
    call = SimulatedCall.objects.get()
    first = page.split("<tbody>")[1].split("data-l")[0]
    assert f">{call.verb}<" not in first, "a verb in words"
    for secret in ("13800138000", "110101191103070011", "刘小满", "liu@example.com"):
        assert secret not in page.split("<tbody>")[1]

"""The JSON adapters against a local party: every fate of a call, and one effect per client_ref."""

import json
import logging
from dataclasses import fields
from datetime import date

import pytest

from portal.gateways import PARTIES, base, courier, gateway, payment, person, registry, risk_list, signing, sms, tms
from portal.gateways import acquirer as a
from portal.gateways import bank as b
from portal.gateways.base import Answered, Reason, Refused, Unavailable, Unknown
from portal.gateways.http import BadSignature, signed_headers
from tests.portal.gateways.party import SECRET, JsonParty, closed_port, served

NUMBER, MOBILE = "11010519491231002X", "13800138000"
TEXT = sms.Text(MOBILE, "Your code is 204816")
NOW = "2026-11-23T10:00:00+08:00"


@pytest.fixture
def party(settings):
    with served(JsonParty) as server:
        server.answer = lambda request: {"message_id": f"m-{request['client_ref']}"}
        settings.GATEWAYS = {name: "http" if "http" in adapters else "simulator" for name, adapters in PARTIES.items()}
        options = {"url": f"http://127.0.0.1:{server.port}", "key_id": "kt", "secret": SECRET, "timeout": 0.4}
        settings.GATEWAY_OPTIONS = dict.fromkeys(PARTIES, options)
        yield server


def options_of(settings, **changes):
    settings.GATEWAY_OPTIONS = {"sms": {**settings.GATEWAY_OPTIONS["sms"], **changes}}


def test_answered(party):
    assert gateway("sms").send("n1", TEXT) == Answered(sms.Sent("m-n1"))
    [(path, request)] = party.effects
    assert path == "/messages" and request == {"client_ref": "n1", "to": MOBILE, "text": "Your code is 204816"}


def test_a_duplicate_has_one_effect(party):
    assert gateway("sms").send("n1", TEXT) == gateway("sms").send("n1", TEXT)
    assert len(party.effects) == 1


@pytest.mark.parametrize(("behave", "reason"), [("silent", Reason.TIMEOUT), ("hang up", Reason.LOST)])
def test_a_lost_reply_is_found_by_asking(party, behave, reason):
    party.behave = behave
    reply = gateway("sms").send("n1", TEXT)
    assert isinstance(reply, Unknown) and reply.reason == reason
    party.behave = ""
    assert gateway("sms").ask("n1", sms.Sent) == Answered(sms.Sent("m-n1"))
    assert len(party.effects) == 1


def test_asked_about_what_never_arrived(party):
    assert gateway("sms").ask("n1", sms.Sent) == Unavailable(Reason.NEVER_ARRIVED)


@pytest.mark.parametrize(
    ("behave", "reply"),
    [
        ("busy", Unavailable(Reason.BUSY, "503")),
        ("refuse", Refused(Reason.REFUSED, "E42")),
        ("forge", Unknown(Reason.BAD_SIGNATURE)),
        ("nonsense", Unknown(Reason.BAD_ANSWER, "200")),
    ],
)
def test_other_fates(party, behave, reply):
    party.behave = behave
    assert gateway("sms").send("n1", TEXT) == reply


def test_another_shape_is_not_believed(party):
    for value in ({}, {"message_id": 7}, [], "x", {"message_id": None}):
        party.done["n1"] = value or {"other": 1}
        assert gateway("sms").send("n1", TEXT) == Unknown(Reason.BAD_ANSWER, "200")


def test_nobody_there(settings, party):
    options_of(settings, url=f"http://127.0.0.1:{closed_port()}")
    assert gateway("sms").send("n1", TEXT) == Unavailable(Reason.NO_CONNECTION, "ConnectError")
    assert gateway("sms").ask("n1", sms.Sent) == Unknown(Reason.NO_CONNECTION, "ConnectError")


def test_the_party_refuses_our_wrong_signature(settings, party):
    options_of(settings, secret="stolen?")
    assert gateway("sms").send("n1", TEXT) == Unknown(Reason.BAD_SIGNATURE)  # its refusal is signed with another secret
    assert not party.effects


def test_nothing_personal_is_logged(party, caplog):
    caplog.set_level(logging.DEBUG)
    gateway("person").check("p1", person.PersonQuery("刘小满", NUMBER, MOBILE))
    assert NUMBER not in caplog.text and MOBILE not in caplog.text and "刘小满" not in caplog.text
    assert NUMBER not in repr(person.PersonQuery("刘小满", NUMBER, MOBILE))


# Every verb of every party reaches its own address and understands its own answer.
VERBS = [
    ("registry", "look_up", registry.CompanyQuery("91110000600037341L"), "/companies",
     {"found": "found", "name": "小满面馆", "active": True, "founded": "2020-01-31", "capital_fen": 100},
     lambda v: v.founded == date(2020, 1, 31) and v.active and v.valid_to is None),
    ("person", "check", person.PersonQuery("刘小满", NUMBER), "/persons", {"result": "mismatch", "receipt": "7"},
     lambda v: v.result is person.Match.MISMATCH),
    ("risk_list", "check", risk_list.RiskQuery(risk_list.Subject.PERSON, "刘小满", NUMBER), "/risks",
     {"result": "listed", "receipt": "7", "listed_on": "2026-01-31"}, lambda v: v.listed_on == date(2026, 1, 31)),
    ("bank", "transfer", b.Transfer("102100099996", 17, "check", "刘小满", "6222021234567890"), "/transfers",
     {"state": "sent", "bank_ref": "7", "at": NOW}, lambda v: v.state is b.TransferState.SENT),
    ("courier", "ship", courier.Parcel("pos", 1, "刘小满", MOBILE, "x"), "/parcels",
     {"tracking_no": "SF1", "carrier": "SF"}, lambda v: v.tracking_no == "SF1"),
    ("acquirer", "register", a.MerchantRecord("n", "5812", "1000", "", "T1", "h", "1"), "/merchants",
     {"acquirer_code": "102", "mid": "102100058120001"}, lambda v: v.mid.startswith("102")),
    ("acquirer", "add_terminals", a.TerminalRequest("m", ("S1",), "1000", "x", "m"), "/terminals",
     {"tids": ["10000001"]}, lambda v: v.tids == ("10000001",)),
    ("acquirer", "bind", a.Binding("S1", "T", "102", "m", "x", "u", "c"), "/bindings",
     {"binding_no": "7", "at": NOW}, lambda v: v.binding_no == "7"),
    ("acquirer", "unbind", a.Unbinding("S1", "7"), "/unbindings",
     {"binding_no": "7", "at": NOW}, lambda v: v.at.tzinfo),
    ("tms", "run_test", tms.Trial("S1", "T", "debit", 100), "/tests",
     {"passed": True, "code": "00", "at": NOW}, lambda v: v.passed),
    ("tms", "push_firmware", tms.FirmwarePush("S1", "5"), "/firmware", {"job_no": "7"}, lambda v: v.job_no == "7"),
    ("signing", "send_code", signing.CodeRequest("ab", "刘小满", MOBILE), "/codes",
     {"code_ref": "7", "valid_until": NOW}, lambda v: v.code_ref == "7"),
    ("signing", "prove", signing.ProofRequest("7", "ab", "123456"), "/proofs",
     {"certificate_no": "7", "signed_at": NOW, "evidence": "e"}, lambda v: v.evidence == "e"),
    ("signing", "seal", signing.SealRequest("ab", "bank"), "/seals",
     {"certificate_no": "7", "signed_at": NOW, "evidence": "e"}, lambda v: v.certificate_no == "7"),
    ("payment", "create", payment.PaymentRequest(100, "x", "/"), "/payments",
     {"payment_no": "7", "pay_url": "https://pay.example/7"}, lambda v: v.pay_url.endswith("7")),
    ("payment", "refund", payment.RefundRequest("o1", 100, "x"), "/refunds",
     {"refund_no": "7", "at": NOW}, lambda v: v.refund_no == "7"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "verb", "request_", "path", "answer", "right"), VERBS, ids=lambda v: str(v)[:20])
def test_every_verb(party, name, verb, request_, path, answer, right):
    party.answer = lambda request: answer
    reply = getattr(gateway(name), verb)("c1", request_)
    assert isinstance(reply, Answered) and not reply.simulated and right(reply.value)
    assert party.effects[0][0] == path
    assert set(party.effects[0][1]) == {"client_ref", *(field.name for field in fields(request_))}
    assert gateway(name).ask("c1", type(reply.value)) == reply


READINGS = [
    ("courier", "track", "SF1", {"state": "moving", "events": [{"state": "accepted", "at": NOW}]},
     lambda v: v.events[0].state is courier.ParcelState.ACCEPTED),
    ("tms", "contact", "S1", {"serial": "S1", "last_seen": None}, lambda v: v.last_seen is None),
    ("payment", "status", "o1", {"client_ref": "o1", "state": "paid", "amount_fen": 7}, lambda v: v.amount_fen == 7),
]  # fmt: skip


@pytest.mark.parametrize(("name", "verb", "key", "answer", "right"), READINGS, ids=lambda v: str(v)[:20])
def test_every_reading(party, name, verb, key, answer, right):
    party.done[key] = answer
    assert right(getattr(gateway(name), verb)(key).value)
    assert getattr(gateway(name), verb)("nothing") == Unavailable(Reason.NEVER_ARRIVED)
    party.behave = "forge"
    assert getattr(gateway(name), verb)(key) == Unavailable(Reason.BAD_SIGNATURE)


def test_bank_status_asks(party):
    party.done["c1"] = {"state": "returned", "bank_ref": "7", "at": NOW, "return_code": "R"}
    assert gateway("bank").status("c1").value.return_code == "R"


def test_payment_notice_wants_its_signature(party):
    body = json.dumps({"client_ref": "o1", "state": "paid", "amount_fen": 100}).encode()
    house = gateway("payment")
    headers = signed_headers(SECRET, body, "notice")
    assert house.read_notice(headers, body).state is payment.PayState.PAID
    old = {**headers, "X-Timestamp": str(int(headers["X-Timestamp"]) - 301)}
    for bad_headers, bad_body in [
        (headers, body + b" "),
        ({}, body),
        (old, body),
        ({**headers, "X-Signature": "é"}, body),
    ]:
        with pytest.raises(BadSignature):
            house.read_notice(bad_headers, bad_body)
    for nonsense in (b"[]", b"x", b'{"client_ref": "o1"}'):
        with pytest.raises(base.BadAnswer):
            house.read_notice(signed_headers(SECRET, nonsense, "notice"), nonsense)

"""Simulators: one effect per client_ref, honest answers, and every rehearsed outcome."""

import logging
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from portal import crypto
from portal.gateways import PARTIES, gateway
from portal.gateways.acquirer import Binding, MerchantRecord, Registered, TerminalRequest
from portal.gateways.antivirus import EICAR, Upload
from portal.gateways.bank import Transfer, TransferAnswer, TransferState
from portal.gateways.base import Answered, Reason, Refused, Unavailable, Unknown
from portal.gateways.courier import STEP, Parcel, ParcelState
from portal.gateways.mail import Letter
from portal.gateways.payment import PaymentRequest, RefundRequest
from portal.gateways.person import Match, PersonAnswer, PersonQuery
from portal.gateways.registry import CompanyQuery, Found
from portal.gateways.risk_list import Listed, RiskQuery, Subject
from portal.gateways.signing import CodeRequest, ProofRequest, SealRequest
from portal.gateways.simulator import Simulator, forced, teach
from portal.gateways.sms import Sent, Text
from portal.gateways.tms import FirmwarePush, Trial
from portal.models import Gateway, SimulatedCall, SimulatedMessage, SimulatedNumber, SimulatedPayment
from portal.outbox import payments, rehearsals

pytestmark = pytest.mark.django_db

NUMBER, MOBILE, CARD = "11010519491231002X", "13800138000", "6222021234567890"
LIU = PersonQuery("刘小满", NUMBER, MOBILE)
TEXT = Text(MOBILE, "Your code is 204816")


@pytest.fixture(autouse=True)
def all_simulated(settings):
    settings.GATEWAYS = dict.fromkeys(PARTIES, "simulator")


def rehearse(name, outcome, calls=None, minutes=None):
    rehearsals.force(name, outcome, calls=calls, minutes=minutes, by="test")


def said(reply):
    assert isinstance(reply, Answered) and reply.simulated, reply
    return reply.value


def test_every_party_has_a_simulator_and_a_real_adapter():
    assert set(PARTIES) == set(Gateway.values)
    assert all("simulator" in adapters and len(adapters) >= 2 for adapters in PARTIES.values())


def test_the_same_reference_sends_once():
    first = said(gateway("sms").send("n1", TEXT))
    assert said(gateway("sms").send("n1", TEXT)) == first
    assert SimulatedMessage.objects.count() == 1
    assert said(gateway("sms").ask("n1", Sent)) == first
    assert gateway("sms").ask("n2", Sent) == Unavailable(Reason.NEVER_ARRIVED)


def test_the_same_reference_for_another_request_is_refused():
    said(gateway("sms").send("n1", TEXT))
    assert gateway("sms").send("n1", Text(MOBILE, "other")) == Refused(Reason.OTHER_REQUEST)
    assert SimulatedMessage.objects.count() == 1


def test_a_mail_and_a_text_may_share_their_reference():
    said(gateway("sms").send("n1", TEXT))
    said(gateway("mail").send("n1", Letter("<n1@kaitong>", "liu@example.com", "Hello", "text", "<p>html</p>")))
    assert {row.channel for row in SimulatedMessage.objects.all()} == {"sms", "mail"}


def test_a_lost_reply_is_found_by_asking():
    rehearse("sms", "lost", calls=1)
    assert gateway("sms").send("n1", TEXT) == Unknown(Reason.LOST)
    assert SimulatedMessage.objects.count() == 1
    assert said(gateway("sms").ask("n1", Sent)) == said(gateway("sms").send("n1", TEXT))
    assert SimulatedMessage.objects.count() == 1


def test_unavailable_leaves_nothing_behind():
    rehearse("sms", "unavailable", calls=2)
    for _ in range(2):
        assert gateway("sms").send("n1", TEXT) == Unavailable(Reason.NO_CONNECTION)
    assert not SimulatedCall.objects.exists()
    said(gateway("sms").send("n1", TEXT))


def test_refused_stays_refused():
    rehearse("sms", "refused", calls=1)
    refusal = gateway("sms").send("n1", TEXT)
    assert isinstance(refusal, Refused) and gateway("sms").send("n1", TEXT) == refusal
    assert gateway("sms").ask("n1", Sent) == refusal and not SimulatedMessage.objects.exists()


def test_slow_is_slow(monkeypatch):
    slept = []
    monkeypatch.setattr("portal.gateways.simulator.time.sleep", slept.append)
    rehearse("sms", "slow")
    said(gateway("sms").send("n1", TEXT))
    assert slept == [Simulator.slow_seconds]


def test_rehearsals_end_by_count_by_time_and_by_hand():
    rehearse("tms", "failed", calls=2)
    assert [forced("tms", ["failed"]) for _ in range(3)] == ["failed", "failed", ""]
    rehearse("tms", "failed", minutes=10)
    assert forced("tms", ["failed"]) == "failed" and forced("tms", ["silent"]) == "" and forced("sms", ["failed"]) == ""
    running = rehearsals.running()["tms"]
    running.until = timezone.now() - timedelta(seconds=1)
    running.save()
    assert forced("tms", ["failed"]) == ""
    rehearse("tms", "failed")
    rehearsals.clear("tms")
    assert forced("tms", ["failed"]) == ""


def test_no_personal_value_is_kept_logged_or_shown(caplog):
    caplog.set_level(logging.DEBUG)
    said(gateway("person").check("p1", LIU))
    said(gateway("sms").send("n1", TEXT))
    said(gateway("bank").transfer("b1", Transfer("102100099996", 17, "check", "刘小满", CARD)))
    kept = f"{list(SimulatedCall.objects.values())} {caplog.text} {LIU!r} {TEXT!r}"
    for secret in (NUMBER, MOBILE, CARD, "刘小满", "204816"):
        assert secret not in kept
    assert "***002X" in kept
    assert SimulatedMessage.objects.extra(where=['"to" LIKE %s'], params=[f"%{MOBILE}%"]).count() == 0


def test_register_knows_only_whom_it_was_taught():
    assert said(gateway("registry").look_up("r1", CompanyQuery("91110000600037341L"))).found == Found.NO_ANSWER
    teach("registry", "91110000600037341L", {"name": "小满面馆", "legal_representative": "刘小满"})
    company = said(gateway("registry").look_up("r2", CompanyQuery("91110000600037341L")))
    assert (company.found, company.name, company.active) == (Found.FOUND, "小满面馆", True)
    for outcome, found, active in [("not_found", "not_found", False), ("deregistered", "found", False)]:
        rehearse("registry", outcome, calls=1)
        company = said(gateway("registry").look_up(outcome, CompanyQuery("91110000600037341L")))
        assert (company.found, company.active) == (found, active)


def test_person_matches_unless_taught_or_rehearsed():
    check = gateway("person").check
    assert said(check("p1", LIU)).result == Match.MATCH
    assert said(check("p2", PersonQuery("刘小满", "?", ""))).result == Match.NO_ANSWER
    teach("person", NUMBER, {"name": "林小满"})
    assert said(check("p3", LIU)).result == Match.MISMATCH
    rehearse("person", "no_answer", calls=1)
    assert said(check("p4", LIU)).result == Match.NO_ANSWER
    assert said(gateway("person").ask("p1", PersonAnswer)).result == Match.MATCH


def test_risk_list_lists_whom_it_was_taught():
    query = RiskQuery(Subject.PERSON, "刘小满", NUMBER)
    assert said(gateway("risk_list").check("l1", query)).result == Listed.CLEAR
    teach("risk_list", NUMBER, {"result": "listed", "reason_code": "R1", "listed_on": "2026-01-31"})
    answer = said(gateway("risk_list").check("l2", query))
    assert (answer.result, answer.reason_code, answer.listed_on.year) == (Listed.LISTED, "R1", 2026)
    assert said(gateway("risk_list").check("l2", query)) == answer
    rehearse("risk_list", "no_answer", calls=1)
    assert said(gateway("risk_list").check("l3", query)).result == Listed.NO_ANSWER


def test_bank_shows_the_sum_to_the_owner():
    transfer = Transfer("102100099996", 17, "KT check", "刘小满", CARD)
    assert said(gateway("bank").transfer("b1", transfer)).state == TransferState.CREDITED
    line = SimulatedMessage.objects.get(channel="bank")
    assert "¥0.17" in line.text and line.to == CARD
    rehearse("bank", "returned", calls=1)
    assert said(gateway("bank").transfer("b2", transfer)).return_code == "NAME_DIFFERS"
    assert said(gateway("bank").status("b2")) == said(gateway("bank").ask("b2", TransferAnswer))
    assert isinstance(gateway("bank").transfer("b3", Transfer("", 0, "x", "x", CARD)), Refused)


def test_parcel_travels():
    courier = gateway("courier")
    number = said(courier.ship("c1", Parcel("1 terminal", 1, "刘小满", MOBILE, "样例路 18 号"))).tracking_no
    assert said(courier.track(number)).state == ParcelState.ACCEPTED
    SimulatedCall.objects.update(at=timezone.now() - 2 * STEP)
    track = said(courier.track(number))
    assert track.state == ParcelState.DELIVERED and len(track.events) == 3
    rehearse("courier", "undeliverable")
    assert said(courier.track(number)).state == ParcelState.UNDELIVERABLE
    assert isinstance(courier.track("nothing"), Refused)
    assert isinstance(courier.ship("c2", Parcel("1 terminal", 1, "", "", "")), Refused)


def test_acquirer_gives_numbers_once_each():
    acquirer = gateway("acquirer")
    liu = MerchantRecord("小满面馆", "5812", "1000", "91110000600037341L", "T1", "刘小满", CARD)
    first, second = said(acquirer.register("a1", liu)), said(acquirer.register("a2", liu))
    assert first.mid == "899100058120001" and second.mid == "899100058120002"
    assert said(acquirer.ask("a1", Registered)) == first
    tids = said(acquirer.add_terminals("t1", TerminalRequest(first.mid, ("S1", "S2"), "1000", "x", "m"))).tids
    more = said(acquirer.add_terminals("t2", TerminalRequest(first.mid, ("S3",), "1000", "x", "m"))).tids
    assert len({*tids, *more}) == 3 and all(len(tid) == 8 for tid in (*tids, *more))
    assert isinstance(acquirer.add_terminals("t3", TerminalRequest(first.mid, ("S", "S"), "1000", "x", "m")), Refused)
    assert said(acquirer.bind("b1", Binding("S1", tids[0], "899", first.mid, "116.4,39.9", "9111", CARD))).binding_no
    SimulatedNumber.objects.filter(prefix="89910005812").update(last=9999)
    assert acquirer.register("a3", liu) == Refused(Reason.REFUSED, "range_used_up")


def test_terminal_tests_pass_or_fail():
    tms = gateway("tms")
    assert said(tms.run_test("t1", Trial("S1", "10000001", "debit", 100))).passed
    rehearse("tms", "failed", calls=1)
    failed = said(tms.run_test("t2", Trial("S1", "10000001", "debit", 100)))
    assert (failed.passed, failed.code) == (False, "96")
    rehearse("tms", "silent")
    assert said(tms.contact("S1")).last_seen < timezone.now() - timedelta(days=3)
    assert said(tms.push_firmware("f1", FirmwarePush("S1", "5.2.2"))).job_no


def test_signing_wants_the_right_code_for_the_right_document():
    signing = gateway("signing")
    ref = said(signing.send_code("s1", CodeRequest("ab" * 32, "刘小满", MOBILE))).code_ref
    code = "".join(sign for sign in SimulatedMessage.objects.get().text if sign.isdigit())[:6]
    wrong = "000000" if code != "000000" else "111111"
    assert signing.prove("s2", ProofRequest(ref, "ab" * 32, wrong)) == Refused(Reason.REFUSED, "wrong_code")
    assert signing.prove("s3", ProofRequest(ref, "cd" * 32, code)) == Refused(Reason.REFUSED, "other_document")
    proof = said(signing.prove("s4", ProofRequest(ref, "ab" * 32, code)))
    assert crypto.verify(f"{'ab' * 32}\n{proof.signed_at.isoformat()}".encode(), proof.evidence)
    assert said(signing.prove("s4", ProofRequest(ref, "ab" * 32, code))) == proof
    for attempt in range(2):
        signing.prove(f"w{attempt}", ProofRequest(ref, "ab" * 32, wrong))
    assert signing.prove("s5", ProofRequest(ref, "ab" * 32, code)) == Refused(Reason.REFUSED, "used_up")
    assert code not in str(list(SimulatedCall.objects.values()))
    assert said(signing.seal("s6", SealRequest("ab" * 32, "bank"))).certificate_no


def test_antivirus_finds_the_test_file():
    scan = gateway("antivirus").scan
    assert said(scan("v1", Upload(b"%PDF"))).clean
    assert not said(scan("v2", Upload(b"x" + EICAR))).clean
    rehearse("antivirus", "infected", calls=1)
    assert not said(scan("v3", Upload(b"%PDF"))).clean


def test_payment_is_decided_once_and_refunded_no_further_than_paid():
    house = gateway("payment")
    created = said(house.create("o1", PaymentRequest(19900, "1 terminal", "/orders/1/")))
    assert said(house.create("o1", PaymentRequest(19900, "1 terminal", "/orders/1/"))) == created
    assert said(house.status("o1")).state == "pending"
    payment = SimulatedPayment.objects.get()
    assert created.pay_url.endswith(f"/pay/{payment.token}/")
    assert isinstance(house.refund("f0", RefundRequest("o1", 100, "x")), Refused)
    payments.decide(payment.token, pays=True)
    payments.decide(payment.token, pays=False)
    assert said(house.status("o1")).state == "paid"
    assert said(house.refund("f1", RefundRequest("o1", 19000, "x"))) == said(
        house.refund("f1", RefundRequest("o1", 19000, "x"))
    )
    assert isinstance(house.refund("f2", RefundRequest("o1", 901, "x")), Refused)
    assert said(house.status("o1")).refunded_fen == 19000
    assert house.status("o9") == Unavailable(Reason.NEVER_ARRIVED)


def test_a_rehearsed_payer_is_declined():
    house = gateway("payment")
    rehearse("payment", "declines", calls=1)
    said(house.create("o1", PaymentRequest(100, "x", "/")))
    assert payments.decide(SimulatedPayment.objects.get().token, pays=True).state == "refused"


def test_settings_that_name_nothing_are_explained(settings):
    settings.GATEWAYS = {"sms": "http", "bank": "no.such.Thing"}
    settings.GATEWAY_OPTIONS = {}
    with pytest.raises(ImproperlyConfigured, match="GATEWAY_SMS_URL, GATEWAY_SMS_SECRET"):
        gateway("sms")
    with pytest.raises(ImproperlyConfigured, match="GATEWAY_BANK=no.such.Thing"):
        gateway("bank")

"""The SMTP and clamd adapters against local servers."""

import email

import pytest

from portal.gateways import gateway
from portal.gateways.antivirus import CHUNK, EICAR, Scan, Upload
from portal.gateways.base import Answered, Reason, Refused, Unavailable, Unknown
from portal.gateways.mail import Letter, Posted
from tests.portal.gateways.party import ClamdServer, SmtpServer, closed_port, served

LETTER = Letter("<n1@kaitong>", "liu@example.com", "您的申请", "text part", "<p>html part</p>")


@pytest.fixture
def smtp(settings):
    with served(SmtpServer) as server:
        settings.GATEWAYS = {"mail": "smtp"}
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


def test_mail_has_both_parts_and_a_fixed_number(smtp):
    assert gateway("mail").send("n1", LETTER) == Answered(Posted("<n1@kaitong>"))
    mail = email.message_from_bytes(smtp.effects[0])
    assert mail["Message-ID"] == "<n1@kaitong>" and mail["To"] == "liu@example.com"
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize(
    ("behave", "reply"),
    [
        ("refuse", Refused(Reason.REFUSED, "550")),
        ("later", Unavailable(Reason.BUSY, "451")),
        ("hang up", Unknown(Reason.LOST, "SMTPServerDisconnected")),
    ],
)
def test_mail_fates(smtp, behave, reply):
    smtp.behave = behave
    assert gateway("mail").send("n1", LETTER) == reply
    assert gateway("mail").ask("n1", Posted) == Unknown(Reason.CANNOT_BE_ASKED)


def test_no_mail_server(smtp, settings):
    settings.EMAIL_PORT = closed_port()
    assert gateway("mail").send("n1", LETTER) == Unavailable(Reason.NO_CONNECTION, "ConnectionRefusedError")


def test_a_line_break_in_a_subject_is_refused(smtp):
    letter = Letter("<n1@kaitong>", "liu@example.com", "x\nBcc: all@example.com", "text")
    assert gateway("mail").send("n1", letter) == Refused(Reason.REFUSED, "BadHeaderError")
    assert not smtp.effects


@pytest.fixture
def clamd(settings):
    with served(ClamdServer) as server:
        settings.GATEWAYS = {"antivirus": "clamd"}
        settings.GATEWAY_OPTIONS = {"antivirus": {"url": f"tcp://127.0.0.1:{server.port}", "timeout": 0.4}}
        yield server


def test_scan(clamd):
    big = bytes(range(256)) * 1000
    assert len(big) > CHUNK
    assert gateway("antivirus").scan("v1", Upload(big)) == Answered(Scan(clean=True))
    assert clamd.effects == [big]
    assert gateway("antivirus").scan("v2", Upload(EICAR)) == Answered(Scan(clean=False, finding="Eicar"))


def test_scan_fates(clamd, settings):
    clamd.behave = "error"
    reply = gateway("antivirus").scan("v1", Upload(b"x"))
    assert isinstance(reply, Unavailable) and reply.reason == Reason.BAD_ANSWER
    clamd.behave = "silent"
    assert gateway("antivirus").scan("v1", Upload(b"x")) == Unavailable(Reason.TIMEOUT)
    settings.GATEWAY_OPTIONS = {"antivirus": {"url": f"tcp://127.0.0.1:{closed_port()}"}}
    assert gateway("antivirus").scan("v1", Upload(b"x")) == Unavailable(Reason.NO_CONNECTION, "ConnectionRefusedError")

"""LAN=1: a phone on the network is served with HTTPS, by a certificate that fits and is kept."""

import http.client
import signal
import ssl
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from portal.management import lan, network
from tests.platform.test_dev import START, environment, free_port, living, ready, until

HOSTS = ["192.168.7.5", "localhost", "shop", "shop.local", "127.0.0.1"]


def test_a_certificate_is_kept_while_it_fits(tmp_path):
    cert, key = network.certificate(tmp_path, HOSTS)
    first = cert.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert network.certificate(tmp_path, [*reversed(HOSTS)]) == (cert, key) and cert.read_bytes() == first
    network.certificate(tmp_path, [*HOSTS, "10.0.0.9"])
    assert cert.read_bytes() != first


def test_a_damaged_or_old_certificate_is_made_anew(tmp_path, monkeypatch):
    cert, _key = network.certificate(tmp_path, HOSTS)
    cert.write_text("damaged")
    network.certificate(tmp_path, HOSTS)
    first = cert.read_bytes()
    assert b"BEGIN CERTIFICATE" in first
    monkeypatch.setattr(network, "RENEWED", network.VALID * 2)
    network.certificate(tmp_path, HOSTS)
    assert cert.read_bytes() != first


@pytest.mark.parametrize("value", ["", "0", "no"])
def test_without_it_nothing_is_opened(monkeypatch, value):
    monkeypatch.setenv("LAN", value)
    assert lan.asked(8000) is None


def test_without_a_network_it_says_so(monkeypatch):
    monkeypatch.setenv("LAN", "1")
    monkeypatch.setattr(network, "addresses", lambda: [])
    with pytest.raises(CommandError, match="needs a network"):
        lan.asked(8000)


@pytest.mark.parametrize("port", ["abc", "0", "65536"])
def test_a_wrong_port_is_said(monkeypatch, port):
    monkeypatch.setenv("LAN", "1")
    monkeypatch.setenv("LAN_PORT", port)
    monkeypatch.setattr(network, "addresses", lambda: ["192.168.7.5"])
    with pytest.raises(CommandError, match="LAN_PORT must be a number"):
        lan.asked(8000)


def with_somebody(env: dict[str, str]) -> None:
    """Where somebody can sign in, no demonstration is made: that takes a while."""
    made = "from onboarding.models import User; User.objects.create(username='somebody')"
    for command in (["prepare", "-v0"], ["shell", "-c", made]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=env, check=True)


def asked(cert: Path, port: int, host: str, path: str = "/accounts/login/") -> http.client.HTTPResponse:
    """A page over TLS; the certificate must be this one and name the host."""
    trusted = ssl.create_default_context(cafile=str(cert))
    connection = http.client.HTTPSConnection(host, port, context=trusted, timeout=20)
    connection.request("GET", path)
    return connection.getresponse()


@pytest.mark.slow
@pytest.mark.skipif(not network.addresses(), reason="this machine has no network")
def test_a_phone_on_the_network_is_served_with_https(tmp_path):
    port, secured = free_port(), free_port()
    env = {**environment(tmp_path, port), "LAN": "1", "LAN_PORT": str(secured)}
    with_somebody(env)
    log = (tmp_path / "log").open("w+")
    command = [sys.executable, "manage.py", "dev"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stdout=log, stderr=log)
    try:
        address = f"https://{network.addresses()[0]}:{secured}/"
        said = Path(log.name)
        assert until(lambda: ready(port) and address in said.read_text(), START), said.read_text()
        assert any(block in said.read_text() for block in "█▀▄"), "no QR code in the terminal"
        cert = tmp_path / "lan" / "lan.crt"
        for host in (network.addresses()[0], "localhost"):
            answer = asked(cert, secured, host)
            assert answer.status == 200
            cookies = answer.headers.get_all("Set-Cookie")
            assert cookies and all("Secure" in one for one in cookies)
            assert "Strict-Transport-Security" not in answer.headers
        assert ready(port), "the plain address still answers on this machine"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()
    assert until(lambda: not living(tmp_path), 5), living(tmp_path)
    assert "Traceback" not in Path(log.name).read_text()

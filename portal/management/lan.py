"""LAN=1 of `manage.py dev`: a second web server with HTTPS for the phones on the local network."""

import io
import os
import socket
from dataclasses import dataclass
from pathlib import Path

import segno
from django.conf import settings
from django.core.management import CommandError

from portal.management import network

OFF = ("", "0", "no", "false")


@dataclass(frozen=True)
class Lan:
    """Where phones find the portal: the addresses of this machine, a port, certificate and key."""

    hosts: list[str]
    port: int
    cert: Path
    key: Path

    @property
    def url(self) -> str:
        return f"https://{self.hosts[0]}:{self.port}"

    @property
    def binds(self) -> list[str]:
        return ["--certfile", str(self.cert), "--keyfile", str(self.key)]

    def environment(self) -> dict[str, str]:
        """Of the server with HTTPS: cookies for HTTPS only, no promise to browsers beyond this run."""
        return {
            "ALLOWED_HOSTS": ",".join(self.hosts),
            "CSRF_TRUSTED_ORIGINS": ",".join(f"https://{host}:{self.port}" for host in self.hosts),
            "HTTPS": "1",
            "SSL_REDIRECT": "0",
            "HSTS_SECONDS": "0",
        }

    def welcome(self) -> str:
        """For a phone's camera, and what its browser is going to say."""
        drawn = io.StringIO()
        segno.make(self.url, error="l").terminal(out=drawn, border=2, compact=True)
        return "\n".join(
            [
                f"On the network: {self.url}/   (other devices on the same Wi-Fi; scan it with the phone)",
                "",
                drawn.getvalue(),
                "The certificate is made on this machine, so the phone warns once: choose to go on. Its SHA-256 is",
                f"{network.fingerprint(self.cert)}",
                "",
            ]
        )


def asked(port: int) -> Lan | None:
    """None unless LAN=1. LAN_PORT is 443 above PORT by itself, so 8443."""
    if os.environ.get("LAN", "").lower() in OFF:
        return None
    found = network.addresses()
    if not found:
        raise CommandError("LAN=1 needs a network, and this machine has none. Connect it, or leave LAN=1 out.")
    chosen = _free(os.environ.get("LAN_PORT") or str(port + 443 if port + 443 <= 65535 else port - 443))
    hosts = [*found, *network.names(), "127.0.0.1"]
    return Lan(hosts, chosen, *network.certificate(settings.VAR / "lan", hosts))


def _free(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise CommandError(f"LAN_PORT must be a number from 1 to 65535, not {text!r}. Try LAN_PORT=8443.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", int(text)))
        except OSError:
            raise CommandError(f"Port {text} cannot be opened. Choose another one: LAN_PORT=8444 make run") from None
    return int(text)

"""LAN=1: this machine's addresses on the local network, and a certificate of its own for them."""

import contextlib
import ipaddress
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID = timedelta(days=397)  # phones refuse certificates that live longer
RENEWED = timedelta(days=7)  # before its end
FAR_AWAY = ("192.0.2.1", "10.255.255.1", "172.31.255.1", "192.168.255.1")  # which way out leads there; nothing is sent


def addresses() -> list[str]:
    """The IPv4 addresses under which others on the network reach this machine, the usual one first; maybe none."""
    found = [*map(_way_out, FAR_AWAY)]
    with contextlib.suppress(OSError):
        found += [str(row[4][0]) for row in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [one for one in dict.fromkeys(found) if one and not ipaddress.ip_address(one).is_loopback]


def _way_out(target: str) -> str:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((target, 9))
        return str(probe.getsockname()[0])
    return ""


def names() -> list[str]:
    """The names of this machine: its own, and the one by which phones find it."""
    own = socket.gethostname().lower().partition(".")[0]
    return list(dict.fromkeys(["localhost", own, f"{own}.local"]))


def certificate(folder: Path, hosts: list[str]) -> tuple[Path, Path]:
    """Certificate and key for `hosts` (names and addresses); those of the last start as long as they still fit."""
    folder.mkdir(parents=True, exist_ok=True)
    cert, key = folder / "lan.crt", folder / "lan.key"
    if not (cert.exists() and key.exists() and _fits(cert.read_bytes(), hosts)):
        _make(cert, key, hosts)
    return cert, key


def fingerprint(cert: Path) -> str:
    """SHA-256, in pairs, as browsers show it."""
    digest = x509.load_pem_x509_certificate(cert.read_bytes()).fingerprint(hashes.SHA256())
    return digest.hex(":").upper()


def _fits(pem: bytes, hosts: list[str]) -> bool:
    try:
        kept = x509.load_pem_x509_certificate(pem)
    except ValueError:
        return False
    held = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(held) == set(_alternatives(hosts)) and kept.not_valid_after_utc - datetime.now(UTC) > RENEWED


def _alternatives(hosts: list[str]) -> list[x509.GeneralName]:
    return [x509.IPAddress(ipaddress.ip_address(one)) if _is_address(one) else x509.DNSName(one) for one in hosts]


def _is_address(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return bool(ipaddress.ip_address(host))
    return False


def _make(cert: Path, key: Path, hosts: list[str]) -> None:
    private, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kaitong on this network")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectAlternativeName(_alternatives(hosts)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    key.unlink(missing_ok=True)
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))

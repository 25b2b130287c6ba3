"""The virus scanner. A scan has no effect, so whatever goes wrong may simply be scanned again."""

import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from portal.gateways.base import Answered, Askable, Options, Reason, Reply, Unavailable, personal
from portal.gateways.simulator import Simulator

T = TypeVar("T")
CHUNK = 64 * 1024  # bytes
EICAR = b"$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!"  # in two parts, so that no scanner takes this file for the test


@dataclass(frozen=True, slots=True)
class Upload:
    data: bytes = personal()


@dataclass(frozen=True, slots=True)
class Scan:
    clean: bool
    finding: str = ""  # the scanner's name of what it found


class Antivirus(Askable, Protocol):
    def scan(self, client_ref: str, upload: Upload) -> Reply[Scan]:
        """Whether the bytes are clean."""
        ...


class Clamd:
    """clamd's INSTREAM over TCP (tcp://host:3310) or a Unix socket (unix:///run/clamav/clamd.ctl)."""

    def __init__(self, options: Options) -> None:
        self.address, self.timeout = urlsplit(options.url), options.timeout

    @classmethod
    def configured(cls, options: Options) -> Self:
        """Refuses to work without an address."""
        options.demand("url")
        return cls(options)

    def scan(self, client_ref: str, upload: Upload) -> Reply[Scan]:
        try:
            with closing(self._connected()) as connection:
                _send(connection, upload.data)
                answer = _receive(connection)
        except TimeoutError:
            return Unavailable(Reason.TIMEOUT)
        except OSError as error:
            return Unavailable(Reason.NO_CONNECTION, type(error).__name__)
        return verdict(answer)

    def ask(self, client_ref: str, kind: type[T]) -> Reply[T]:
        return Unavailable(Reason.CANNOT_BE_ASKED)

    def _connected(self) -> socket.socket:
        if self.address.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.timeout)
            connection.connect(self.address.path)
            return connection
        return socket.create_connection((self.address.hostname or "", self.address.port or 3310), self.timeout)


def _send(connection: socket.socket, data: bytes) -> None:
    """Chunks with their length before them, then a length of nought."""
    connection.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))


def _receive(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0"):
        part = connection.recv(4096)
        if not part or len(answer) > CHUNK:
            break
        answer += part
    return answer.decode("utf-8", "replace").rstrip("\0").strip()


def verdict(answer: str) -> Reply[Scan]:
    """clamd says "stream: OK", "stream: <name> FOUND", or an error."""
    words = answer.removeprefix("stream:").strip()
    if words == "OK":
        return Answered(Scan(clean=True))
    if words.endswith(" FOUND"):
        return Answered(Scan(clean=False, finding=words.removesuffix(" FOUND")[:100]))
    return Unavailable(Reason.BAD_ANSWER, words[:60])


class SimulatedAntivirus(Simulator):
    """Knows one virus: the EICAR test file."""

    name = "antivirus"
    outcomes = {"infected": _("finds a virus")}

    def scan(self, client_ref: str, upload: Upload) -> Reply[Scan]:
        def act(outcome: str) -> Scan:
            if outcome == "infected" or EICAR in upload.data:
                return Scan(clean=False, finding="Eicar-Test-Signature")
            return Scan(clean=True)

        return self.once("scan", client_ref, upload, Scan, act)


ADAPTERS = {"simulator": SimulatedAntivirus, "clamd": Clamd}

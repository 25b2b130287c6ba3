"""Terminal management: when a terminal was last heard, its firmware, and a test transaction on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.gateways.base import Answered, Askable, Reason, Refused, Reply, Unavailable
from portal.gateways.http import HttpGateway
from portal.gateways.simulator import UNAVAILABLE, Simulator, forced

FIRMWARE = "5.2.1"  # what the simulated terminals run


@dataclass(frozen=True, slots=True)
class Contact:
    serial: str
    last_seen: datetime | None  # None: never
    firmware: str = ""
    location: str = ""  # "longitude,latitude" in degrees WGS 84


@dataclass(frozen=True, slots=True)
class Trial:
    serial: str
    tid: str
    kind: str  # the row of the test matrix: "debit", "credit", "qr", "void", "refund", "print"…
    amount_fen: int


@dataclass(frozen=True, slots=True)
class TrialResult:
    passed: bool
    code: str  # response code of the acquirer's host: "00" is approved
    at: datetime
    trace_no: str = ""


@dataclass(frozen=True, slots=True)
class FirmwarePush:
    serial: str
    version: str


@dataclass(frozen=True, slots=True)
class Queued:
    job_no: str


class Tms(Askable, Protocol):
    def contact(self, serial: str) -> Reply[Contact]:
        """Read the last contact; no effect."""
        ...

    def run_test(self, client_ref: str, run: Trial) -> Reply[TrialResult]: ...

    def push_firmware(self, client_ref: str, push: FirmwarePush) -> Reply[Queued]: ...


class HttpTms(HttpGateway):
    def contact(self, serial: str) -> Reply[Contact]:
        return self.get(f"terminals/{serial}", Contact)

    def run_test(self, client_ref: str, run: Trial) -> Reply[TrialResult]:
        return self.post("tests", client_ref, run, TrialResult)

    def push_firmware(self, client_ref: str, push: FirmwarePush) -> Reply[Queued]:
        return self.post("firmware", client_ref, push, Queued)


class SimulatedTms(Simulator):
    """Every terminal was heard a minute ago and passes its tests, unless taught ({"firmware", "location",
    "silent_hours"}) or rehearsed otherwise."""

    name = "tms"
    outcomes = {"failed": _("the test fails"), "silent": _("the terminal has not been heard for three days")}
    readings = frozenset({"silent"})

    def contact(self, serial: str) -> Reply[Contact]:
        outcome, taught = forced(self.name, (UNAVAILABLE, "silent")), self.known(serial) or {}
        if outcome == UNAVAILABLE:
            return Unavailable(Reason.NO_CONNECTION)
        hours = 72 if outcome == "silent" else taught.get("silent_hours", 0)
        seen = timezone.now() - timedelta(hours=hours, minutes=1)
        firmware, location = taught.get("firmware", FIRMWARE), taught.get("location", "")
        return Answered(Contact(serial, seen, firmware, location), simulated=True)

    def run_test(self, client_ref: str, run: Trial) -> Reply[TrialResult]:
        def act(outcome: str) -> TrialResult | Refused:
            if not run.serial or run.amount_fen < 0:
                return Refused(detail="bad_test")
            passed = outcome != "failed"
            return TrialResult(passed, "00" if passed else "96", timezone.now(), f"{timezone.now():%H%M%S}")

        return self.once("run_test", client_ref, run, TrialResult, act)

    def push_firmware(self, client_ref: str, push: FirmwarePush) -> Reply[Queued]:
        return self.once("push_firmware", client_ref, push, Queued, lambda outcome: Queued(f"simulated-{client_ref}"))


ADAPTERS = {"simulator": SimulatedTms, "http": HttpTms}

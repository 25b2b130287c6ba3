"""The acquirer: it gives merchants and terminals their numbers and ties a device to them.

MID: 15 digits = acquirer 3, clearing region 4, MCC 4, serial 4. TID: 8 characters. One serial number has at most one
active binding.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils import timezone

from portal.gateways.base import Askable, Refused, Reply, personal, surname, tail
from portal.gateways.http import HttpGateway
from portal.gateways.simulator import Simulator
from portal.models import SimulatedNumber

ACQUIRER_CODE = "899"  # of the simulated acquirer; given to nobody
TERMINALS_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class MerchantRecord:
    name: str
    mcc: str
    region_code: str  # clearing region, 4 digits
    uscc: str  # "" for a micro merchant
    settlement_cycle: str  # "T1", "D1", "D0"
    holder: str = personal(surname)
    account: str = personal(tail)


@dataclass(frozen=True, slots=True)
class Registered:
    acquirer_code: str
    mid: str


@dataclass(frozen=True, slots=True)
class TerminalRequest:
    mid: str
    serials: tuple[str, ...]  # at most ten
    region_code: str
    address: str
    model: str


@dataclass(frozen=True, slots=True)
class Terminals:
    tids: tuple[str, ...]  # in the order of the serials


@dataclass(frozen=True, slots=True)
class Binding:
    """The serial number and the five elements it is tied to."""

    serial: str
    tid: str
    acquirer_code: str
    mid: str
    location: str  # "longitude,latitude" in degrees WGS 84, or the address
    owner_number: str = personal(tail)  # USCC, or the identity number of a micro merchant
    account: str = personal(tail)


@dataclass(frozen=True, slots=True)
class Bound:
    binding_no: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unbinding:
    serial: str
    binding_no: str


class Acquirer(Askable, Protocol):
    def register(self, client_ref: str, merchant: MerchantRecord) -> Reply[Registered]: ...

    def add_terminals(self, client_ref: str, request: TerminalRequest) -> Reply[Terminals]: ...

    def bind(self, client_ref: str, binding: Binding) -> Reply[Bound]: ...

    def unbind(self, client_ref: str, unbinding: Unbinding) -> Reply[Bound]: ...


class HttpAcquirer(HttpGateway):
    def register(self, client_ref: str, merchant: MerchantRecord) -> Reply[Registered]:
        return self.post("merchants", client_ref, merchant, Registered)

    def add_terminals(self, client_ref: str, request: TerminalRequest) -> Reply[Terminals]:
        return self.post("terminals", client_ref, request, Terminals)

    def bind(self, client_ref: str, binding: Binding) -> Reply[Bound]:
        return self.post("bindings", client_ref, binding, Bound)

    def unbind(self, client_ref: str, unbinding: Unbinding) -> Reply[Bound]:
        return self.post("unbindings", client_ref, unbinding, Bound)


class SimulatedAcquirer(Simulator):
    """Gives out numbers of the right shape under its own code; a range that is used up is refused."""

    name = "acquirer"

    def register(self, client_ref: str, merchant: MerchantRecord) -> Reply[Registered]:
        def act(outcome: str) -> Registered | Refused:
            prefix = f"{ACQUIRER_CODE}{merchant.region_code}{merchant.mcc}"
            if not re.fullmatch(r"[0-9]{11}", prefix):
                return Refused(detail="bad_region_or_mcc")
            last = next_numbers(prefix, 1)
            return Refused(detail="range_used_up") if last > 9999 else Registered(ACQUIRER_CODE, f"{prefix}{last:04d}")

        return self.once("register", client_ref, merchant, Registered, act)

    def add_terminals(self, client_ref: str, request: TerminalRequest) -> Reply[Terminals]:
        def act(outcome: str) -> Terminals | Refused:
            count = len(request.serials)
            if not 1 <= count <= TERMINALS_AT_ONCE or len(set(request.serials)) != count:
                return Refused(detail="bad_serials")
            first = 10_000_001 + next_numbers("tid", count) - count
            return Terminals(tuple(str(number) for number in range(first, first + count)))

        return self.once("add_terminals", client_ref, request, Terminals, act)

    def bind(self, client_ref: str, binding: Binding) -> Reply[Bound]:
        return self.once("bind", client_ref, binding, Bound, lambda outcome: _bound(client_ref))

    def unbind(self, client_ref: str, unbinding: Unbinding) -> Reply[Bound]:
        return self.once("unbind", client_ref, unbinding, Bound, lambda outcome: _bound(client_ref))


def _bound(client_ref: str) -> Bound:
    return Bound(f"simulated-{client_ref}", timezone.now())


def next_numbers(prefix: str, count: int) -> int:
    """Draw `count` numbers under the prefix, in a transaction; returns the last of them."""
    row, _ = SimulatedNumber.objects.select_for_update().get_or_create(prefix=prefix)
    row.last += count
    row.save(update_fields=["last"])
    return row.last


ADAPTERS = {"simulator": SimulatedAcquirer, "http": HttpAcquirer}

"""The courier: hand a parcel over, follow it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.gateways.base import Answered, Askable, Reason, Refused, Reply, Unavailable, hidden, personal, surname, tail
from portal.gateways.http import HttpGateway
from portal.gateways.simulator import UNAVAILABLE, Simulator, forced
from portal.models import SimulatedCall

STEP = timedelta(seconds=30)  # how long a simulated parcel stays in one state


class ParcelState(TextChoices):
    ACCEPTED = "accepted", _("handed over")
    MOVING = "moving", _("on its way")
    DELIVERED = "delivered", _("delivered")
    UNDELIVERABLE = "undeliverable", _("could not be delivered")


@dataclass(frozen=True, slots=True)
class Parcel:
    contents: str
    pieces: int
    recipient: str = personal(surname)
    mobile: str = personal(tail)
    address: str = personal(hidden)


@dataclass(frozen=True, slots=True)
class Shipped:
    tracking_no: str
    carrier: str


@dataclass(frozen=True, slots=True)
class ParcelEvent:
    state: ParcelState
    at: datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """Where a parcel is; events oldest first."""

    state: ParcelState
    events: tuple[ParcelEvent, ...]


class Courier(Askable, Protocol):
    def ship(self, client_ref: str, parcel: Parcel) -> Reply[Shipped]:
        """Hand one parcel over."""
        ...

    def track(self, tracking_no: str) -> Reply[Track]:
        """Read where it is; no effect."""
        ...


class HttpCourier(HttpGateway):
    def ship(self, client_ref: str, parcel: Parcel) -> Reply[Shipped]:
        return self.post("parcels", client_ref, parcel, Shipped)

    def track(self, tracking_no: str) -> Reply[Track]:
        return self.get(f"parcels/{tracking_no}", Track)


class SimulatedCourier(Simulator):
    """Accepts everything and delivers it two steps of half a minute later, unless a rehearsal says undeliverable."""

    name = "courier"
    outcomes = {"undeliverable": _("cannot deliver the parcel")}
    readings = frozenset(outcomes)

    def ship(self, client_ref: str, parcel: Parcel) -> Reply[Shipped]:
        def act(outcome: str) -> Shipped | Refused:
            if not (parcel.recipient and parcel.mobile and parcel.address):
                return Refused(detail="bad_address")
            return Shipped(f"SIM{timezone.now():%y%m%d%H%M%S%f}", "Simulated Express")

        return self.once("ship", client_ref, parcel, Shipped, act)

    def track(self, tracking_no: str) -> Reply[Track]:
        call = SimulatedCall.objects.filter(gateway=self.name, answer__value__tracking_no=tracking_no).first()
        if call is None:
            return Refused(detail="no_such_parcel")
        outcome = forced(self.name, (UNAVAILABLE, "undeliverable"))
        if outcome == UNAVAILABLE:
            return Unavailable(Reason.NO_CONNECTION)
        last = ParcelState.UNDELIVERABLE if outcome else ParcelState.DELIVERED
        path = (ParcelState.ACCEPTED, ParcelState.MOVING, last)
        now = timezone.now()
        events = tuple(ParcelEvent(s, call.at + i * STEP) for i, s in enumerate(path) if call.at + i * STEP <= now)
        return Answered(Track(events[-1].state, events), simulated=True)


ADAPTERS = {"simulator": SimulatedCourier, "http": HttpCourier}

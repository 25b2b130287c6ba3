"""The rehearsal panel: which outcome a simulated party is made to give, and what it was asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.functional import Promise

from portal.gateways import PARTIES
from portal.gateways.simulator import COMMON, Simulator
from portal.models import Gateway, Rehearsal, SimulatedCall
from portal.outbox.wording import purpose, told

SHOWN = 12  # newest calls on a party's page


@dataclass(frozen=True, slots=True)
class Party:
    """One row of the panel."""

    name: str
    label: Any
    simulated: bool
    calls: int
    last: datetime | None
    outcome: Any  # words of the forced outcome, "" when it behaves as usual
    running: Rehearsal | None
    purpose: Any = ""  # what it is for
    where: Any = ""  # where a forced outcome shows


def outcomes(name: str) -> dict[str, Promise]:
    """What may be forced at this party, with its words."""
    simulator: type[Simulator] = PARTIES[name]["simulator"]
    return {**simulator.outcomes, **COMMON}


def running() -> dict[str, Rehearsal]:
    """The rehearsal in force at each party."""
    in_time = Rehearsal.objects.filter(Q(until=None) | Q(until__gt=timezone.now())).exclude(remaining=0)
    return {rehearsal.gateway: rehearsal for rehearsal in in_time.order_by("pk")}


def parties() -> list[Party]:
    """Every outside party, in two queries."""
    rows = SimulatedCall.objects.order_by().values("gateway").annotate(calls=Count("pk"), last=Max("at"))
    asked: dict[str, dict[str, Any]] = {row["gateway"]: dict(row) for row in rows}
    forced = running()
    return [_party(name, label, asked.get(name, {}), forced.get(name)) for name, label in Gateway.choices]


def _party(name: str, label: Any, row: dict[str, Any], rehearsal: Rehearsal | None) -> Party:
    words = outcomes(name).get(rehearsal.outcome, rehearsal.outcome) if rehearsal else ""
    simulated = settings.GATEWAYS[name] == "simulator"
    return Party(name, label, simulated, row.get("calls", 0), row.get("last"), words, rehearsal, *purpose(name))


def newest_calls(name: str) -> list[dict[str, Any]]:
    """What the party was asked last, in words; requests are kept masked."""
    return [told(call) for call in SimulatedCall.objects.filter(gateway=name).order_by("-at", "-pk")[:SHOWN]]


@transaction.atomic
def force(name: str, outcome: str, *, calls: int | None, minutes: int | None, by: str) -> None:
    """Let the party give `outcome` for so many calls or minutes, or until `clear`; the newest word counts."""
    clear(name)
    until = timezone.now() + timedelta(minutes=minutes) if minutes else None
    Rehearsal.objects.create(gateway=name, outcome=outcome, remaining=calls, until=until, by=by[:150])


def clear(name: str) -> None:
    """Back to normal."""
    Rehearsal.objects.filter(gateway=name).exclude(remaining=0).update(remaining=0)


def clear_all() -> int:
    """Everybody back to normal; how many behaved otherwise."""
    forced = len(running())
    Rehearsal.objects.exclude(remaining=0).update(remaining=0)
    return forced

"""What every simulated party does: keep each call once, answer it again alike, and play what a rehearsal asks for.

A simulator never invents knowledge. What it knows was taught to it (`teach`) by demo data or a test; each class says
what it answers about everybody else. Its answers are marked `simulated=True`.
"""

import json
import logging
import time
from collections.abc import Callable, Collection
from typing import Any, ClassVar, Self, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import crypto
from portal.gateways.base import Answered, Options, Reason, Refused, Reply, Unavailable, Unknown, decode, plain
from portal.models import Rehearsal, SimulatedCall, SimulatedRecord

T = TypeVar("T")
log = logging.getLogger("portal.gateways")

UNAVAILABLE, LOST, REFUSED, SLOW = "unavailable", "lost", "refused", "slow"
COMMON: dict[str, Promise] = {
    UNAVAILABLE: _("cannot be reached"),
    LOST: _("does it, but the reply is lost"),
    REFUSED: _("refuses"),
    SLOW: _("answers slowly"),
}


def forced(gateway: str, among: Collection[str]) -> str:
    """Which of these outcomes a person wants to see at this party now, or "": counts one call off."""
    running = Rehearsal.objects.filter(Q(until=None) | Q(until__gt=timezone.now()), gateway=gateway, outcome__in=among)
    for rehearsal in running.exclude(remaining=0):
        mine = Rehearsal.objects.filter(pk=rehearsal.pk).exclude(remaining=0)
        if rehearsal.remaining is None or mine.update(remaining=F("remaining") - 1):
            return rehearsal.outcome
    return ""


def record_key(gateway: str, number: str) -> str:
    """Under which key a party keeps what it knows about a number (given normalised)."""
    return crypto.blind_index(number, f"simulated.{gateway}")


def teach(gateway: str, number: str, answer: dict[str, Any]) -> None:
    """Let a simulated party know something about a number: the fields of its answer that differ from the default."""
    SimulatedRecord.objects.update_or_create(
        gateway=gateway, key=record_key(gateway, number), defaults={"answer": answer}
    )


class Simulator:
    """Base of the simulators. `outcomes`: what a rehearsal may force beside the common ones, with its words."""

    name: ClassVar[str]
    outcomes: ClassVar[dict[str, Promise]] = {}
    readings: ClassVar[frozenset[str]] = frozenset()  # outcomes that show in a later reading, not in a call
    slow_seconds: ClassVar[float] = 4.0

    @classmethod
    def configured(cls, options: Options) -> Self:
        """A simulator needs no address and no keys."""
        return cls()

    def once(
        self, verb: str, client_ref: str, request: Any, kind: type[T], act: Callable[[str], T | Refused]
    ) -> Reply[T]:
        """Do `act(outcome)` for the first call with this client_ref, give the kept answer for every other one."""
        digest = crypto.blind_index(json.dumps(plain(request), sort_keys=True), f"simulated.{self.name}.{verb}")
        known = self._kept(client_ref, kind, digest)
        if known is not None:
            return known
        outcome = forced(self.name, ({*COMMON, *self.outcomes}) - self.readings)
        if outcome == UNAVAILABLE:
            return self._said(verb, client_ref, Unavailable(Reason.NO_CONNECTION))
        if outcome == SLOW:
            time.sleep(self.slow_seconds)
        try:
            reply = self._act(verb, client_ref, request, digest, outcome, act)
        except IntegrityError:  # the same reference at the same moment: the other one did it
            return self._kept(client_ref, kind, digest) or Unknown(Reason.LOST)
        return self._said(verb, client_ref, Unknown(Reason.LOST) if outcome == LOST else reply)

    def ask(self, client_ref: str, kind: type[T]) -> Reply[T]:
        """What became of a call; the party always remembers."""
        return self._kept(client_ref, kind) or Unavailable(Reason.NEVER_ARRIVED)

    def known(self, number: str) -> dict[str, Any] | None:
        """What was taught about a number."""
        record = SimulatedRecord.objects.filter(gateway=self.name, key=record_key(self.name, number)).first()
        return None if record is None else record.answer

    def _act(
        self, verb: str, client_ref: str, request: Any, digest: str, outcome: str, act: Callable[[str], T | Refused]
    ) -> Reply[T]:
        with transaction.atomic():
            value = Refused(Reason.REFUSED, "rehearsal") if outcome == REFUSED else act(outcome)
            reply: Reply[T] = value if isinstance(value, Refused) else Answered(value, simulated=True)
            SimulatedCall.objects.create(
                gateway=self.name, verb=verb, client_ref=client_ref, digest=digest,
                request=plain(request, masked=True), answer=_answer(reply),
            )  # fmt: skip
        return reply

    def _kept(self, client_ref: str, kind: type[T], digest: str | None = None) -> Reply[T] | None:
        call = SimulatedCall.objects.filter(gateway=self.name, client_ref=client_ref).first()
        if call is None:
            return None
        if digest not in (None, call.digest):
            return Refused(Reason.OTHER_REQUEST)
        if call.answer["kind"] == "refused":
            return Refused(Reason(call.answer["reason"]), call.answer["detail"])
        return Answered(decode(kind, call.answer["value"]), simulated=True)

    def _said(self, verb: str, client_ref: str, reply: Reply[T]) -> Reply[T]:
        log.info("simulated %s %s %s: %s", self.name, verb, client_ref, type(reply).__name__)
        return reply


def _answer(reply: Any) -> dict[str, Any]:
    if isinstance(reply, Refused):
        return {"kind": "refused", "reason": reply.reason.value, "detail": reply.detail}
    return {"kind": "answered", "value": plain(reply.value)}

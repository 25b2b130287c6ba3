"""Asking an outside party within a check: the stored client_ref, and an answer or NoAnswer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from onboarding.models import Case, Check, Step
from onboarding.screening.registry import NoAnswer
from portal.gateways.base import Answered, Askable, Refused, Reply, Unknown

T = TypeVar("T")


def client_ref(case: Case, name: str, step: Step) -> str:
    """The reference that was stored when the check was planned: a repeated run is the same question."""
    row = (
        Check.objects.filter(case=case, name=name, step=step, round=case.round, stale=False).only("client_ref").first()
    )
    return row.client_ref if row else f"{case.ref}-{name}-{case.version}"


def answer(party: Askable, ref: str, kind: type[T], call: Callable[[str], Reply[T]]) -> T:
    """The party's answer to `call(ref)`; one of unknown fate is asked about. Raises NoAnswer."""
    reply = call(ref)
    if isinstance(reply, Unknown):
        reply = party.ask(ref, kind)
    if isinstance(reply, Answered):
        return reply.value
    what = "refused" if isinstance(reply, Refused) else "no answer"
    raise NoAnswer(f"{what}: {reply.reason}")

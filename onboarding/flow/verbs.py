"""What the machine is when it is asked: its verbs with their edges, read off the doors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django_fsm import GET_STATE

from onboarding.flow.machine import CaseFlow, Verb
from onboarding.flow.states import State

S = State


def _verb(name: str, marked: Any) -> Verb:
    transitions = list(marked._django_fsm.transitions.values())
    custom = transitions[0].custom
    edges = [(str(one.source), str(target)) for one in transitions for target in _targets(one.target)]
    return Verb(name, custom["label"], custom["who"], tuple(edges), **custom["more"])


def _targets(target: Any) -> Sequence[str]:
    return tuple(target.allowed_states or ()) if isinstance(target, GET_STATE) else (target,)


VERBS: dict[str, Verb] = {
    name: _verb(name, marked) for name, marked in vars(CaseFlow).items() if hasattr(marked, "_django_fsm")
}
SYSTEM_VERBS: dict[str, tuple[str, ...]] = {
    # Straight through is tried first; else a person takes over.
    S.IDENTITY_SCREENING: ("pass_identity", "finish_identity_screening"),
    S.APPLICATION_SCREENING: ("pass_application", "finish_application_screening"),
    S.DELIVERY: ("confirm_delivery",),
    S.INSTALLATION: ("complete_installation",),
    S.TRAINING: ("complete_training",),
    S.ACCEPTANCE: ("go_live",),
}


def verbs_from(state: str) -> list[Verb]:
    """The verbs that lead out of `state`, in the order of the flow."""
    return [verb for verb in VERBS.values() if state in verb.sources]


def fire(case: CaseFlow, verb: str) -> None:
    """Walk through the door `verb`. Only `services` calls this; raises TransitionNotAllowed from a wrong state."""
    getattr(case, verb)()

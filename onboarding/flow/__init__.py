"""THE machine: every state and verb of a case, and the small machine of an agreement.

Nothing else in this app imports django_fsm. `machine.py` holds the doors, `states.py` the words and tables.
"""

from django_fsm import ConcurrentTransition, TransitionNotAllowed

from onboarding.flow.agreement import AgreementFlow, Stage, stage_choices
from onboarding.flow.machine import CaseFlow, Verb
from onboarding.flow.states import (
    AFTER_FIRST_REVIEW,
    AFTER_ORDER,
    BEFORE_ORDER,
    ENDS,
    REVIEWS,
    SCREENINGS,
    STEP_OF,
    STEPS,
    TURN,
    State,
    public_label,
    public_state,
    state_choices,
)
from onboarding.flow.verbs import SYSTEM_VERBS, VERBS, fire, verbs_from

__all__ = [
    "AFTER_FIRST_REVIEW",
    "AFTER_ORDER",
    "BEFORE_ORDER",
    "ENDS",
    "REVIEWS",
    "SCREENINGS",
    "STEPS",
    "STEP_OF",
    "SYSTEM_VERBS",
    "TURN",
    "VERBS",
    "AgreementFlow",
    "CaseFlow",
    "ConcurrentTransition",
    "Stage",
    "State",
    "TransitionNotAllowed",
    "Verb",
    "fire",
    "public_label",
    "public_state",
    "stage_choices",
    "state_choices",
    "verbs_from",
]

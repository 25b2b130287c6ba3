"""THE machine: every state and verb of a case, and the small machine of an agreement.

Nothing else in this app imports django_fsm. A verb here is only a door: it changes the state and nothing more. Who may
go through and what is still missing is asked by `services.advance`, the one place that fires a verb. Verbs are written
out one by one, so that each can be searched for by its name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import (
    GET_STATE,
    ConcurrentTransition,
    ConcurrentTransitionMixin,
    FSMField,
    TransitionNotAllowed,
    transition,
)

from onboarding.rules import Who

__all__ = ["ConcurrentTransition", "TransitionNotAllowed"]


class State(models.TextChoices):
    REGISTRATION = "registration", _("Registration")
    IDENTITY = "identity", _("Identity papers")
    IDENTITY_SCREENING = "identity_screening", _("Identity: machine checks")
    IDENTITY_REVIEW = "identity_review", _("Identity: review")
    IDENTITY_SECOND_REVIEW = "identity_second_review", _("Identity: second review")
    IDENTITY_RETURNED = "identity_returned", _("Identity: returned")
    APPLICATION = "application", _("Application form")
    APPLICATION_SCREENING = "application_screening", _("Application: machine checks")
    APPLICATION_REVIEW = "application_review", _("Application: review")
    APPLICATION_SECOND_REVIEW = "application_second_review", _("Application: second review")
    APPLICATION_RETURNED = "application_returned", _("Application: returned")
    SIGNING = "signing", _("Signing the agreement")
    ORDERING = "ordering", _("Ordering the terminal")
    DELIVERY = "delivery", _("Delivery")
    INSTALLATION = "installation", _("Installation")
    TRAINING = "training", _("Training")
    ACCEPTANCE = "acceptance", _("Acceptance test")
    LIVE = "live", _("Live")
    SUSPENDED = "suspended", _("Suspended")
    CLOSING = "closing", _("Closing")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")


class Stage(models.TextChoices):
    """Of an agreement."""

    OFFERED = "offered", _("Offered")
    SIGNED = "signed", _("Signed")
    VOID = "void", _("Void")
    SUPERSEDED = "superseded", _("Superseded")


def state_choices() -> list[tuple[str, Any]]:
    """A callable, so that a new state needs no migration."""
    return State.choices


def stage_choices() -> list[tuple[str, Any]]:
    return Stage.choices


S = State
ENDS = (S.REJECTED, S.WITHDRAWN, S.CLOSED)
REVIEWS = (S.IDENTITY_REVIEW, S.IDENTITY_SECOND_REVIEW, S.APPLICATION_REVIEW, S.APPLICATION_SECOND_REVIEW)
SCREENINGS = (S.IDENTITY_SCREENING, S.APPLICATION_SCREENING)
BEFORE_ORDER = tuple(S)[: tuple(S).index(S.DELIVERY)]  # nothing is owed yet: withdrawing ends at once
AFTER_ORDER = (S.DELIVERY, S.INSTALLATION, S.TRAINING, S.ACCEPTANCE)
AFTER_FIRST_REVIEW = tuple(S)[tuple(S).index(S.IDENTITY_SECOND_REVIEW) : tuple(S).index(S.SUSPENDED)]

STEPS: tuple[tuple[Any, tuple[State, ...]], ...] = (
    (_("Registration"), (S.REGISTRATION,)),
    (
        _("Identity review"),
        (S.IDENTITY, S.IDENTITY_SCREENING, S.IDENTITY_REVIEW, S.IDENTITY_SECOND_REVIEW, S.IDENTITY_RETURNED),
    ),
    (
        _("Application"),
        (
            S.APPLICATION,
            S.APPLICATION_SCREENING,
            S.APPLICATION_REVIEW,
            S.APPLICATION_SECOND_REVIEW,
            S.APPLICATION_RETURNED,
            S.SIGNING,
        ),
    ),
    (_("Device order"), (S.ORDERING, S.DELIVERY)),
    (_("Installation"), (S.INSTALLATION,)),
    (_("Training"), (S.TRAINING,)),
    (_("Go-live"), (S.ACCEPTANCE,)),
    (_("Support"), (S.LIVE,)),
)
STEP_OF: dict[str, int] = {state.value: number for number, (_name, states) in enumerate(STEPS, 1) for state in states}

TURN: dict[str, Who] = {
    **dict.fromkeys((S.REGISTRATION, S.IDENTITY, S.IDENTITY_RETURNED), Who.MERCHANT),
    **dict.fromkeys((S.APPLICATION, S.APPLICATION_RETURNED, S.SIGNING, S.ORDERING, S.TRAINING), Who.MERCHANT),
    **dict.fromkeys(SCREENINGS, Who.SYSTEM),
    **dict.fromkeys((S.IDENTITY_REVIEW, S.APPLICATION_REVIEW, S.ACCEPTANCE), Who.REVIEWER),
    **dict.fromkeys((S.IDENTITY_SECOND_REVIEW, S.APPLICATION_SECOND_REVIEW), Who.SENIOR_REVIEWER),
    **dict.fromkeys((S.REJECTED, S.WITHDRAWN), Who.SENIOR_REVIEWER),
    S.DELIVERY: Who.WAREHOUSE_CLERK,
    S.INSTALLATION: Who.TECHNICIAN,
    S.LIVE: Who.SUPPORT_AGENT,
    S.SUSPENDED: Who.RISK_OFFICER,
    S.CLOSING: Who.OPERATIONS_MANAGER,
    S.CLOSED: Who.SYSTEM,
}

# What a merchant is told: machine checks, review and second review are one, and so no finding shows by its absence.
_CHECKING = {
    **dict.fromkeys((S.IDENTITY_SCREENING, S.IDENTITY_REVIEW, S.IDENTITY_SECOND_REVIEW), "identity_checking"),
    **dict.fromkeys(
        (S.APPLICATION_SCREENING, S.APPLICATION_REVIEW, S.APPLICATION_SECOND_REVIEW), "application_checking"
    ),
}
PUBLIC_LABELS: dict[str, Any] = {
    "identity_checking": _("We are checking your papers"),
    "application_checking": _("We are checking your application"),
    S.SUSPENDED: _("Paused"),
}


def public_state(state: str) -> str:
    """The state as merchants, their mails, webhooks and the API see it."""
    return str(_CHECKING.get(State(state), state))


def public_label(state: str) -> Any:
    """The words for `public_state`, translated when shown."""
    return PUBLIC_LABELS.get(public_state(state)) or State(state).label


@dataclasses.dataclass(frozen=True, slots=True)
class Verb:
    """What the machine knows of a verb besides its edges. `name` is also its permission, URL, notice and test file."""

    name: str
    label: Any
    who: tuple[Who, ...]
    edges: tuple[tuple[str, str], ...]  # (source, target)
    needs_note: bool = False
    danger: bool = False  # cannot be undone, or hurts: the page asks first
    internal: bool = False  # a merchant sees neither the entry nor its words

    @property
    def by_system(self) -> bool:
        return Who.SYSTEM in self.who

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(source for source, _target in self.edges)


Method = TypeVar("Method", bound=Callable[..., Any])


def door(
    source: State | Sequence[State], target: Any, label: Any, *who: Who, **more: bool
) -> Callable[[Method], Method]:
    """A transition of the case with the people who may fire it; `more`: needs_note, danger, internal."""
    custom = {"label": label, "who": who, "more": more}
    marked: Callable[[Method], Method] = transition(field="state", source=source, target=target, custom=custom)
    return marked


M, R, SR, OPS = Who.MERCHANT, Who.REVIEWER, Who.SENIOR_REVIEWER, Who.OPERATIONS_MANAGER
AGENTS = (Who.CALL_CENTRE_AGENT, Who.SALES_AGENT)


class CaseFlow(ConcurrentTransitionMixin, models.Model):  # type: ignore[misc]  # django_fsm has no types
    """State and verbs of a case. The state is protected: only a verb changes it."""

    state = FSMField(
        _("state"), max_length=32, default=S.REGISTRATION, choices=state_choices, protected=True, editable=False
    )
    suspended_from = models.CharField(_("suspended from"), max_length=32, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    # 1 registration
    @door(S.REGISTRATION, S.IDENTITY, _("Complete the registration"), M, *AGENTS)
    def complete_registration(self) -> None:
        """Contact, mobile number and consent are there."""

    # 2 identity review
    @door((S.IDENTITY, S.IDENTITY_RETURNED), S.IDENTITY_SCREENING, _("Submit the identity papers"), M, *AGENTS)
    def submit_identity(self) -> None:
        """Papers and persons are handed in."""

    @door(S.IDENTITY_SCREENING, S.IDENTITY_REVIEW, _("Hand over to a reviewer"), Who.SYSTEM, internal=True)
    def finish_identity_screening(self) -> None:
        """Every check has answered or timed out; a person takes over."""

    @door(S.IDENTITY_SCREENING, S.APPLICATION, _("Pass the identity"), Who.SYSTEM)
    def pass_identity(self) -> None:
        """Straight through: all checks passed and the policy allows it."""

    @door(S.IDENTITY_REVIEW, S.APPLICATION, _("Approve the identity"), R, SR)
    def approve_identity(self) -> None:
        """One reviewer is enough for this case."""

    @door(S.IDENTITY_REVIEW, S.IDENTITY_SECOND_REVIEW, _("Recommend the identity"), R, SR, internal=True)
    def recommend_identity(self) -> None:
        """Four eyes: another reviewer must confirm."""

    @door(S.IDENTITY_SECOND_REVIEW, S.APPLICATION, _("Confirm the identity"), R, SR)
    def confirm_identity(self) -> None:
        """The second reviewer agrees."""

    @door((S.IDENTITY_REVIEW, S.IDENTITY_SECOND_REVIEW), S.IDENTITY_RETURNED, _("Return the identity papers"), R, SR)
    def return_identity(self) -> None:
        """Only the marked items open again."""

    # 3 application
    @door((S.APPLICATION, S.APPLICATION_RETURNED), S.APPLICATION_SCREENING, _("Submit the application"), M, *AGENTS)
    def submit_application(self) -> None:
        """Stores, category, settlement account and plan are handed in."""

    @door(S.APPLICATION_SCREENING, S.APPLICATION_REVIEW, _("Hand over to a reviewer"), Who.SYSTEM, internal=True)
    def finish_application_screening(self) -> None:
        """Every check has answered or timed out; a person takes over."""

    @door(S.APPLICATION_SCREENING, S.SIGNING, _("Pass the application"), Who.SYSTEM)
    def pass_application(self) -> None:
        """Straight through: all checks passed and the policy allows it."""

    @door(S.APPLICATION_REVIEW, S.SIGNING, _("Approve the application"), R, SR)
    def approve_application(self) -> None:
        """One reviewer is enough for this case."""

    @door(S.APPLICATION_REVIEW, S.APPLICATION_SECOND_REVIEW, _("Recommend the application"), R, SR, internal=True)
    def recommend_application(self) -> None:
        """Four eyes: another reviewer must confirm."""

    @door(S.APPLICATION_SECOND_REVIEW, S.SIGNING, _("Confirm the application"), R, SR)
    def confirm_application(self) -> None:
        """The second reviewer agrees."""

    @door(
        (S.APPLICATION_REVIEW, S.APPLICATION_SECOND_REVIEW), S.APPLICATION_RETURNED, _("Return the application"), R, SR
    )
    def return_application(self) -> None:
        """Only the marked items open again."""

    @door(S.SIGNING, S.ORDERING, _("Sign the agreement"), M)
    def sign_agreement(self) -> None:
        """Signed by the legal representative with a one-time code."""

    @door(S.SIGNING, S.APPLICATION, _("Revise the application"), M)
    def revise_application(self) -> None:
        """The merchant goes back to the form before signing."""

    # 4 device order
    @door(S.ORDERING, S.DELIVERY, _("Place the order"), M)
    def place_order(self) -> None:
        """Chosen and paid."""

    @door(S.DELIVERY, S.ORDERING, _("Cancel the order"), M, Who.WAREHOUSE_CLERK, OPS, needs_note=True, danger=True)
    def cancel_order(self) -> None:
        """Back to the catalogue; what was paid is refunded."""

    @door(S.DELIVERY, S.INSTALLATION, _("Confirm the delivery"), Who.SYSTEM, Who.WAREHOUSE_CLERK)
    def confirm_delivery(self) -> None:
        """Every terminal is at the shop, or in the technician's bag."""

    # 5 installation, 6 training, 7 go-live
    @door(S.INSTALLATION, S.TRAINING, _("Complete the installation"), Who.SYSTEM, Who.TECHNICIAN)
    def complete_installation(self) -> None:
        """Installed, debugged and signed for."""

    @door(S.TRAINING, S.ACCEPTANCE, _("Complete the training"), Who.SYSTEM, Who.TRAINER)
    def complete_training(self) -> None:
        """Somebody in the shop has passed the course."""

    @door(S.ACCEPTANCE, S.LIVE, _("Go live"), Who.SYSTEM, R, SR)
    def go_live(self) -> None:
        """The test matrix is green on every terminal and the channels are open."""

    @door(S.ACCEPTANCE, S.INSTALLATION, _("Fail the acceptance"), R, SR, Who.TECHNICIAN, needs_note=True)
    def fail_acceptance(self) -> None:
        """A test is red: the technician comes again."""

    # aside and ends
    @door(AFTER_FIRST_REVIEW, S.SUSPENDED, _("Suspend"), Who.RISK_OFFICER, needs_note=True, danger=True, internal=True)
    def suspend(self) -> None:
        """Stop and look. Remembers where it was."""
        self.suspended_from = self.state

    @door(
        S.SUSPENDED,
        GET_STATE(lambda case: case.suspended_from, states=AFTER_FIRST_REVIEW),
        _("Resume"),
        Who.RISK_OFFICER,
        needs_note=True,
        internal=True,
    )
    def resume(self) -> None:
        """Go on where it was suspended."""

    @door(
        (S.LIVE, S.SUSPENDED),
        S.CLOSING,
        _("Close"),
        Who.SUPPORT_AGENT,
        Who.RISK_OFFICER,
        OPS,
        needs_note=True,
        danger=True,
    )
    def close(self) -> None:
        """The relation ends: recover, refund, settle the deposit."""

    @door(S.CLOSING, S.CLOSED, _("Finish closing"), OPS)
    def finish_closing(self) -> None:
        """Nothing is owed any more."""

    @door(REVIEWS, S.REJECTED, _("Reject"), R, SR, needs_note=True, danger=True)
    def reject(self) -> None:
        """We do not take this merchant."""

    @door((S.REJECTED, S.WITHDRAWN), S.IDENTITY, _("Reopen"), SR, needs_note=True)
    def reopen(self) -> None:
        """Same case number, all checks stale."""

    @door(BEFORE_ORDER, S.WITHDRAWN, _("Withdraw"), M, danger=True)
    @door(AFTER_ORDER, S.CLOSING, _("Withdraw"), M, danger=True)
    def withdraw(self) -> None:
        """The merchant does not want to go on. After an order there are things to give back first."""

    @door((S.ORDERING, *AFTER_ORDER), S.APPLICATION, _("Amend the application"), M, OPS, needs_note=True)
    def amend_application(self) -> None:
        """Something signed has to change: a new version of the agreement follows."""


class AgreementFlow(ConcurrentTransitionMixin, models.Model):  # type: ignore[misc]  # django_fsm has no types
    """An agreement is offered, then signed or void; a newer version supersedes it. It is never changed."""

    stage = FSMField(_("stage"), max_length=16, default=Stage.OFFERED, choices=stage_choices, protected=True)

    class Meta:
        abstract = True

    @transition(field="stage", source=Stage.OFFERED, target=Stage.SIGNED)
    def sign(self) -> None:
        """The legal representative has given the code."""

    @transition(field="stage", source=Stage.OFFERED, target=Stage.VOID)
    def void(self) -> None:
        """The application changed before it was signed."""

    @transition(field="stage", source=Stage.SIGNED, target=Stage.SUPERSEDED)
    def supersede(self) -> None:
        """A newer version was signed."""


def _verb(name: str, marked: Any) -> Verb:
    transitions = list(marked._django_fsm.transitions.values())
    custom = transitions[0].custom
    edges = [(str(one.source), str(target)) for one in transitions for target in _targets(one.target)]
    return Verb(name, custom["label"], custom["who"], tuple(edges), **custom["more"])


def _targets(target: Any) -> Sequence[str]:
    return tuple(target.allowed_states) if isinstance(target, GET_STATE) else (target,)


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

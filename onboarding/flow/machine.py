"""The doors: every verb of a case, written out one by one, so that each can be searched for by its name.

A verb changes the state and nothing more. Who may go through and what is still missing is asked by `services.advance`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, ConcurrentTransitionMixin, FSMField, transition

from onboarding.flow.states import AFTER_FIRST_REVIEW, AFTER_ORDER, BEFORE_ORDER, REVIEWS, State, state_choices
from onboarding.rules import Who

S = State


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


class CaseFlow(ConcurrentTransitionMixin, models.Model):
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
    @door(
        AFTER_FIRST_REVIEW,
        S.SUSPENDED,
        _("Suspend"),
        Who.RISK_OFFICER,
        Who.SYSTEM,
        needs_note=True,
        danger=True,
        internal=True,
    )
    def suspend(self) -> None:
        """Stop and look; the system, when a promise was broken. Remembers where it was."""
        self.suspended_from = self.state

    @door(
        S.SUSPENDED,
        GET_STATE(lambda case: case.suspended_from, states=AFTER_FIRST_REVIEW),
        _("Resume"),
        Who.RISK_OFFICER,
        Who.SYSTEM,
        needs_note=True,
        internal=True,
    )
    def resume(self) -> None:
        """Go on where it was suspended; the system, when the promise it was suspended for is kept."""

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

    @door(BEFORE_ORDER, S.WITHDRAWN, _("Withdraw"), M, Who.SYSTEM, danger=True)
    @door(AFTER_ORDER, S.CLOSING, _("Withdraw"), M, Who.SYSTEM, danger=True)
    def withdraw(self) -> None:
        """The merchant does not want to go on; the system, when a draft was forgotten for DRAFT_DAYS.

        After an order there are things to give back first.
        """

    @door((S.ORDERING, *AFTER_ORDER), S.APPLICATION, _("Amend the application"), M, OPS, needs_note=True)
    def amend_application(self) -> None:
        """Something signed has to change: a new version of the agreement follows."""

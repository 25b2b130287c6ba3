"""The states of a case: their words, the eight steps they make up, whose turn it is, and what a merchant is told."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onboarding.flow import status
from onboarding.rules import Who


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


def state_choices() -> list[tuple[str, Any]]:
    """A callable, so that a new state needs no migration."""
    return State.choices


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
    (pgettext_lazy("step of a case", "Support"), (S.LIVE,)),
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
    S.SUSPENDED: status.PAUSED.word,
}


def public_state(state: str) -> str:
    """The state as merchants, their mails, webhooks and the API see it."""
    return str(_CHECKING.get(State(state), state))


def public_label(state: str) -> Any:
    """The words for `public_state`, translated when shown."""
    return PUBLIC_LABELS.get(public_state(state)) or State(state).label

"""What is missing before a merchant goes live, besides the tests (devices) and the training."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from onboarding.rules.registry import Audience, Facts, Requirement, Who, rule


@dataclasses.dataclass(frozen=True, slots=True)
class GoLiveFacts:
    """Is an agreement signed, has the acquirer given a merchant number, may a low-risk case go live by itself?"""

    signed: bool = False
    has_mid: bool = False
    by_machine: bool = False


@rule("go_live")
def agreement_is_in_force(facts: Facts) -> Iterator[Requirement]:
    if not facts.of(GoLiveFacts).signed:
        yield Requirement("unsigned", Who.MERCHANT, _("Sign the agreement."), page="agreement")


@rule("go_live")
def channels_are_open(facts: Facts) -> Iterator[Requirement]:
    if not facts.of(GoLiveFacts).has_mid:
        yield Requirement(
            "no_mid",
            Who.OPERATIONS_MANAGER,
            _("The acquirer has not given a merchant number yet."),
            audience=Audience.STAFF,
        )


@rule("go_live:system")
def a_person_looks_at_higher_risk(facts: Facts) -> Iterator[Requirement]:
    if not facts.of(GoLiveFacts).by_machine:
        yield Requirement(
            "go_live_by_person", Who.REVIEWER, _("A reviewer has to switch this case live."), audience=Audience.STAFF
        )

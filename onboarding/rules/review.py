"""What is missing before the machine hands over, and before a reviewer decides."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from onboarding.rules.registry import Audience, Facts, Requirement, Who, rule


@dataclasses.dataclass(frozen=True, slots=True)
class ReviewFacts:
    """The checks of the present step and round, the marks set, and the policy for this merchant type."""

    due: int = 0  # checks without an answer yet
    not_passed: int = 0  # warnings, failures and errors
    open_gates: tuple[str, ...] = ()  # hard gates that have not passed
    marked: int = 0  # items marked for return, not yet sent
    straight_through: bool = False
    second_review: bool = False


@rule("finish_identity_screening", "pass_identity", "finish_application_screening", "pass_application")
def checks_have_answered(facts: Facts) -> Iterator[Requirement]:
    if facts.of(ReviewFacts).due:
        yield Requirement(
            "checks_running", Who.SYSTEM, _("The machine checks are still running."), audience=Audience.STAFF
        )


@rule("pass_identity", "pass_application")
def straight_through_is_allowed(facts: Facts) -> Iterator[Requirement]:
    review = facts.of(ReviewFacts)
    if review.not_passed or not review.straight_through or review.second_review:
        yield Requirement(
            "needs_a_person", Who.REVIEWER, _("A reviewer has to look at this case."), audience=Audience.STAFF
        )


@rule("approve_identity", "recommend_identity", "confirm_identity")
@rule("approve_application", "recommend_application", "confirm_application")
def hard_gates_have_passed(facts: Facts) -> Iterator[Requirement]:
    for gate in facts.of(ReviewFacts).open_gates:
        yield Requirement(
            f"gate_{gate}",
            Who.REVIEWER,
            _("A check that must pass has not passed. Run it again, or reject the case."),
            field=f"check:{gate}",
            audience=Audience.REVIEWERS,
        )


@rule("approve_identity", "approve_application")
def one_reviewer_is_enough(facts: Facts) -> Iterator[Requirement]:
    if facts.of(ReviewFacts).second_review:
        yield Requirement(
            "second_review",
            Who.REVIEWER,
            _("This risk tier needs two reviewers. Recommend it, a colleague confirms."),
            audience=Audience.REVIEWERS,
        )


@rule("approve_identity", "recommend_identity", "confirm_identity")
@rule("approve_application", "recommend_application", "confirm_application")
def nothing_is_marked(facts: Facts) -> Iterator[Requirement]:
    if facts.of(ReviewFacts).marked:
        yield Requirement(
            "marks_left",
            Who.REVIEWER,
            _("You have marked items for return. Return the case, or remove the marks."),
            audience=Audience.REVIEWERS,
        )


@rule("return_identity", "return_application")
def something_is_marked(facts: Facts) -> Iterator[Requirement]:
    if not facts.of(ReviewFacts).marked:
        yield Requirement(
            "nothing_marked",
            Who.REVIEWER,
            _("Mark at least one paper or field, with a reason, before you return it."),
            audience=Audience.REVIEWERS,
        )

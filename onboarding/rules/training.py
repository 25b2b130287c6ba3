"""What is missing before somebody in the shop is trained."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from onboarding.rules.registry import Facts, Requirement, Who, rule

TAKE_THE_COURSE = _("One person in the shop takes the course and passes the quiz, about 15 minutes.")


@dataclasses.dataclass(frozen=True, slots=True)
class TrainingFacts:
    """Codes of the courses that are needed before go-live and have no valid certificate in this case."""

    untrained: tuple[str, ...] = ()


@rule("complete_training", "go_live")
def somebody_has_passed(facts: Facts) -> Iterator[Requirement]:
    for course in facts.of(TrainingFacts).untrained:
        yield Requirement(
            f"untrained_{course}",
            Who.MERCHANT,
            TAKE_THE_COURSE,
            page="training",
            field=f"course:{course}",
            consequence=_("The terminal cannot be switched on before somebody knows how to use it."),
        )

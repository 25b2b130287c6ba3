"""Why a verb was refused: always a sentence that says what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.rules import Requirement


class Refused(Exception):
    """The verb was not fired and nothing was changed. `sentences` may be shown as they are."""

    def __init__(self, *sentences: Any) -> None:
        super().__init__(*sentences)
        self.sentences: tuple[Any, ...] = sentences

    def __str__(self) -> str:
        return " ".join(str(sentence) for sentence in self.sentences)


class NotAllowed(Refused):
    """The wrong person."""


class NotNow(Refused):
    """The wrong state: the case has moved on, or has not come so far."""


class Missing(Refused):
    """Something is still missing; `requirements` says what."""

    def __init__(self, requirements: list[Requirement]) -> None:
        super().__init__(*(requirement.sentence for requirement in requirements))
        self.requirements = requirements


class Conflict(Refused):
    """Somebody else was quicker."""

    def __init__(self) -> None:
        super().__init__(_("A colleague changed this case a moment ago. Look at it again, then decide."))

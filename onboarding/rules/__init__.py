"""Rules of the case: what is missing before each verb, one module per step. See registry.py for the words."""

from onboarding.rules import review  # noqa: E402, F401, I001  # each module enrols its rules; they need the words above
from onboarding.rules.registry import (
    Audience,
    CaseFacts,
    Facts,
    Requirement,
    Who,
    consequences,
    follows,
    gathers,
    readable,
    requirements,
    rule,
)

__all__ = [
    "Audience",
    "CaseFacts",
    "Facts",
    "Requirement",
    "Who",
    "consequences",
    "follows",
    "gathers",
    "readable",
    "requirements",
    "rule",
]

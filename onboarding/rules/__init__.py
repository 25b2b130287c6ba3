"""Rules of the case: what is missing before each verb. registry.py has the words; apps.py imports every step."""

from onboarding.rules.registry import (
    Audience,
    CaseFacts,
    Facts,
    Requirement,
    Who,
    consequences,
    follows,
    gathers,
    once,
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
    "once",
    "readable",
    "requirements",
    "rule",
]

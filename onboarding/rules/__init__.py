"""Rules of the case: what is missing before each verb, one module per step, imported by apps.py. See registry.py for the words."""

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

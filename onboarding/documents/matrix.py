"""Which papers a merchant hands in at a step: the document matrix as the pages use it (facts.papers reads it)."""

from __future__ import annotations

from collections.abc import Collection

from onboarding.facts.papers import Asked, asked, papers
from onboarding.models import Merchant

__all__ = ["Asked", "asked", "kinds_for", "papers"]


def kinds_for(merchant: Merchant, step: str, conditions: Collection[str]) -> list[Asked]:
    """(kind, level) in the order of the matrix for `step` ("identity", "application"), all of them needed.

    `conditions`: ids of documents.json that hold. Level is "required", or "conditional" where a condition asks for it.
    """
    return asked(merchant.type, step, conditions)

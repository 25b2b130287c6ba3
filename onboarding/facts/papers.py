"""Which papers a merchant hands in at a step, and how many pages of each are there."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from onboarding.facts.kept import document_kinds
from onboarding.models import Case, Document, DocumentKind
from onboarding.rules import CaseFacts
from onboarding.rules.papers import GROUPS, Paper, asks_at, level

Asked = tuple[DocumentKind, str]


def asked(merchant_type: str, step: str, conditions: Collection[str]) -> list[Asked]:
    """The kinds that are needed at `step` ("identity", "application") under these conditions, each with its level.

    Level is "required", or "conditional" for those needed because a condition holds.
    """
    groups = {group for several in GROUPS.values() for group in several}
    kinds = [one for one in document_kinds().values() if one.group in groups and asks_at(step, one.code, one.group)]
    levels = [(one, level(one.requirement, merchant_type, conditions)) for one in kinds]
    return [(one, found) for one, found in levels if found != "never"]


def papers(case: CaseFacts | Case, kinds: Collection[DocumentKind]) -> tuple[Paper, ...]:
    """The same kinds with the number of pages that this case has of each. One query."""
    current = Document.objects.filter(case=case.id).current()
    rows = current.values_list("kind").annotate(Count("pages")).order_by()
    pages: dict[str, int] = case.once("pages", lambda: dict(rows))
    return tuple(Paper(one.code, one.name_zh, one.name_en, one.min_pages, pages.get(one.code, 0)) for one in kinds)

"""Template tags that know the case."""

from __future__ import annotations

from typing import Any

from django import template

from onboarding import flowchart, words
from onboarding.flow.status import STATUSES
from onboarding.formats import mobile
from onboarding.models import Case
from onboarding.pages import merchants_turn

register = template.Library()


@register.filter
def pick(row: Any, column: str) -> str:
    """{{ course|pick:"title" }}: the column in the reader's language."""
    return words.pick(row, column)


@register.simple_tag
def status(name: str) -> Any:
    """The word for how something stands: {% status "your_turn" %} (onboarding.flow.status)."""
    return STATUSES[name].word


@register.inclusion_tag("includes/badge.html")
def status_badge(name: str) -> dict[str, Any]:
    """The same as a badge in its tone: {% status_badge "done" %}."""
    return {"word": STATUSES[name].word, "tone": STATUSES[name].tone}


@register.simple_tag
def front_map() -> Any:
    """The eight steps for the front page."""
    return flowchart.front_map()


@register.simple_tag
def case_map(case: Case, *, staff: bool = False) -> Any:
    """The map of one case; `staff` shows every state, a merchant the public ones."""
    return flowchart.case_map(case, staff=staff)


@register.filter
def national(number: str | None) -> str:
    """{{ user.mobile|national }}: a stored mobile number as people write it, 138 1234 5678."""
    return mobile.national(number) if number else ""


@register.filter
def your_turn(case: Case) -> bool:
    """{% if case|your_turn %}: whether the merchant has to do something now."""
    return merchants_turn(case)

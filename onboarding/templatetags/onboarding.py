"""Template tags that know the case."""

from __future__ import annotations

from typing import Any

from django import template

from onboarding import words

register = template.Library()


@register.filter
def pick(row: Any, column: str) -> str:
    """{{ course|pick:"title" }}: the column in the reader's language."""
    return words.pick(row, column)

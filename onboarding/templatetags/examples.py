"""{% load examples %}: the small drawn example beside a reason."""

from __future__ import annotations

from typing import Any

from django import template

from onboarding.examples import EXAMPLES

register = template.Library()


@register.inclusion_tag("onboarding/documents/reason_example.html")
def example(key: str) -> dict[str, Any]:
    """How it must not be and how it is right; draws nothing for a key that nobody knows."""
    return {"example": EXAMPLES.get(key)}

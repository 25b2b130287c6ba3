"""{% load accounts %}: words for the pages about an account."""

from django import template

from onboarding.registration import sessions

register = template.Library()


@register.filter
def device(agent: str) -> str:
    """A browser's own description in two words: Chrome, Windows."""
    return sessions.device(agent)


@register.filter
def in_fours(secret: str) -> str:
    """A long key in groups of four letters, to be typed by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))

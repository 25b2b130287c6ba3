"""{% load review %}: what the admin's start page shows of the queue."""

from __future__ import annotations

from typing import Any

from django import template

from onboarding.admin.review import queue
from onboarding.models import User

register = template.Library()


@register.simple_tag
def review_counts(user: Any) -> dict[str, int] | None:
    """How many cases wait, are this reader's, are late; None for those who do not see cases."""
    if not isinstance(user, User) or not user.has_perm("onboarding.view_case"):
        return None
    return queue.counts(user)

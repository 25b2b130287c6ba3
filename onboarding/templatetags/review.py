"""{% load review %}: what the admin's start page shows: the queue, and the tables by what they are for."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onboarding.admin.review import queue
from onboarding.models import Case, User
from onboarding.rules import Who

register = template.Library()
ROOMS = (
    (
        _("Cases and people"),
        ("Case", "Appeal", "Condition", "Merchant", "Person", "Document", "Partner", "User", "Group", "Authenticator"),
    ),
    (
        _("Rules of review"),
        (
            "ReviewPolicy",
            "DocumentKind",
            "Reason",
            "ConditionKind",
            "RiskTable",
            "Recheck",
            "Promise",
            "CalendarDay",
            "Permit",
            "WatchList",
            "WatchEntry",
        ),
    ),
    (_("Prices and directories"), ("Institution", "FeePlan", "Bank", "MerchantCategory", "Division", "DeviceModel")),
    (_("Training and help"), ("Course", "Lesson", "Question", "Article", "Ticket", "Terminal")),
    (_("Records"), ("Entry", "Access", "Consent", "Opinion", "Notice", "Anchor", "Export", "Erasure")),
)


@register.simple_tag
def review_counts(user: Any) -> dict[str, int] | None:
    """How many cases wait, are this reader's, are late; None for those who do not see cases."""
    if not isinstance(user, User) or not user.has_perm("onboarding.view_case"):
        return None
    return queue.counts(user)


@register.simple_tag
def review_next(user: Any) -> list[Case]:
    """The next cases that this reader may take, the most urgent first; none for those who decide nothing."""
    return queue.upcoming(user) if isinstance(user, User) and user.plays(Who.REVIEWER, Who.SENIOR_REVIEWER) else []


@register.filter
def rooms(app_list: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tables of all apps that this reader may see, by what they are for; new ones stand last under their app."""
    tables = {model["object_name"]: model for app in app_list for model in app["models"]}
    named = [{"name": name, "models": [tables.pop(one) for one in names if one in tables]} for name, names in ROOMS]
    left = [{**app, "models": [one for one in app["models"] if one["object_name"] in tables]} for app in app_list]
    return [room for room in (*named, *left) if room["models"]]


WAYS: dict[str, Any] = {
    **dict(Case.Tier.choices),
    "machine": pgettext_lazy("who decides", "The machine"),
    "one": pgettext_lazy("who decides", "One reviewer"),
    "two": pgettext_lazy("who decides", "Two reviewers"),
    "rejected": pgettext_lazy("final decision", "Rejected"),
    "other": pgettext_lazy("final decision", "Not rejected"),
}


@register.filter
def way(code: str) -> str:
    """A count of a back-test, "low>high", in words."""
    return " → ".join(str(WAYS.get(part, part)) for part in str(code).split(">"))

"""What somebody opened for merchants, and whether they took it over."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from onboarding.models import Case, Membership, User

SHOWN = 10


def with_takeover(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with `taken_over`: somebody acts for the merchant."""
    acting = Membership.objects.filter(merchant=OuterRef("merchant"), active=True)
    return cases.select_related("merchant").annotate(taken_over=Exists(acting))


def opened(user: User, channel: str) -> list[Case]:
    """The newest cases that this person opened over this channel."""
    return list(with_takeover(Case.objects.filter(opened_by=user, channel=channel)).order_by("-pk")[:SHOWN])

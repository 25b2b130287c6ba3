"""Accounts that nobody ever confirmed: a number or an address that asked for a code which never came back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from onboarding.models import Membership, User
from portal.crypto import blind_index

KEPT = timedelta(days=7)
MADE_BY_ITSELF = Q(username__startswith="m-") | Q(username__startswith="e-")  # onboarding.registration.adapter


def unconfirmed() -> QuerySet[User]:
    """Accounts that came by themselves, never got in, and belong to nothing."""
    member = Membership.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        MADE_BY_ITSELF, ~Exists(member), last_login=None, mobile_verified=False, is_staff=False, is_superuser=False,
        groups=None, demo=False,
    )  # fmt: skip


def sweep(now: datetime | None = None) -> int:
    """Delete unconfirmed accounts older than seven days, and sessions past their end; returns the accounts gone."""
    moment = now or timezone.now()
    Session.objects.filter(expire_date__lt=moment).delete()
    old = list(unconfirmed().filter(date_joined__lt=moment - KEPT).values_list("pk", flat=True)[:1000])
    User.objects.filter(pk__in=old).delete()
    return len(old)


def give_way(phone: str) -> bool:
    """Delete the unconfirmed account that holds this number (E.164), if it is one; True when the number is free."""
    unconfirmed().filter(mobile_index=blind_index(phone, "mobile")).delete()
    return not User.objects.filter(mobile_index=blind_index(phone, "mobile")).exists()

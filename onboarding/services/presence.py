"""Who has a case open, and when a case that nobody works on goes back into the queue."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from onboarding.flow import REVIEWS
from onboarding.models import Case, Presence, User

GONE = timedelta(seconds=60)  # a page that was not heard of for so long is closed; it speaks every 20 seconds
KEPT = timedelta(days=1)  # old rows say nothing


def note(case_id: int, user: User, *, active: bool) -> None:
    """The page of a case is open at `user`'s; `active`: they pressed a key or moved since it last said so."""
    now = timezone.now()
    values = {"seen_at": now, **({"active_at": now} if active else {})}
    if Presence.objects.filter(case_id=case_id, user=user).update(**values):
        return
    with transaction.atomic():
        # A new row is checked against its case when it is written for good. Whoever claims has locked the case before
        # they write this row: taken in another order, the two would wait for each other.
        Case.objects.select_for_update(no_key=True).only("pk").get(pk=case_id)
        Presence.objects.update_or_create(case_id=case_id, user=user, defaults=values)


def on(case: Case) -> list[Presence]:
    """Everybody who had this case open lately. One query."""
    return list(Presence.objects.filter(case=case).select_related("user").order_by("seen_at", "pk"))


def others(rows: list[Presence], user: User) -> list[User]:
    """Colleagues of `rows` who have the case open now."""
    then = timezone.now() - GONE
    return [row.user for row in rows if row.seen_at > then and row.user_id != user.pk]


def minutes_left(case: Case, rows: list[Presence]) -> int | None:
    """Whole minutes until this case goes back by itself, from when that is to be told on; None before."""
    active = next((row.active_at for row in rows if row.user_id == case.assigned_to_id), None)
    if not settings.REVIEW_IDLE_MINUTES or active is None or case.state not in REVIEWS:
        return None
    left = max(active, case.since) + timedelta(minutes=settings.REVIEW_IDLE_MINUTES) - timezone.now()
    told_from = timedelta(minutes=settings.REVIEW_IDLE_WARNING_MINUTES)
    return max(0, int(left.total_seconds() // 60)) if left <= told_from else None


def idle() -> QuerySet[Case]:
    """Cases under review whose holder has done nothing on them for REVIEW_IDLE_MINUTES."""
    before = timezone.now() - timedelta(minutes=settings.REVIEW_IDLE_MINUTES)
    taken = Case.objects.filter(state__in=REVIEWS, assigned_to__isnull=False, since__lte=before)
    return taken.annotate(active_at=_active()).filter(active_at__lte=before)


def unheard() -> QuerySet[Case]:
    """Cases under review that somebody has taken and whose holder was never seen on them: their clock starts now."""
    taken = Case.objects.filter(state__in=REVIEWS, assigned_to__isnull=False)
    return taken.annotate(active_at=_active()).filter(active_at=None)


def _active() -> Subquery:
    rows = Presence.objects.filter(case=OuterRef("pk"), user=OuterRef("assigned_to"))
    return Subquery(rows.values("active_at")[:1])


def forget() -> int:
    """Drop the presences of yesterday, but of those who hold the case; returns how many."""
    old = Presence.objects.filter(seen_at__lt=timezone.now() - KEPT)
    return old.exclude(case__assigned_to=F("user")).delete()[0]

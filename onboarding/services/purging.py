"""The purge: what the law lets us keep no longer is destroyed, and a signed tombstone says so.

A draft that was never handed in goes DRAFT_DAYS after its people last did something, or as soon as they ask for it;
a case that was handed in goes RETENTION_YEARS after its end. Entries stay as they are: without the case's key their
words are noise, and the chain still fits.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from onboarding import holdings
from onboarding.flow import ENDS, State
from onboarding.models import Case, CaseKey, Document, Entry, Erasure, Notice
from onboarding.rules import Who
from onboarding.services.errors import Refused
from onboarding.services.moves import advance, record
from onboarding.services.permissions import SYSTEM
from onboarding.services.shredding import shred
from onboarding.timeline.certificates import certificate

DRAFTS = (State.REGISTRATION, State.IDENTITY)
UNDO = timedelta(days=1)  # so long somebody can take a request for deletion back before anything is gone
DRAFT, ASKED, RETENTION = "draft", "asked", "retention"
_log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class Due:
    """A case that has to go, and why: "draft", "asked" or "retention"."""

    case: Case
    reason: str


def ten_years_after(day: datetime) -> datetime:
    """RETENTION_YEARS later; from the 29th of February on the 1st of March."""
    year = day.year + settings.RETENTION_YEARS
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, month=3, day=1)


def due(now: datetime) -> Iterator[Due]:
    """The cases to purge at `now`, drafts first."""
    asked = Erasure.objects.filter(
        taken_back_at=None, done_at=None, asked_at__lte=now - UNDO, user__memberships__merchant=OuterRef("merchant")
    )
    drafts = _drafts().annotate(asked=Exists(asked))
    old = Q(last_act__lte=now - timedelta(days=settings.DRAFT_DAYS))
    for draft in drafts.filter(old | Q(asked=True)).order_by("pk"):
        yield Due(draft, ASKED if draft.asked else DRAFT)
    for case in _handed_in().filter(state__in=ENDS, since__lte=_years_before(now)).order_by("pk"):
        if ten_years_after(case.since) <= now:
            yield Due(case, RETENTION)


def purge_date(case: Case) -> datetime | None:
    """When what we hold about this case goes; None while the case goes on."""
    last_act: datetime | None = _drafts().filter(pk=case.pk).values_list("last_act", flat=True).first()  # type: ignore[misc]
    if last_act is not None:
        asked = _asked(case)
        return min([last_act + timedelta(days=settings.DRAFT_DAYS), *([asked + UNDO] if asked else [])])
    return ten_years_after(case.since) if case.has_ended else None


def _asked(case: Case) -> datetime | None:
    """When one of the merchant's people asked for deletion; None when nobody did, or took it back."""
    rows = Erasure.objects.filter(taken_back_at=None, done_at=None, user__memberships__merchant=case.merchant_id)
    asked: datetime | None = rows.order_by("asked_at").values_list("asked_at", flat=True).first()
    return asked


def purge_due(now: datetime | None = None) -> list[Due]:
    """Purge what is due; returns what was. One case with a fault does not stop the others.

    A draft is withdrawn first and goes in a later run, when its people have been told by mail.
    """
    now, purged = now or timezone.now(), []
    for one in due(now):
        try:
            if one.case.state in DRAFTS:
                advance(one.case.pk, "withdraw", by=SYSTEM)
            elif not _mail_waits(one.case) and purge(one.case.pk, one.reason, now=now):
                purged.append(one)
        except Refused as refused:
            _log.warning("purge_refused", case=one.case.pk, error=type(refused).__name__)
    return purged


@transaction.atomic
def purge(case_id: int, reason: str, *, now: datetime) -> bool:
    """Destroy what is personal in one ended case, for good. False when somebody has done so, or it was reopened."""
    case = Case.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=case_id)
    if case.state not in ENDS or is_purged(case):
        return False
    last = not _unpurged().filter(merchant=case.merchant_id).exclude(pk=case.pk).exists()
    names = holdings.sealed_files(case)
    counts = {"documents": Document.objects.filter(case=case).count(), "files": len(names), "merchant": int(last)}
    record(case.pk, "purged", by=SYSTEM, data=certificate(case, reason, counts, now), public=False)
    CaseKey.objects.update_or_create(case=case, defaults={"wrapped": None, "destroyed_at": now})
    shred(names)
    holdings.forget_case(case)
    if last:
        holdings.forget_merchant(case)
    _log.info("case_purged", case=case.pk, reason=reason, files=len(names))
    return True


def is_purged(case: Case) -> bool:
    return CaseKey.objects.filter(case=case).exclude(destroyed_at=None).exists()


def _unpurged() -> QuerySet[Case]:
    unpurged: QuerySet[Case] = Case.objects.filter(key__destroyed_at=None)
    return unpurged


def _submitted() -> Exists:
    return Exists(Entry.objects.filter(case=OuterRef("pk"), verb="submit_identity"))


def _drafts() -> QuerySet[Case]:
    """Cases never handed in and not purged, with `last_act`: when a person last did something."""
    acts = Entry.objects.filter(case=OuterRef("pk")).exclude(role=Who.SYSTEM).order_by().values("case")
    newest = acts.annotate(newest=Max("at")).values("newest")
    rows = _unpurged().filter(state__in=(*DRAFTS, State.WITHDRAWN)).exclude(_submitted())
    drafts: QuerySet[Case] = rows.annotate(last_act=Subquery(newest)).filter(last_act__isnull=False)
    return drafts


def _handed_in() -> QuerySet[Case]:
    rows: QuerySet[Case] = _unpurged().filter(_submitted())
    return rows


def _years_before(now: datetime) -> datetime:
    """A little later than RETENTION_YEARS before `now`: narrows the search, leap days are weighed exactly above."""
    return now - timedelta(days=365 * settings.RETENTION_YEARS)


def _mail_waits(case: Case) -> bool:
    """Whether a message about this case is still to be sent."""
    waiting = (Notice.Outcome.DUE, Notice.Outcome.UNKNOWN)
    return Notice.objects.filter(entry__case=case, outcome__in=waiting).exists()

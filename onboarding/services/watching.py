"""Watch-lists: a file becomes a draft, a second person publishes it, everybody is compared, hits are decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.flow import ENDS, State
from onboarding.models import (
    Case,
    Membership,
    Merchant,
    Rescreening,
    User,
    WatchEntry,
    WatchHit,
    WatchList,
    WatchVerdict,
)
from onboarding.rules import Who
from onboarding.screening.watch_list import DAYS, refresh
from onboarding.services.errors import NotAllowed, NotNow, Refused
from onboarding.services.permissions import NAMED_IN_IT
from portal.celery import ring
from portal.storage import private_files

Status, Verdict = WatchList.Status, WatchHit.Verdict
OPEN = (Status.IMPORTING, Status.DRAFT)
NOT_ASKED_YET = (State.REGISTRATION, State.IDENTITY)  # they are compared when they are handed in

ONE_AT_A_TIME = _("A version of this list waits already. Publish it or throw it away first.")
FOUR_EYES = _("You uploaded this list. A colleague has to publish it.")
NOT_A_DRAFT = _("Only a draft can be published or thrown away.")
NOBODY = _("Nobody stands on this list. Upload it with its entries.")
NOT_YOURS = _("Only reviewers and risk officers decide this.")
ONLY_RISK = _("The number is the listed one. Only a risk officer may say that it is somebody else.")
ONLY_SENIORS = _("Only a senior reviewer or a risk officer opens a decided match again.")
SAME_AGAIN = _("This is what was decided already.")
OPEN_ALREADY = _("The same match is open already.")
SAY_WHY = _("Say why: it is kept with the verdict.")


# Lists -----------------------------------------------------------------------------------------------------------


def upload_list(data: bytes, *, by: User, fields: Mapping[str, Any]) -> WatchList:
    """Keep the file and write the row from which a worker reads it. `fields`: code, name, source, nearness.

    Raises Refused while another version of the list waits.
    """
    newest = WatchList.objects.filter(code=fields["code"]).aggregate(newest=models.Max("version"))["newest"] or 0
    row = WatchList(**fields, version=newest + 1, uploaded_by=by)
    row.file = private_files.save(data, row.context)
    try:
        with transaction.atomic():
            row.save()
            transaction.on_commit(ring_import)
    except IntegrityError:
        private_files.delete(row.file)
        raise Refused(ONE_AT_A_TIME) from None
    return row


def publish_list(list_id: int, *, by: User) -> WatchList:
    """Publish a draft; the version before it is superseded, and everybody with us will be compared with it.

    Raises NotAllowed (who uploaded it), NotNow (no draft) or Refused (nobody on it).
    """
    with transaction.atomic():
        row = WatchList.objects.select_for_update(of=("self",)).get(pk=list_id)
        if by.pk == row.uploaded_by_id:
            raise NotAllowed(FOUR_EYES)
        if row.status != Status.DRAFT:
            raise NotNow(NOT_A_DRAFT)
        if not row.entries.exists():
            raise Refused(NOBODY)
        WatchList.objects.filter(code=row.code, status=Status.PUBLISHED).update(status=Status.SUPERSEDED)
        row.status, row.published_by, row.published_at = Status.PUBLISHED, by, timezone.now()
        row.save(update_fields=["status", "published_by", "published_at"])
        Rescreening.objects.create(watchlist=row, total=with_us().count())
        transaction.on_commit(ring_rescreen)
    return row


def discard_list(list_id: int) -> WatchList:
    """Throw a draft or a refused file away, with its entries. Raises NotNow."""
    with transaction.atomic():
        row = WatchList.objects.select_for_update(of=("self",)).get(pk=list_id)
        if row.status not in (Status.DRAFT, Status.REFUSED):
            raise NotNow(NOT_A_DRAFT)
        WatchEntry.objects.filter(watchlist=row).delete()
        row.status = Status.DISCARDED
        row.save(update_fields=["status"])
    return row


def with_us() -> QuerySet[Merchant]:
    """Merchants with a case that was handed in and has not ended."""
    going = Case.objects.filter(merchant=models.OuterRef("pk")).exclude(state__in=(*NOT_ASKED_YET, *ENDS))
    return Merchant.objects.filter(models.Exists(going))


def clear_by(row: WatchList) -> datetime:
    """Until when those who are with us have to be decided."""
    return (row.published_at or timezone.now()) + timedelta(days=DAYS)


def ring_import() -> None:
    ring("onboarding.import_lists")


def ring_rescreen() -> None:
    ring("onboarding.rescreen")


# Hits ------------------------------------------------------------------------------------------------------------


def decide_hit(hit_id: int, verdict: str, why: str, *, by: User) -> WatchHit:
    """Say whether it is them; `verdict` "open" takes a verdict back. Raises NotAllowed, NotNow or Refused."""
    if not why.strip():
        raise Refused(SAY_WHY)
    with transaction.atomic():
        hit = WatchHit.objects.select_for_update(of=("self",)).select_related("case").get(pk=hit_id)
        if sentence := hit_barred(hit, verdict, by):
            raise NotAllowed(sentence)
        if hit.verdict == verdict:
            raise NotNow(SAME_AGAIN)
        if verdict == Verdict.OPEN and _twins(hit).open().exists():
            raise NotNow(OPEN_ALREADY)
        hit.verdict = verdict
        hit.save(update_fields=["verdict"])
        WatchVerdict.objects.create(hit=hit, verdict=verdict, by=by, why=why.strip())
        refresh(hit.case)
    return hit


def hit_barred(hit: WatchHit, verdict: str, by: User) -> Any | None:
    """Why `by` may not give this verdict; None means they may."""
    if not by.is_active or not by.has_perm("onboarding.change_watchhit"):
        return NOT_YOURS
    if hit.case.opened_by_id == by.pk or Membership.objects.filter(user=by, merchant=hit.merchant_id).exists():
        return NAMED_IN_IT
    if verdict == Verdict.CLEARED and hit.is_exact and not (by.is_superuser or by.plays(Who.RISK_OFFICER)):
        return ONLY_RISK
    if verdict == Verdict.OPEN and not (by.is_superuser or by.plays(Who.RISK_OFFICER, Who.SENIOR_REVIEWER)):
        return ONLY_SENIORS
    return None


def _twins(hit: WatchHit) -> Any:
    """Hits of the same subject and entry."""
    return WatchHit.objects.filter(
        merchant=hit.merchant_id, subject=hit.subject, code=hit.code, number=hit.number
    ).exclude(pk=hit.pk)

"""Comparing everybody with us with a list that was published, batch by batch; and reminding those who decide the hits.

After each batch the row says how far it came, so that a killed worker's successor goes on there.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import structlog
from celery import shared_task
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from onboarding.flow import ENDS
from onboarding.models import Case, Merchant, Person, Rescreening, User, WatchHit, WatchKey, WatchList
from onboarding.notices import MAIL, tell
from onboarding.rules import Who
from onboarding.screening.watch_list import refresh
from onboarding.screening.watching import matches, open_hits, subjects
from onboarding.services.watching import NOT_ASKED_YET, clear_by, with_us
from onboarding.tasks.claiming import claim, confirm, wait, within

AT_ONCE = 200  # merchants of one batch
BUDGET = 40  # seconds after which no further batch is begun
REMIND = timedelta(days=3)  # before a hit is due
RING = "watch_due"
DECIDERS = (Who.RISK_OFFICER, Who.SENIOR_REVIEWER)
Outcome = Rescreening.Outcome
_log = structlog.get_logger(__name__)


@shared_task(name="onboarding.rescreen", time_limit=Rescreening.TIME_LIMIT, soft_time_limit=Rescreening.TIME_LIMIT - 10)
def rescreen() -> int:
    """Go on with what is due, then remind; returns how many merchants were compared."""
    compared = 0
    for _tick in within(BUDGET):
        claimed = claim(Rescreening.objects.filter(outcome=Outcome.DUE).select_related("watchlist"), 1)
        if not claimed:
            break
        compared += _tried(claimed[0])
    remind_hits()
    return compared


def _tried(row: Rescreening) -> int:
    if row.attempts > Rescreening.MAX_ATTEMPTS:  # the same batch has failed every time
        confirm(row, outcome=Outcome.FAILED)
        return 0
    try:
        return _batch(row)
    except Exception as error:  # the row is given back, with a pause; others go on
        _log.error("rescreening_failed", row=row.pk, error=type(error).__name__)  # no personal values
        confirm(row, due_at=wait(row.attempts))
        return 0


def _batch(row: Rescreening) -> int:
    """The next merchants; the last batch finds none and ends it. A list that was superseded meanwhile ends as well."""
    standing = row.watchlist.status == WatchList.Status.PUBLISHED
    merchants = list(with_us().filter(pk__gt=row.position).order_by("pk")[:AT_ONCE]) if standing else []
    if not merchants:
        _forget_old_keys(row.watchlist)
        confirm(row, outcome=Outcome.DONE)
        return 0
    _compare(merchants, row.watchlist)
    confirm(row, position=merchants[-1].pk, done=row.done + len(merchants), attempts=0)
    return len(merchants)


def _compare(merchants: list[Merchant], listed: WatchList) -> None:
    persons = defaultdict(list)
    for person in Person.objects.filter(merchant__in=merchants).order_by("pk"):
        persons[person.merchant_id].append(person)
    found = [one for merchant in merchants for one in subjects(merchant, persons[merchant.pk])]
    matched = matches(found, [listed.pk])
    cases = _cases({one.subject.merchant_id for one in matched})
    with transaction.atomic():
        open_hits((one for one in matched if one.subject.merchant_id in cases), cases, clear_by(listed))
        for case in cases.values():
            refresh(case)


def _cases(merchants: set[int]) -> dict[int, Case]:
    """The newest case of each that goes on."""
    rows = Case.objects.filter(merchant__in=merchants).exclude(state__in=(*NOT_ASKED_YET, *ENDS))
    return {case.merchant_id: case for case in rows.order_by("pk")}


def _forget_old_keys(row: WatchList) -> None:
    """Nobody looks anything up in a superseded version."""
    WatchKey.objects.filter(watchlist__code=row.code, watchlist__status=WatchList.Status.SUPERSEDED).delete()


# Reminders -------------------------------------------------------------------------------------------------------


def remind_hits() -> int:
    """One mail to each who decides, about all hits that fall due soon; returns about how many hits."""
    with transaction.atomic():
        due = list(_soon().select_for_update(skip_locked=True).order_by("due_at", "pk")[:AT_ONCE])
        if not due:
            return 0
        WatchHit.objects.filter(pk__in=[hit.pk for hit in due]).update(reminded_at=timezone.now())
        for user in User.objects.filter(groups__name__in=DECIDERS, is_active=True).exclude(email="").distinct():
            _remind(user, due)
    return len(due)


def _soon() -> QuerySet[WatchHit]:
    return WatchHit.objects.open().filter(reminded_at=None, due_at__lte=timezone.now() + REMIND)


def _remind(user: User, due: list[WatchHit]) -> None:
    """How many, and nothing of whom: a mail is read on many screens."""
    tell(
        RING, key=f"{RING}:{due[0].pk}:{user.pk}", channel=MAIL, address=user.email, language=user.language,
        recipient=user, context={"number": len(due), "days": REMIND.days},
    )  # fmt: skip

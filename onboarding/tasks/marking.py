"""The marks of pages, by which the same picture is known again: of new ones at once, of old ones a few each minute."""

from __future__ import annotations

from celery import shared_task
from django.db.models import Min, QuerySet

from onboarding.models import Page, PageMark
from onboarding.screening import lookalikes
from onboarding.tasks.claiming import within
from portal.storage import Unreachable

BUDGET = 20  # seconds
AT_ONCE = 20  # pages; each takes some milliseconds
OLD = 50  # pages from before there were marks, each minute


@shared_task(name="onboarding.marks", time_limit=60, soft_time_limit=50)
def marks() -> int:
    """Mark the pages that wait; returns how many. Twice at once does the work twice and writes it once."""
    done, away = 0, set[int]()
    for _tick in within(BUDGET):
        waiting = list(_waiting().exclude(page__in=away)[:AT_ONCE])
        away |= {row.pk for row in waiting if not _marked(row)}
        done += len(waiting)
        if len(waiting) < AT_ONCE:
            break
    _enrol_old()
    return done - len(away)


def _marked(row: PageMark) -> bool:
    """False while the store does not give the page: it waits for the next run."""
    try:
        lookalikes.keep(row.page, lookalikes.opened(row.page, row.page.thumbnail))
    except Unreachable:
        return False
    return True


def _waiting() -> QuerySet[PageMark]:
    return PageMark.objects.filter(bits=None).select_related("page__document").order_by("page")


def _enrol_old() -> None:
    """Every new page has its row: whatever is older than the oldest row has none yet."""
    first = PageMark.objects.aggregate(first=Min("page"))["first"]
    older = Page.objects.filter(pk__lt=first) if first else Page.objects.all()
    pages = older.order_by("-pk").values_list("pk", flat=True)[:OLD]
    PageMark.objects.bulk_create([PageMark(page_id=page) for page in pages], ignore_conflicts=True)

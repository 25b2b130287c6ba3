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
OUTDATED = 400  # marks of an older version made anew, each minute and within the budget


@shared_task(name="onboarding.marks", time_limit=60, soft_time_limit=50)
def marks() -> int:
    """Mark the pages that wait, then those of an older version; returns how many.

    Twice at once does the work twice and writes it once.
    """
    done = _worked(_waiting()) + _worked(_outdated(), OUTDATED)
    _enrol_old()
    return done


def _worked(rows: QuerySet[PageMark], most: int | None = None) -> int:
    """How many of them were marked within the budget; what the store does not give waits for the next run."""
    done, away = 0, set[int]()
    for _tick in within(BUDGET):
        some = list(rows.exclude(page__in=away)[:AT_ONCE])
        left = {row.pk for row in some if not _marked(row)}
        done, away = done + len(some) - len(left), away | left
        if len(some) < AT_ONCE or (most and done >= most):
            break
    return done


def _marked(row: PageMark) -> bool:
    """False while the store does not give the page."""
    try:
        lookalikes.keep(row.page, lookalikes.opened(row.page, row.page.thumbnail))
    except Unreachable:
        return False
    return True


def _waiting() -> QuerySet[PageMark]:
    return PageMark.objects.filter(bits=None).select_related("page__document").order_by("page")


def _outdated() -> QuerySet[PageMark]:
    """The newest pages first: those are asked for most. It goes on where it stopped."""
    return lookalikes.outdated().select_related("page__document").order_by("-page")


def _enrol_old() -> None:
    """Every new page has its row: whatever is older than the oldest row has none yet."""
    first = PageMark.objects.aggregate(first=Min("page"))["first"]
    older = Page.objects.filter(pk__lt=first) if first else Page.objects.all()
    pages = older.order_by("-pk").values_list("pk", flat=True)[:OLD]
    PageMark.objects.bulk_create([PageMark(page_id=page) for page in pages], ignore_conflicts=True)

"""The marks of pages, by which the same picture is known again: of new ones at once, of old ones a few each minute."""

from __future__ import annotations

from celery import shared_task
from django.db.models import Min, QuerySet

from onboarding.models import Page, PageMark
from onboarding.screening import lookalikes
from onboarding.tasks.claiming import within

BUDGET = 20  # seconds
AT_ONCE = 20  # pages; each takes some milliseconds
OLD = 50  # pages from before there were marks, each minute
OUTDATED = 400  # marks of an older version made anew, each minute and within the budget


@shared_task(name="onboarding.marks", time_limit=60, soft_time_limit=50)
def marks() -> int:
    """Mark the pages that wait; returns how many. Twice at once does the work twice and writes it once."""
    done = 0
    for _tick in within(BUDGET):
        waiting = _made(_waiting()[:AT_ONCE])
        done += waiting
        if waiting < AT_ONCE:
            done += _renewed()
            break
    _enrol_old()
    return done


def _made(rows: QuerySet[PageMark]) -> int:
    for row in rows:
        lookalikes.keep(row.page, lookalikes.picture(row.page, row.page.thumbnail))
    return len(rows)


def _waiting() -> QuerySet[PageMark]:
    return PageMark.objects.filter(bits=None).select_related("page__document").order_by("page")


def _renewed() -> int:
    """Marks of an older version, the newest pages first: those are asked for most. It goes on where it stopped."""
    rows, done = lookalikes.outdated().select_related("page__document").order_by("-page"), 0
    for _tick in within(BUDGET):
        some = _made(rows[:AT_ONCE])
        done += some
        if some < AT_ONCE or done >= OUTDATED:
            break
    return done


def _enrol_old() -> None:
    """Every new page has its row: whatever is older than the oldest row has none yet."""
    first = PageMark.objects.aggregate(first=Min("page"))["first"]
    older = Page.objects.filter(pk__lt=first) if first else Page.objects.all()
    pages = older.order_by("-pk").values_list("pk", flat=True)[:OLD]
    PageMark.objects.bulk_create([PageMark(page_id=page) for page in pages], ignore_conflicts=True)

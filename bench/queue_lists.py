"""The measured part of queue_pages.py. Needs django.setup() before, and an empty PostgreSQL."""

from __future__ import annotations

import functools
import statistics
import time
from collections.abc import Callable

from django.contrib import admin
from django.core.management import call_command
from django.core.paginator import Paginator
from django.db import connection
from django.test import RequestFactory

from onboarding.admin.case import CaseAdmin
from onboarding.flow import REVIEWS
from onboarding.models import Case, User
from portal import by_key
from tests import make, people

TURNS, A_PAGE = 15, CaseAdmin.list_per_page
OTHERS = ("live", "ordering", "application", "closed")
Work = Callable[[], object]


class Stock(admin.ModelAdmin):
    """The same list as Django's own admin makes it."""

    list_display = CaseAdmin.list_display
    list_filter = CaseAdmin.list_filter
    list_select_related = CaseAdmin.list_select_related
    search_fields = CaseAdmin.search_fields
    ordering = ("due_at", "id")
    list_per_page = A_PAGE
    change_list_template = "admin/change_list.html"
    business, promise = CaseAdmin.business, CaseAdmin.promise


def measure(*sizes: int) -> None:
    call_command("migrate", verbosity=0)
    reader = people.reviewer()
    for size in sorted(sizes):
        fill(size - Case.objects.filter(state__in=REVIEWS).count(), reader)
        report(size, reader)


def fill(more: int, reader: User) -> None:
    """So many more waiting cases among as many others, then what a database does by itself at night."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no guards: these cases have no past
        make.many_cases(2 * more, [*REVIEWS, *OTHERS], reader)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def report(size: int, reader: User) -> None:
    rows = Case.objects.visible_to(reader).filter(state__in=REVIEWS).select_related("merchant", "assigned_to")
    last = size // A_PAGE
    begins = rows.by_promise()[size - 2 * A_PAGE].due_at
    deep = {by_key.AFTER: by_key.page(rows.filter(due_at__gte=begins), by_key.BY_PROMISE, {}, A_PAGE).next}
    print(f"\n{size:,} of {Case.objects.count():,} cases wait; median of {TURNS} turns")
    print(f"{'':28}{'by key':>10}{'stock':>10}{'ratio':>8}")
    for name, asked, number in (("first page", {}, 1), (f"page {last:,}", deep, last)):
        same([one.pk for one in ours(rows, asked)], [one.pk for one in stock(rows, number)])
        mine, theirs = page(CaseAdmin, reader, asked), page(Stock, reader, {"p": number})
        by_ours, by_stock = functools.partial(ours, rows, asked), functools.partial(stock, rows, number)
        line(f"{name}: rows", in_database, by_ours, by_stock)
        line(f"{name}: all queries", in_database, mine, theirs)
        line(f"{name}: as it is sent", seconds, mine, theirs)


def ours(rows, asked: dict[str, str]) -> list[Case]:
    return by_key.page(rows, by_key.BY_PROMISE, asked, A_PAGE).rows


def stock(rows, number: int) -> list[Case]:
    """As ChangeList.get_results does it."""
    paginator = Paginator(rows.order_by("due_at", "id"), A_PAGE)
    paginator.count, Case.objects.count()  # both ask the database
    return list(paginator.page(number).object_list)


def same(ours: list[int], stock: list[int]) -> None:
    if ours != stock:
        raise SystemExit("The two lists do not show the same page.")


def page(of: type[admin.ModelAdmin], reader: User, asked: dict[str, object]) -> Work:
    shown = of(Case, admin.site)
    request = RequestFactory().get("/admin/onboarding/case/", asked)
    request.user = reader

    def sent() -> object:
        answer = shown.changelist_view(request)
        return answer.render() if answer.status_code == 200 else same([], [0])

    return sent


def line(name: str, clock: Callable[[Work], float], ours: Work, stock: Work) -> None:
    """Both warm, then in turns."""
    ours(), stock()
    laps = [(clock(ours), clock(stock)) for _turn in range(TURNS)]
    mine, theirs = (statistics.median(one) * 1000 for one in zip(*laps, strict=True))
    ratio = statistics.median(their / my for my, their in laps)
    print(f"{name:28}{mine:>7.1f} ms{theirs:>7.1f} ms{ratio:>8.1f}", flush=True)


def seconds(work: Work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_database(work: Work) -> float:
    """Seconds until the answers have come, without what Python makes of them."""
    spent = []

    def note(execute, *statement):
        began = time.perf_counter()
        answer = execute(*statement)
        spent.append(time.perf_counter() - began)
        return answer

    with connection.execute_wrapper(note):
        work()
    return sum(spent)

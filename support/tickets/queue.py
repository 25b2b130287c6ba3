"""The tickets that wait for us, by promise date."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from onboarding.models import User
from onboarding.pages import person
from support.models import Ticket
from support.services import may
from support.tickets.forms import QueueForm
from support.tickets.showing import PER_PAGE, number, page, tone


@login_required
@require_safe
def desk_tickets(request: HttpRequest) -> HttpResponse:
    """The queue with its filters; a search looks through all tickets, newest first."""
    user = person(request)
    if not (user.works_here and may(user, "view")):
        raise Http404
    form = QueueForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "show": ""}
    rows = Ticket.objects.visible_to(user).select_related("case__merchant", "assigned_to")
    found, older = _found(rows, wanted, user, request) if form.is_valid() else ([], {})
    pairs = [(ticket, tone(ticket, staff=True)) for ticket in found]
    return render(
        request, "support/tickets/queue.html", {"form": form, "pairs": pairs, "older_url": _url(wanted, older)}
    )


def _found(
    rows: QuerySet[Ticket], wanted: dict[str, Any], user: User, request: HttpRequest
) -> tuple[list[Ticket], dict[str, int]]:
    """(one page, what the address of the next one needs more)."""
    if wanted["q"] or wanted["show"] == "all":
        found, before = page(_matching(rows, wanted["q"].strip()), request)
        return found, {"before": before} if before else {}
    return _by_promise(FILTERS[wanted["show"]](rows, user), number(request, "after"))


FILTERS: dict[str, Any] = {
    "": lambda rows, user: rows.ours(),
    "mine": lambda rows, user: rows.ours().filter(assigned_to=user),
    "free": lambda rows, user: rows.ours().filter(assigned_to=None),
    "late": lambda rows, user: rows.late(),
}


def _by_promise(rows: QuerySet[Ticket], after: int | None) -> tuple[list[Ticket], dict[str, int]]:
    """The next to be due first; `after` is the last ticket of the page before."""
    last = Ticket.objects.filter(pk=after).only("due_at").first() if after else None
    if last and last.due_at:
        rows = rows.filter(Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, pk__gt=last.pk))
    found = list(rows.order_by("due_at", "pk")[: PER_PAGE + 1])
    more = len(found) > PER_PAGE
    return found[:PER_PAGE], {"after": found[PER_PAGE - 1].pk} if more else {}


def _matching(rows: QuerySet[Ticket], words: str) -> QuerySet[Ticket]:
    number = words.upper()
    if number.startswith(("TK-", "KT-")):
        return rows.filter(Q(ref=number) | Q(case__ref=number))
    names = Q(case__merchant__name__icontains=words) | Q(case__merchant__short_name__icontains=words)
    return rows.filter(Q(subject__icontains=words) | names) if words else rows


def _url(wanted: dict[str, Any], older: dict[str, int]) -> str:
    return f"?{urlencode({**wanted, **older})}" if older else ""

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
from portal import by_key
from support.models import Ticket
from support.services import may
from support.tickets.forms import QueueForm
from support.tickets.showing import PER_PAGE, page, tone


@login_required
@require_safe
def desk_tickets(request: HttpRequest) -> HttpResponse:
    """The queue with its filters; a search looks through all tickets, newest first."""
    user = person(request)
    if not (user.works_here and may(user, "view")):
        raise Http404
    form = QueueForm(request.GET)
    found, beside = _found(form.cleaned_data, user, request) if form.is_valid() else ([], {})
    pairs = [(ticket, tone(ticket, staff=True)) for ticket in found]
    return render(request, "support/tickets/queue.html", {"form": form, "pairs": pairs, **beside})


def _found(wanted: dict[str, Any], user: User, request: HttpRequest) -> tuple[list[Ticket], dict[str, str]]:
    """(one page, the addresses of those beside it)."""
    rows = Ticket.objects.visible_to(user).select_related("case__merchant", "assigned_to")
    if wanted["q"] or wanted["show"] == "all":
        found, before = page(_matching(rows, wanted["q"].strip()), request)
        return found, {"older_url": f"?{urlencode({**wanted, 'before': before})}"} if before else {}
    by_promise = by_key.page(FILTERS[wanted["show"]](rows, user), by_key.BY_PROMISE, request.GET, PER_PAGE)
    return by_promise.rows, by_promise.urls(wanted)


FILTERS: dict[str, Any] = {
    "": lambda rows, user: rows.ours(),
    "mine": lambda rows, user: rows.ours().filter(assigned_to=user),
    "free": lambda rows, user: rows.ours().filter(assigned_to=None),
    "late": lambda rows, user: rows.late(),
}


def _matching(rows: QuerySet[Ticket], words: str) -> QuerySet[Ticket]:
    number = words.upper()
    if number.startswith(("TK-", "KT-")):
        return rows.filter(Q(ref=number) | Q(case__ref=number))
    names = Q(case__merchant__name__icontains=words) | Q(case__merchant__short_name__icontains=words)
    return rows.filter(Q(subject__icontains=words) | names) if words else rows

"""Dispatch: which shops wait for a visit, and who goes when."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from devices import services
from devices.doors import attempt, open_to
from devices.flow import Phase, VisitState
from devices.models import Rollout, Visit
from devices.rollouts.forms import VisitForm
from onboarding.flow import State
from onboarding.models import User
from onboarding.pages import person

SHOWN = 60
OPEN = (VisitState.PLANNED, VisitState.CHECKED_IN)


def waiting() -> QuerySet[Rollout]:
    """Paid for, and neither booked nor done in the present attempt; the longest waiting first."""
    going = Visit.objects.filter(rollout=OuterRef("pk"), attempt=OuterRef("attempt")).exclude(state=VisitState.FAILED)
    rows = Rollout.objects.filter(~Exists(going), state__in=(Phase.DELIVERY, Phase.INSTALLATION))
    rows = rows.exclude(case__state=State.SUSPENDED).select_related("case__merchant", "store")
    return rows.order_by("case__due_at", "pk")[:SHOWN]


@open_to("book_visit", "view_visit")
@require_GET
def dispatch(request: HttpRequest) -> HttpResponse:
    """Shops that wait, and the visits ahead."""
    visits = Visit.objects.visible_to(request.user).filter(state__in=OPEN)
    visits = visits.select_related("technician", "rollout__case__merchant", "rollout__store").order_by("starts_at")
    context = {"waiting": waiting(), "visits": visits[:SHOWN]}
    return render(request, "devices/rollouts/dispatch.html", context)


@open_to("book_visit")
@require_http_methods(["GET", "POST"])
def book_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Technician and window for one shop; a planned visit is moved."""
    rollout = get_object_or_404(
        Rollout.objects.visible_to(request.user).select_related("case__merchant", "store"), pk=pk
    )
    form = VisitForm(request.POST if request.method == "POST" else None, initial=_initial(rollout))
    if form.is_valid() and attempt(request, lambda: _booked(rollout, form, person(request)), _("The visit is booked.")):
        return redirect("dispatch")
    return render(request, "devices/rollouts/book_visit.html", {"form": form, "rollout": rollout})


def _initial(rollout: Rollout) -> dict[str, Any]:
    """The planned visit, or tomorrow; who carries the terminals goes."""
    visit = rollout.visits.filter(state=VisitState.PLANNED).first()
    if visit:
        starts = timezone.localtime(visit.starts_at)
        return {"technician": visit.technician_id, "day": starts.date(), "window": f"{starts:%H:%M}"}
    order = rollout.orders.exclude(carried_by=None).order_by("-pk").first()
    day = timezone.localdate() + datetime.timedelta(days=1)
    return {"day": day, "technician": order.carried_by_id if order else None}


def _booked(rollout: Rollout, form: VisitForm, by: User) -> None:
    starts_at, ends_at = form.window_of()
    technician = form.cleaned_data["technician"]
    services.book_visit(rollout.pk, technician=technician, starts_at=starts_at, ends_at=ends_at, by=by)

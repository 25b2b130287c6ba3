"""The queue of possible matches, and the page on which one is decided. Who may not know of them finds nothing (404)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from desk.doors import staff_only
from desk.watch import showing
from desk.watch.forms import QueueForm, VerdictForm
from onboarding.models import User, WatchHit
from onboarding.pages import person
from onboarding.services import Refused
from onboarding.services.watching import decide_hit
from portal import by_key

Verdict = WatchHit.Verdict
SAID: dict[str, Any] = {
    Verdict.CLEARED: _("Kept: it is somebody else."),
    Verdict.CONFIRMED: _(
        "Kept: it is them. The case is rejected, or suspended by a risk officer. Do not tell the merchant."
    ),
    Verdict.OPEN: _("It is open again."),
}


def decider(request: HttpRequest) -> User:
    """Somebody who may know of matches; others find nothing (404)."""
    user = person(request)
    if not user.has_perm("onboarding.view_watchhit"):
        raise Http404
    return user


@staff_only
@require_safe
@never_cache
def watch_queue(request: HttpRequest) -> HttpResponse:
    """What has to be decided, the next to be due first."""
    user, form = decider(request), QueueForm(request.GET)
    page = showing.queue(user, form.cleaned_data, request.GET) if form.is_valid() else by_key.Page([], "", "")
    lines = [showing.line(hit) for hit in page.rows]
    return render(request, "desk/watch/queue.html", {"form": form, "lines": lines, **page.urls(request.GET)})


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def watch_hit(request: HttpRequest, pk: int) -> HttpResponse:
    """One possible match; POST says who it is."""
    user = decider(request)
    hit = get_object_or_404(showing.rows(user).prefetch_related("entry__identifiers"), pk=pk)
    offered = showing.offered(hit, user)
    form = VerdictForm(request.POST if request.method == "POST" else None, offered=offered)
    if request.method == "POST" and form.is_valid() and _decided(request, hit, form, user):
        return redirect("watch_hit", hit.pk)
    context = {**showing.page(hit, user), "form": form if offered else None}
    return render(request, "desk/watch/hit.html", context, status=422 if request.method == "POST" else 200)


def _decided(request: HttpRequest, hit: WatchHit, form: VerdictForm, user: User) -> bool:
    verdict = form.cleaned_data["verdict"]
    try:
        decide_hit(hit.pk, verdict, form.cleaned_data["why"], by=user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, SAID[verdict])
    return True

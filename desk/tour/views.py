"""The tour. Strangers read it: whom to sign in as stands on it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.tour.tries import TOURS


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """404 where real parties are connected: there are no such accounts there."""
    if not settings.EMBEDDED:
        raise Http404
    return render(request, "desk/tour/tour.html", {"tours": TOURS})

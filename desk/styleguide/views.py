"""Every part of our pages in every state, drawn from the real templates. In DEBUG only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.styleguide import samples
from desk.styleguide.forms import EveryWidget, Signature

WRONG = {"text": "", "number": "0", "mail": "liu@", "day": "yesterday", "hour": "25"}


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """404 in production: it is for those who build pages."""
    if not settings.DEBUG:
        raise Http404
    context = {
        **samples.everything(),
        "form": EveryWidget(prefix="right", initial={"text": "小满面馆", "number": 1}),
        "wrong": EveryWidget({f"wrong-{name}": value for name, value in WRONG.items()}, prefix="wrong"),
        "signature": Signature()["signature"],
    }
    return render(request, "desk/styleguide.html", context)

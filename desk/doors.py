"""Who finds the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from onboarding.pages import person

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Sign in first; who does not work here finds nothing (404)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not person(request).works_here:
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)

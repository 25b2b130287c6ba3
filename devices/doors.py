"""What the staff pages here share: who finds them, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from onboarding.pages import person, refusal
from onboarding.services import Refused

View = Callable[..., HttpResponse]


def open_to(*permissions: str) -> Callable[[View], View]:
    """Sign in first; whoever has none of these permissions of devices finds nothing here (404)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(person(request).has_perm(f"devices.{permission}") for permission in permissions):
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return guard


def attempt(request: HttpRequest, act: Callable[[], Any], said: Any = "") -> bool:
    """Do it and say so; a refusal becomes messages, one per sentence. True when it was done."""
    try:
        act()
    except Refused as refused:
        for sentence in refusal(refused, person(request)):
            messages.error(request, sentence)
        return False
    if said:
        messages.success(request, said)
    return True

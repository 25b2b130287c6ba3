"""What somebody has typed into a page and not yet saved: kept, sealed, under the person and the page, on no device.

Pages save with "next"; this is for the tab closed before it, the battery, the lost connection. A week, then gone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from allauth.core.ratelimit import consume_or_429
from django import forms
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from onboarding.models import User
from onboarding.pages import get_case, person
from portal import crypto, held

KEPT = 7 * 24 * 3600  # seconds
CONTEXT = "draft"  # place of the ciphertext
PAGES = ("registration", "identity_", "application_", "order", "open_ticket")  # what the names of such pages begin with
OWN = ("path", "csrfmiddlewaretoken")  # fields that are not the form's


@login_required
@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep the fields of the page `path`. 204; 404 for a page that is none of theirs."""
    refused: HttpResponse | None = consume_or_429(request, action="keep_draft", user=request.user)
    if refused:
        return refused
    path = request.POST.get("path", "")
    _checked(request, path)
    fields = {name: value for name, value in held.readable(request) if name not in OWN}
    cache.set(_key(person(request), path), crypto.encrypt(json.dumps(fields).encode(), CONTEXT), KEPT)
    return HttpResponse(status=204)


def restore(request: HttpRequest, form: forms.Form) -> bool:
    """Put what was typed here before into a form that is not sent yet; True when there was something."""
    token = None if form.is_bound else cache.get(_key(person(request), request.path))
    if not token:
        return False
    typed: Mapping[str, str] = json.loads(crypto.decrypt(token, CONTEXT))
    known = {name: typed[sent] for name in form.fields if (sent := form.add_prefix(name)) in typed}
    if known:  # else it was another form of this page
        boxes = {name for name, field in form.fields.items() if isinstance(field.widget, forms.CheckboxInput)}
        form.initial.update({name: value for name, value in known.items() if name not in boxes})
        form.initial.update({name: name in known for name in boxes})
    return bool(known)


def forget(request: HttpRequest, path: str = "") -> None:
    """The page (this one, or the one at `path`) was saved."""
    cache.delete(_key(person(request), path or request.path))


def _key(user: User, path: str) -> str:
    return f"draft:{user.pk}:{path}"


def _checked(request: HttpRequest, path: str) -> Any:
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404 from None
    if not str(match.url_name).startswith(PAGES) or "ref" not in match.kwargs:
        raise Http404
    return get_case(request, match.kwargs["ref"])

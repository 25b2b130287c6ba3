"""A person's own account: what it holds, where it is signed in, and what was interrupted."""

from __future__ import annotations

import math
import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.views import PasswordSetView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onboarding.pages import person
from onboarding.registration import account_page, limits, sessions
from portal import held

CODE_COUNTS = 600  # seconds after entering a code during which a forgotten password may be replaced


@require_GET
@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Ways in, addresses, language, second factor, and where one is signed in."""
    user = person(request)
    context = {"answers": account_page.answers(user), "places": sessions.places(user)}
    return render(request, "account/account.html", context)


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out in one place."""
    row = get_object_or_404(UserSession, pk=pk, user=person(request))
    sessions.end(request, row)
    messages.success(request, _("Signed out there."))
    return redirect("account" if request.user.is_authenticated else "account_login")


@method_decorator(login_required, name="dispatch")
class NewPassword(PasswordSetView):  # type: ignore[misc]  # allauth has no types
    """A new password for somebody who has just come in with a code, because they forgot the old one."""

    template_name = "account/password_new.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = person(request)
        if not came_by_code(request):
            return redirect("account_change_password" if user.has_usable_password() else "account_set_password")
        # PasswordSetView would lead whoever has a password to changing it, which asks for the old one.
        response: HttpResponseBase = super(PasswordSetView, self).dispatch(request, *args, **kwargs)
        return response


def came_by_code(request: HttpRequest) -> bool:
    """True within ten minutes of entering a code from an SMS in this session."""
    records = get_authentication_records(request, person(request))
    codes = [record["at"] for record in records if record["method"] == "code"]
    return bool(codes) and time.time() - codes[-1] < CODE_COUNTS


@never_cache
@login_required
def resume(request: HttpRequest) -> HttpResponse:
    """What was sent after the session had ended: shown again, to be sent with one press. Nothing else is kept."""
    found = held.take(request)
    if found is None:
        return redirect("home")
    return render(request, "account/resume.html", {"held": found})


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries, and when the next one counts."""
    seconds = limits.longest_wait(request) or 60
    context = {"sentence": limits.sentence(seconds), "minutes": math.ceil(seconds / 60)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response

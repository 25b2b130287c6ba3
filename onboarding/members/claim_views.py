"""The page behind the link of an invitation."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onboarding.members import claiming, invitations
from onboarding.members.forms import CodeForm
from onboarding.models import Invitation, Membership, User
from onboarding.pages import start_page
from onboarding.services import Refused, codes


@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, key: str) -> HttpResponse:
    """Who asks whom, then a code to the invited address, then on to the case."""
    found = invitations.find(key)
    if not found.is_open:
        return _closed(request, found)
    if request.method == "GET":
        return _page(request, found, CodeForm())
    if "send" in request.POST:
        return _send(request, found)
    form = CodeForm(request.POST)
    if form.is_valid():
        code, sentence = codes.check(claiming.purpose_of(found), form.cleaned_data["code"])
        if code:
            return _claimed(request, found, code)
        form.add_error("code", sentence)
    return _page(request, found, form)


def _send(request: HttpRequest, found: Invitation) -> HttpResponse:
    try:
        claiming.send_code(found, language=get_language() or found.language)
        messages.success(request, _("The code is on its way."))
    except Refused as refused:
        messages.info(request, refused.sentences[0])
    return redirect("claim", key=found.key)


def _claimed(request: HttpRequest, found: Invitation, code: Any) -> HttpResponse:
    try:
        user = claiming.claim(found, code)
    except Refused as refused:
        messages.error(request, refused.sentences[0])
        return redirect("claim", key=found.key)
    return _signed_in(request, user, found)


def _signed_in(request: HttpRequest, user: User, found: Invitation) -> HttpResponse:
    """The code was the way in; whatever else this account must show (a second factor) is asked by its stages."""
    owner = found.role == Membership.Role.OWNER
    onward = start_page(found.case) if owner else found.case.get_absolute_url()
    if request.user == user:
        return redirect(onward)
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, method="code", **{"phone" if found.by_sms else "email": found.address})
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=onward))
    return answer


def _page(request: HttpRequest, found: Invitation, form: CodeForm) -> HttpResponse:
    code = codes.newest(claiming.purpose_of(found))
    sent = code is not None and code.used_at is None
    context = {"invitation": found, "form": form, "sent": sent, "wait": codes.seconds_to_wait(code)}
    return render(request, "onboarding/members/claim.html", context)


def _closed(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Used, too old or taken back: in kind words, and where to go."""
    if found.claimed_by and request.user == found.claimed_by:
        return redirect(found.case)
    return render(request, "onboarding/members/closed.html", {"invitation": found}, status=410)

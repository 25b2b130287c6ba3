"""The phone's session: of one person, for one case, for an hour at most; nothing else opens with it."""

from __future__ import annotations

import time
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch
from django.utils.translation import gettext as _

from onboarding.handover import keeping
from onboarding.handover.keeping import Handover
from onboarding.models import Case, Document, User
from portal.context import LIMITED

STEPS = ("identity", "application", "submit_identity", "submit_application")  # names of pages, and what they begin with
PAPERS = frozenset({"document", "document_page", "document_thumbnail"})
FREE = frozenset(
    {"join", "join_handover", "on_phone", "leave_handover", "language", "privacy", "account_logout", "livez", "readyz"}
)


def enter(request: HttpRequest, handover: Handover, case: Case, user: User) -> None:
    """Sign the phone in, for this case alone. Somebody who is signed in there as the same person stays so."""
    if request.user == user and LIMITED not in request.session:
        return
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[LIMITED] = {"key": handover.key, "case": case.ref, "until": time.time() + keeping.LASTS}
    request.session.set_expiry(keeping.LASTS)
    UserSession.objects.create_from_request(request)
    told = {LIMITED: handover.key, "case": case.ref}
    UserSession.objects.filter(session_key=request.session.session_key).update(data=told)


def end(handover: Handover) -> None:
    """Over on both sides: the phone is signed out wherever it is."""
    handover.note("done")
    for row in UserSession.objects.filter(user=handover.user, **{f"data__{LIMITED}": handover.key}):
        row.end()


class LimitedSession:
    """Keeps a phone that came by a QR code on the pages of its case, and tells the computer where it is."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.get_response(request)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        limits = request.session.get(LIMITED)
        match = request.resolver_match
        if not limits or match is None:
            return None
        handover = keeping.find(limits["key"])
        if handover is None or handover.is_over or time.time() > limits["until"]:
            return _ended(request)
        if match.url_name in FREE:
            return None
        if not is_open(match, limits["case"]):
            messages.info(request, _("On this phone only the papers and answers of this application are open."))
            return redirect("on_phone")
        if match.url_name not in PAPERS:
            handover.note("at", (match.url_name, match.kwargs.get("kind", "")))
        return None


def is_open(match: ResolverMatch, ref: str) -> bool:
    """Whether the page belongs to what the phone was handed: the answers and papers of the case `ref`."""
    if match.url_name in PAPERS:
        return Document.objects.filter(pk=match.kwargs["document"], case__ref=ref).exists()
    own = str(match.kwargs.get("ref", "")).upper() == ref
    return own and str(match.url_name).startswith(STEPS)


def _ended(request: HttpRequest) -> HttpResponseBase:
    logout(request)
    return redirect("join")

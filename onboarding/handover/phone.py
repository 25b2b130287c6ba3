"""The phone's side: open the link, type the number from the computer, photograph, and go back."""

from __future__ import annotations

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onboarding.handover import keeping, session
from onboarding.handover.forms import WRONG, NumberForm
from onboarding.handover.keeping import Handover
from onboarding.models import Case, Membership, User
from onboarding.pages import start_page
from portal.context import LIMITED

OPENED = "handover_opened"  # in the phone's session: the key of the hand-over whose link it opened


@never_cache
@require_GET
def join(request: HttpRequest) -> HttpResponse:
    """The link of the QR code. The token leaves the address at once; then the phone asks for the number."""
    refused: HttpResponse | None = consume_or_429(request, action="join_handover")
    if refused:
        return refused
    if "k" in request.GET:
        request.session[OPENED] = keeping.key_of(request.GET["k"])
        return redirect("join")
    handover = _opened(request)
    if handover is None:
        return render(request, "onboarding/handover/over.html", {"left": request.session.pop("handover_left", False)})
    handover.note("opened", request.headers.get("User-Agent", "")[:300] or "?")
    return render(request, "onboarding/handover/join.html", {"form": NumberForm()})


@never_cache
@require_POST
def join_handover(request: HttpRequest) -> HttpResponse:
    """The number is right: signed in for this case. Wrong three times: the code is void."""
    refused: HttpResponse | None = consume_or_429(request, action="join_handover")
    handover, form = _opened(request), NumberForm(request.POST)
    if refused or handover is None:
        return refused or redirect("join")
    if form.is_valid() and keeping.right_number(handover, form.cleaned_data["number"]):
        return _joined(request, handover)
    if handover.is_over:
        return redirect("join")
    if not form.errors:
        form.add_error("number", WRONG)
    return render(request, "onboarding/handover/join.html", {"form": form})


def _joined(request: HttpRequest, handover: Handover) -> HttpResponse:
    row = Membership.objects.filter(user=handover.user, merchant__cases=handover.case, active=True).first()
    user = User.objects.filter(pk=handover.user, is_active=True).first()
    if row is None or user is None or not keeping.join(handover):
        return redirect("join")
    session.enter(request, handover, Case.objects.get(pk=handover.case), user)
    request.session.pop(OPENED, None)
    return redirect(handover.place)


@never_cache
@login_required
@require_GET
def on_phone(request: HttpRequest) -> HttpResponse:
    """What may be done on this phone, and the way back."""
    limits = request.session.get(LIMITED)
    if not limits:
        return redirect("home")
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("merchant"), ref=limits["case"])
    return render(request, "onboarding/handover/on_phone.html", {"case": case, "onward": start_page(case)})


@login_required
@require_POST
def leave_handover(request: HttpRequest) -> HttpResponseBase:
    """Done here: the phone is signed out, the computer goes on."""
    limits = request.session.get(LIMITED)
    if not limits:
        return redirect("home")
    handover = keeping.find(limits["key"])
    if handover:
        session.end(handover)
    logout(request)
    request.session["handover_left"] = True
    return redirect("join")


def _opened(request: HttpRequest) -> Handover | None:
    """The hand-over whose link was opened here, while a phone may still take it up."""
    handover = keeping.find(request.session.get(OPENED, ""))
    return None if handover is None or handover.is_over or handover.knows("joined") else handover

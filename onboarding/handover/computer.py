"""The computer's side: the QR code, and what the phone is doing. A link reads it anew where there is no JavaScript."""

from __future__ import annotations

import io

import segno
from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onboarding.handover import keeping, session
from onboarding.handover.keeping import Handover
from onboarding.handover.showing import Standing, standing
from onboarding.models import Case
from onboarding.pages import frame, get_case, person, start_page
from portal.context import LIMITED

TOKEN = "handover_token"  # in the computer's session: {number of the case: token of its hand-over}
STOP = 286  # htmx: show this and ask no more


@never_cache
@login_required
@require_GET
def handover(request: HttpRequest, ref: str) -> HttpResponse:
    """The code and how it stands. htmx asks again every few seconds; 204 while nothing has changed."""
    case = own_case(request, ref)
    token = _token(request, case)
    now = standing(case, keeping.find(keeping.key_of(token))) if token else None
    if request.headers.get("HX-Request"):
        return _part(request, case, now or Standing("expired"))
    return render(request, "onboarding/handover/handover.html", frame(case, person(request), **_shown(case, now)))


def _part(request: HttpRequest, case: Case, now: Standing) -> HttpResponse:
    if request.GET.get("seen") == now.mark:
        return HttpResponse(status=204)
    answer = render(request, "onboarding/handover/status.html", _shown(case, now) | {"case": case})
    answer.status_code = 200 if now.goes_on else STOP
    return answer


def _shown(case: Case, now: Standing | None) -> dict[str, object]:
    return {"now": now, "minutes": keeping.WAITS // 60, "onward": start_page(case)}


@login_required
@require_POST
def begin_handover(request: HttpRequest, ref: str) -> HttpResponse:
    """A new code; an earlier one of this case is over."""
    case = own_case(request, ref)
    refused: HttpResponse | None = consume_or_429(request, action="begin_handover", user=request.user)
    if refused:
        return refused
    _end(request, case)
    token = keeping.begin(case, person(request), beginning(request.POST.get("place", ""), case))
    request.session[TOKEN] = {case.ref: token}
    return redirect("handover", case.ref)


@login_required
@require_POST
def end_handover(request: HttpRequest, ref: str) -> HttpResponse:
    """Back to the computer, said here: the phone is signed out."""
    case = own_case(request, ref)
    current = _end(request, case)
    return redirect(current.place if current else start_page(case))


@never_cache
@login_required
@require_GET
def handover_qr(request: HttpRequest, ref: str) -> HttpResponse:
    """The link as a QR code (SVG). Its own address holds nothing secret."""
    token = _token(request, own_case(request, ref))
    if not token:
        raise Http404
    drawn = io.BytesIO()
    code = segno.make(f"{settings.SITE_URL}{reverse('join')}?k={token}", error="m")
    code.save(drawn, kind="svg", scale=6, border=3, light="#fff", xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def own_case(request: HttpRequest, ref: str) -> Case:
    """The case, for the merchant's own people at a computer; staff and phones that were handed it get a 404."""
    case, user = get_case(request, ref), person(request)
    mine = case.merchant.memberships.filter(user=user, active=True).exists()
    if not mine or user.works_here or LIMITED in request.session:
        raise Http404
    return case


def beginning(place: str, case: Case) -> str:
    """Where the phone begins: the page that the computer is on, if a phone may go there."""
    try:
        match = resolve(place)
    except Resolver404:
        return reverse("on_phone")
    return place if match.url_name not in session.PAPERS and session.is_open(match, case.ref) else reverse("on_phone")


def _token(request: HttpRequest, case: Case) -> str:
    return str(request.session.get(TOKEN, {}).get(case.ref, ""))


def _end(request: HttpRequest, case: Case) -> Handover | None:
    current = keeping.find(keeping.key_of(_token(request, case)))
    if current:
        session.end(current)
    request.session.pop(TOKEN, None)
    return current

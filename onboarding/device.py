"""On which device a case is filled in: a random number in a cookie of our own, of which a case keeps the keyed hash.

It prevents fraud and serves nothing else: nothing is read from the device, and no page shows it. Set when somebody
sends a form of a case in hand, never by looking at one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from onboarding.models import Case, Trace, User
from onboarding.rules import Who
from portal.crypto import blind_index

COOKIE = "kaitong_device"
SALT = "kaitong.device"
YEAR = 365 * 24 * 3600  # seconds
FILLING = (
    "identity",
    "application",
    "submit_identity",
    "submit_application",
    "registration",
)  # beginnings of URL names
Answer = Callable[[HttpRequest], HttpResponse]


class DeviceMiddleware:
    """Keeps the device of whoever sends a form of a case, once it was taken."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < 400 and (ref := _filled(request)):
            _keep(request, response, ref)
        return response


def _filled(request: HttpRequest) -> str:
    """The number of the case that this form belongs to; "" for any other."""
    match = request.resolver_match
    if match is None or not request.user.is_authenticated or not (match.url_name or "").startswith(FILLING):
        return ""
    return str(match.kwargs.get("ref", ""))


def _keep(request: HttpRequest, response: HttpResponse, ref: str) -> None:
    user = request.user
    case = Case.objects.visible_to(user).filter(ref=ref).only("pk").first()
    if case is None or not isinstance(user, User):
        return
    number = _number(request)
    if not number:
        number = secrets.token_urlsafe(18)
        response.set_cookie(
            COOKIE, signing.dumps(number, salt=SALT), max_age=YEAR, httponly=True, secure=settings.HTTPS, samesite="Lax"
        )
    ours = user.works_here or user.plays(Who.SALES_AGENT)
    index = blind_index(number, Trace.Kind.DEVICE)
    Trace.objects.get_or_create(case=case, kind=Trace.Kind.DEVICE, index=index, defaults={"by_staff": ours})


def _number(request: HttpRequest) -> str:
    """What the cookie says, when we signed it."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR))
    except signing.BadSignature:
        return ""

"""Our own pages where Django would answer with a bare one; sessions that end when nobody is there; second factors."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal import held, views, words


class PlainPages:
    """Turns an empty 405, and in DEBUG the technical 404, into the page that people know. Outside CommonMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and isinstance(response, HttpResponse) and not response.content:
            return dressed(views.not_allowed(request, allow=response.headers.get("Allow", "")), response)
        if response.status_code == 404 and settings.DEBUG and is_technical(response):
            return dressed(views.not_found(request), response)
        return response


def dressed(page: HttpResponse, bare: HttpResponseBase) -> HttpResponse:
    """The page with what the inner middlewares gave to the answer whose place it takes: headers and cookies."""
    for name, value in bare.headers.items():
        if name != "Content-Length":
            page.headers.setdefault(name, value)
    page.cookies.update(bare.cookies)
    return page


class Readable:
    """400 for a path with a NUL in it: nothing of ours is called so, and PostgreSQL refuses it with an error. What
    stands behind the question mark is a form's to judge (portal.typed), and portal.safety's where no form looks. The
    innermost of all, so that the answer has every header and knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path:
            return views.bad_request(request)
        return self.get_response(request)


def is_technical(response: HttpResponseBase) -> bool:
    """True for Django's DEBUG page, which no template has drawn; JSON and files are left alone."""
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return html and b"DEBUG = True" in getattr(response, "content", b"")


ACCOUNTS = "/accounts/"  # allauth's pages: signing in and out, and all that belongs to an account


AWAY = "X-Away"  # sent by a page that speaks by itself while nobody touches it: it keeps nobody signed in


class IdleTimeout:
    """Signs people out who have not asked for a page for a while: staff sooner than merchants. What they were about
    to see or had typed waits for them. Technicians work for hours without a network and count as merchants here."""

    SEEN, LIMIT = "seen_at", "idle_limit"  # in the session: seconds since the epoch; seconds
    STEP = 60  # seconds between two writes of when somebody was seen

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        """Here and not in __call__: a form has passed the check against forgery before it is kept."""
        if SESSION_KEY not in request.session:
            return None
        now = time.time()
        seen = request.session.get(self.SEEN)
        if seen is None:
            request.session[self.LIMIT] = idle_limit(request.user)
        elif now - seen > request.session[self.LIMIT]:
            return signed_out(request, request.session[self.LIMIT])
        if AWAY in request.headers:
            return None
        if seen is None or now - seen >= self.STEP:
            request.session[self.SEEN] = now
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
        return None


def idle_limit(user: Any) -> int:
    """Seconds that this person may be away."""
    at_a_desk = user.works_here and user.roles != {"technician"}
    return 60 * int(settings.STAFF_IDLE_MINUTES if at_a_desk else settings.MERCHANT_IDLE_MINUTES)


def signed_out(request: HttpRequest, limit: int) -> HttpResponseBase:
    """To the sign-in page, and back afterwards to the page or to what was typed."""
    user_id, fields = request.session[SESSION_KEY], held.readable(request) if request.method == "POST" else []
    logout(request)
    if fields:
        held.keep(request, user_id=user_id, path=request.get_full_path(), fields=fields)
    sentence = _(
        "You were away for more than %(span)s, so we signed you out. Sign in, and you are back where you were."
    )
    messages.info(request, sentence % {"span": words.span(limit)})
    return to_sign_in(request, reverse("resume") if fields else place(request))


def place(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or for a form and a part of a page the one that holds it."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    holder = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(holder, {request.get_host()}):
        parts = urlsplit(holder)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return reverse("home")


def to_sign_in(request: HttpRequest, after: str) -> HttpResponseBase:
    """A redirect for pages; a script gets 401 and the address, which htmx follows by itself."""
    address = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': after})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return HttpResponse(_("Sign in again."), status=401, content_type="text/plain; charset=utf-8")
    return redirect(address)


class SecondFactor:
    """Staff set up a second factor before anything else. Signing in asks for it (allauth); here nobody gets by."""

    FREE = frozenset({"front", "language", "account", "end_session", "new_password", "livez", "readyz"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        if not settings.STAFF_SECOND_FACTOR or SESSION_KEY not in request.session:
            return None
        if request.path.startswith(reverse("mfa_index")):  # what is known of the factors may change here
            request.session.pop("second_factor", None)
        match = request.resolver_match
        free = match is None or match.url_name in self.FREE or request.path.startswith(ACCOUNTS)
        return None if free or has_factor(request) else set_up(request)


def has_factor(request: HttpRequest) -> bool:
    """True for everybody who needs none; asked once per session."""
    if not request.session.get("second_factor"):
        strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        user: Any = request.user
        request.session["second_factor"] = not user.works_here or is_mfa_enabled(user, strong)
    return bool(request.session["second_factor"])


def set_up(request: HttpRequest) -> HttpResponseBase:
    messages.info(request, _("Your work needs a second factor. Set one up now, it takes two minutes."))
    return redirect("mfa_index")

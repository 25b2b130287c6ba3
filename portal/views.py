"""The front page, the language switch, and the pages people see when something does not work."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The promise, the flow, what to prepare, and where to start."""
    return render(request, "portal/front.html")


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Changes the language and stays on the page; whoever is signed in gets mails in it from now on, too."""
    code = request.POST.get("language", "")
    if request.user.is_authenticated and code in dict(settings.LANGUAGES):
        get_user_model().objects.filter(pk=request.user.pk).update(language=code)
    return set_language(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something we cannot read; 413 when there was too much of it."""
    status = 413 if isinstance(exception, TOO_MUCH) else 400
    return render(request, f"{status}.html", status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but this page belongs to other people's work."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: says the same whether the thing exists for somebody else or not at all."""
    return render(request, "404.html", status=404)


def not_allowed(request: HttpRequest, allow: str = "") -> HttpResponse:
    """405: an address that was opened in a way it is not made for."""
    response = render(request, "405.html", status=405)
    response["Allow"] = allow
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose protection code is missing or too old: cookies are off, or the page stood open for long."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the request, so that neither the session nor the database is asked again."""
    context: dict[str, Any] = {"broken": True}
    return HttpResponse(render_to_string("500.html", context), status=500)

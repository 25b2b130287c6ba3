"""Our own pages where Django would answer with a bare or a technical one."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from portal import views


class PlainPages:
    """Turns an empty 405, and in DEBUG the technical 404, into the page that people know. Outside CommonMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and isinstance(response, HttpResponse) and not response.content:
            return views.not_allowed(request, allow=response.headers.get("Allow", ""))
        if response.status_code == 404 and settings.DEBUG and is_technical(response):
            return views.not_found(request)
        return response


def is_technical(response: HttpResponseBase) -> bool:
    """True for Django's DEBUG page, which no template has drawn; JSON and files are left alone."""
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return html and b"DEBUG = True" in getattr(response, "content", b"")

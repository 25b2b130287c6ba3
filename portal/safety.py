"""Headers for every answer, and a kind page while the store of files does not answer."""

from collections.abc import Callable

import structlog
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from portal import views
from portal.storage import Unreachable

# Papers are photographed, visits note where they were, people sign in with passkeys: that, on our own pages only.
OURS = ("camera", "geolocation", "publickey-credentials-create", "publickey-credentials-get")
NOBODYS = (
    "accelerometer", "ambient-light-sensor", "attribution-reporting", "autoplay", "bluetooth", "browsing-topics",
    "compute-pressure", "display-capture", "encrypted-media", "gamepad", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "interest-cohort", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb", "web-share",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join([*(f"{name}=(self)" for name in OURS), *(f"{name}=()" for name in NOBODYS)])
RETRY = 60  # seconds
UNREADABLE: tuple[tuple[type[Exception], str], ...] = (  # what is raised, and which words tell it from other faults
    (ValueError, "NUL (0x00)"), (DataError, "NUL (0x00)"), (ValueError, "integer string conversion"),
    (RecursionError, "JSON"),
)  # fmt: skip

log = structlog.get_logger(__name__)


def is_unstorable(exception: Exception) -> bool:
    """True for a NUL or half a character on its way into the database, and for JSON that Python does not read to its
    end: nested without end, or with a number of thousands of digits."""
    if isinstance(exception, UnicodeEncodeError):
        return True
    return any(isinstance(exception, kind) and words in str(exception) for kind, words in UNREADABLE)


class PermissionsPolicy:
    """Camera and position for our own pages, every other device of the visitor for nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 in words instead of a 500: the store of files is away, nothing that was saved is lost. 400 for a text
        that no form has looked at (a part of an address, a filter) and that the database cannot hold."""
        if is_unstorable(exception):
            return views.bad_request(request, exception)
        if not isinstance(exception, Unreachable):
            return None
        log.error("store_unreachable", reason=str(exception))
        page = render_to_string("503.html", {"broken": True})
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY), "Cache-Control": "no-store"})

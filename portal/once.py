"""A form that is sent twice has one effect: after a double click, a reload, "back and send again" or a lost reply.

Every rendered form carries its own value in the field against forgery (Django masks the secret anew for each page),
and that value is the form's one-time key. Which form was sent, with what, is kept in the transaction of its effect: a
second send waits for the first, then gets the same answer and a calm sentence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.middleware import ACCOUNTS, place
from portal.models import SentForm

KEPT = timedelta(days=2)  # a page that was open for longer is sent anew
# What keeps its own reference for an outside party, and must remember having asked even when the page breaks.
OWN_REFERENCE = frozenset({"place_order", "send_small_sum", "application_small_sum", "pay", "payment_notice"})
NO_ROWS = frozenset({"language", "phone_duplicates", "agent_duplicates", "front"})
FREE = OWN_REFERENCE | NO_ROWS


class Once:
    """Innermost middleware: the view and the row about its form are one transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            response = self.get_response(request)
        except BaseException:  # the process is being stopped: nothing half done stays
            _close(request, None)
            raise
        _close(request, response)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        if not _counts(request):
            return None
        key = key_of(request)
        sending = Sending(key)
        if not sending.begin():
            return again(request, key)
        request._sending = sending  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if sending := getattr(request, "_sending", None):
            sending.failed = True


class Sending:
    """One form on its way: the open transaction."""

    def __init__(self, key: str) -> None:
        self.key, self.failed, self.guard = key, False, transaction.atomic()

    def begin(self) -> bool:
        """Open the transaction; False when this form has arrived before. Waits for a first send that is at work."""
        self.guard.__enter__()
        try:
            with transaction.atomic():
                SentForm.objects.create(key=self.key)
        except IntegrityError:
            self.guard.__exit__(None, None, None)
            return False
        return True

    def end(self, answer: str) -> None:
        """Commit with the address that answered; an empty one means that the form may be sent again."""
        if self.failed or transaction.get_rollback():
            transaction.set_rollback(True)
        elif answer:
            SentForm.objects.filter(key=self.key).update(answer=answer)
        else:
            SentForm.objects.filter(key=self.key).delete()
        self.guard.__exit__(None, None, None)


def _counts(request: HttpRequest) -> bool:
    match = request.resolver_match
    if request.method != "POST" or request.path.startswith(ACCOUNTS) or (match and match.url_name in FREE):
        return False  # allauth keeps in the session how far somebody is, and codes have limits of their own
    if request.FILES:
        return False  # taking in knows the same bytes again, and a file must not be decoded inside a transaction
    return bool(request.POST.get("csrfmiddlewaretoken"))


def _close(request: HttpRequest, response: HttpResponseBase | None) -> None:
    sending = getattr(request, "_sending", None)
    if sending is None:
        return
    del request._sending  # type: ignore[attr-defined]
    sending.failed |= response is None or response.status_code >= 500
    sending.end(_answer(request, response))


def _answer(request: HttpRequest, response: HttpResponseBase | None) -> str:
    """Where an accepted form leads; "" for a page with errors, for a refusal, and for a file."""
    if response is None or not 300 <= response.status_code < 400:
        return ""
    said = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    refused = any(one.level >= messages.WARNING for one in said)
    return "" if refused else str(response.headers["Location"])


def again(request: HttpRequest, key: str) -> HttpResponseRedirect:
    """The answer of the first time."""
    answer = SentForm.objects.filter(key=key).values_list("answer", flat=True).first()
    messages.info(request, _("This had reached us already. We did it once and nothing twice."))
    return HttpResponseRedirect(answer or place(request))


def key_of(request: HttpRequest) -> str:
    """Digest over who sends which rendered form with what. Something else typed is another thing to do."""
    who = str(getattr(getattr(request, "user", None), "pk", None))
    digest = hashlib.sha256(json.dumps([who, request.get_full_path()]).encode())
    digest.update(json.dumps(sorted(request.POST.lists())).encode())
    return digest.hexdigest()


def forget() -> int:
    """Delete what is older than KEPT; returns how many rows."""
    old: Any = SentForm.objects.filter(at__lt=timezone.now() - KEPT)
    return int(old.delete()[0])

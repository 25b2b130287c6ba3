"""When somebody who tried too often may try again. The counters are allauth's and lie in the shared cache."""

from __future__ import annotations

import time
from datetime import timedelta

from allauth.account import app_settings
from allauth.core import context
from allauth.core.internal.ratelimit import Rate, get_cache_key, get_rates
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import words

APP = "allauth.account"


def wait(request: HttpRequest, action: str, key: str | None = None) -> int:
    """Seconds until the next try of `action` is allowed; 0 when it is allowed now."""
    rates = (rate for rate in get_rates(app=APP, action=action) if _counts(request, rate, key))
    return max((_left(request, action, rate, key) for rate in rates), default=0)


def longest_wait(request: HttpRequest) -> int:
    """Seconds until nothing that is counted for this address or this account is full; for the page of a 429."""
    return max((wait(request, action) for action in app_settings.RATE_LIMITS), default=0)


def sentence(seconds: int) -> str:
    """That was too often, and when to come back."""
    at = timezone.now() + timedelta(seconds=seconds)
    return _("That was too often. Try again at %(hour)s, in %(span)s; nothing you saved is lost.") % {
        "hour": words.hour(at + timedelta(seconds=59)),
        "span": words.span(seconds + 59),
    }


def refuse_when_full(action: str, key: str) -> None:
    """Raise ValidationError with the time of the next try; allauth itself says only that it was too often."""
    seconds = wait(context.request, action, key)
    if seconds:
        raise ValidationError(sentence(seconds), code="too_many_login_attempts")


def _counts(request: HttpRequest, rate: Rate, key: str | None) -> bool:
    return rate.per == "ip" or (rate.per == "key" and key is not None) or (rate.per == "user" and _known(request))


def _known(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _left(request: HttpRequest, action: str, rate: Rate, key: str | None) -> int:
    history = cache.get(get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
    now = time.time()
    recent = [at for at in history if at > now - rate.duration]  # newest first
    if len(recent) < rate.amount:
        return 0
    return int(recent[rate.amount - 1] + rate.duration - now) + 1

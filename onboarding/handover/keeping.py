"""What is remembered of a hand-over while it lasts: in the shared cache, never in a table, never under its own token.

Each fact has a key of its own and is written once, or with `add`, so that two phones at once cannot both be the first.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from onboarding.models import Case, User

WAITS = 600  # seconds until a code that no phone has taken up expires
LASTS = 3600  # seconds that a phone may stay signed in
TRIES = 3  # numbers that may be entered, right or wrong


@dataclasses.dataclass(frozen=True, slots=True)
class Handover:
    """One hand-over. `key` names it in the cache and in sessions; the token itself is only in the QR code."""

    key: str
    case: int
    user: int
    number: str  # four digits, shown on the computer once a phone has opened the link
    place: str  # where the phone begins
    begun: datetime

    def knows(self, fact: str) -> Any:
        """What was noted under `fact`, or None."""
        return cache.get(f"{self.key}:{fact}")

    def note(self, fact: str, value: Any = True) -> None:
        cache.set(f"{self.key}:{fact}", value, LASTS)

    def first(self, fact: str) -> bool:
        """True for whoever notes `fact` first, for nobody after."""
        return cache.add(f"{self.key}:{fact}", True, LASTS)

    @property
    def is_over(self) -> bool:
        return bool(self.knows("done") or self.knows("void"))


def key_of(token: str) -> str:
    """The name of a token in the cache; whoever reads the cache cannot make a link of it."""
    return f"handover:{hashlib.sha256(token.encode()).hexdigest()}"


def begin(case: Case, user: User, place: str) -> str:
    """A new hand-over; returns its token, for the QR code."""
    token = secrets.token_urlsafe(24)
    number = f"{secrets.randbelow(10_000):04d}"
    cache.set(key_of(token), (case.pk, user.pk, number, place, timezone.now()), WAITS)
    return token


def find(key: str) -> Handover | None:
    """The hand-over of this key; None when it was never there or its time is up."""
    row = cache.get(key)
    return Handover(key, *row) if row else None


def right_number(handover: Handover, typed: str) -> bool:
    """Whether `typed` is the number on the computer. Each call uses up a try; the last wrong one ends all."""
    turn = next((n for n in range(TRIES) if handover.first(f"try{n}")), None)
    if turn is None or handover.is_over:
        return False
    right = hmac.compare_digest(typed.encode(), handover.number.encode())
    if not right and turn == TRIES - 1:
        handover.note("void")
    return right


def join(handover: Handover) -> bool:
    """Take it up: True once. From now on it lasts as long as the phone may stay."""
    if handover.is_over or not handover.first("joined"):
        return False
    row = (handover.case, handover.user, handover.number, handover.place, handover.begun)
    cache.set(handover.key, row, LASTS)
    return True

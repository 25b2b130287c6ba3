"""The code for signing: to the legal representative's own mobile, one purpose per offered agreement."""

from __future__ import annotations

from typing import Any

from onboarding.models import Agreement, OneTimeCode, User
from onboarding.services import codes
from onboarding.services.codes import AGAIN, EMPTY, EXPIRED, LIFE, TRIES, USED_UP, WRONG, seconds_to_wait

__all__ = [
    "AGAIN",
    "EMPTY",
    "EXPIRED",
    "LIFE",
    "TRIES",
    "USED_UP",
    "WRONG",
    "check",
    "newest",
    "purpose_of",
    "seconds_to_wait",
    "send",
]


def purpose_of(agreement: Agreement) -> str:
    return f"sign:{agreement.pk}"


def newest(agreement: Agreement) -> OneTimeCode | None:
    return codes.newest(purpose_of(agreement))


def send(agreement: Agreement, mobile: str, *, by: User) -> OneTimeCode:
    """A new code to `mobile`; earlier ones die. Raises Refused when it is too soon, or too often."""
    return codes.send(
        purpose_of(agreement),
        mobile,
        by=by,
        template="signing_code",
        language=agreement.language,
        ref=agreement.case.ref,
    )


def check(agreement: Agreement, typed: str) -> tuple[OneTimeCode | None, Any]:
    """(the code, "") when `typed` is right, else (None, a sentence); every wrong try counts. Does not use it up."""
    return codes.check(purpose_of(agreement), typed)

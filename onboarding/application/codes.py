"""One-time codes for signing: six digits to the legal representative's own mobile; only an HMAC is kept."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding import notices
from onboarding.formats.reading import clean, is_digits
from onboarding.models import Agreement, Notice, OneTimeCode, User
from onboarding.services import Refused
from portal.crypto import blind_index

LIFE = timedelta(minutes=10)
AGAIN = timedelta(seconds=60)
TRIES = 5
AN_HOUR = 6  # codes at most, so that nobody's phone is flooded
EMPTY = _("Enter the six digits of the message")
WRONG = _("The code is not right. Look at the newest message and type the six digits")
EXPIRED = _("The code is older than 10 minutes. Have a new one sent")
USED_UP = _("That was wrong five times. Have a new code sent")
NONE_SENT = _("No code was sent yet. Press “Send the code” first")
TOO_SOON = _("A code was sent less than a minute ago. Wait a little for the message")
TOO_MANY = _("That was many codes within an hour. Try again later, or call us")


def purpose_of(agreement: Agreement) -> str:
    return f"sign:{agreement.pk}"


def newest(agreement: Agreement) -> OneTimeCode | None:
    return OneTimeCode.objects.filter(purpose=purpose_of(agreement)).order_by("-sent_at", "-pk").first()


def seconds_to_wait(code: OneTimeCode | None) -> int:
    """Until another one may be sent."""
    left = (code.sent_at + AGAIN - timezone.now()).total_seconds() if code else 0
    return max(0, int(left + 0.999))


@transaction.atomic
def send(agreement: Agreement, mobile: str, *, by: User) -> OneTimeCode:
    """A new code to `mobile`; earlier ones die. Raises Refused when it is too soon, or too often."""
    Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)  # two presses at once send one code
    if seconds_to_wait(newest(agreement)):
        raise Refused(TOO_SOON)
    rows = OneTimeCode.objects.filter(purpose=purpose_of(agreement))
    if rows.filter(sent_at__gt=timezone.now() - timedelta(hours=1)).count() >= AN_HOUR:
        raise Refused(TOO_MANY)
    digits = f"{secrets.randbelow(10**6):06d}"
    code = OneTimeCode.objects.create(
        purpose=purpose_of(agreement), mobile=mobile, user=by, digest=_digest(agreement, digits),
        expires_at=timezone.now() + LIFE,
    )  # fmt: skip
    notices.tell(
        "signing_code", key=f"signing_code:{code.pk}", channel=Notice.Channel.SMS, address=mobile,
        language=agreement.language, context={"code": digits, "ref": agreement.case.ref},
    )  # fmt: skip
    return code


def check(agreement: Agreement, typed: str) -> tuple[OneTimeCode | None, Any]:
    """(the code, "") when `typed` is right, else (None, a sentence); every wrong try counts. Does not use it up."""
    digits = clean(typed)
    if not is_digits(digits) or len(digits) != 6:
        return None, EMPTY
    with transaction.atomic():
        rows = OneTimeCode.objects.select_for_update().filter(purpose=purpose_of(agreement))
        code = rows.order_by("-sent_at", "-pk").first()
        if code is None or code.used_at:
            return None, NONE_SENT
        if timezone.now() > code.expires_at:
            return None, EXPIRED
        if code.tries >= TRIES:
            return None, USED_UP
        if hmac.compare_digest(code.digest, _digest(agreement, digits)):
            return code, ""
        code.tries += 1
        code.save(update_fields=["tries"])
        return None, USED_UP if code.tries >= TRIES else WRONG


def _digest(agreement: Agreement, digits: str) -> str:
    return blind_index(digits, f"one_time_code:{purpose_of(agreement)}")

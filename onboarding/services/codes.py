"""One-time codes by SMS for anything that needs a proof: six digits, only an HMAC is kept.

A code belongs to a purpose ("sign:12", "export:7") and dies after use, time or wrong tries.
"""

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
from onboarding.models import Notice, OneTimeCode, User
from onboarding.services.errors import Refused
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


def newest(purpose: str) -> OneTimeCode | None:
    return OneTimeCode.objects.filter(purpose=purpose).order_by("-sent_at", "-pk").first()


def seconds_to_wait(code: OneTimeCode | None) -> int:
    """Until another one may be sent."""
    left = (code.sent_at + AGAIN - timezone.now()).total_seconds() if code else 0
    return max(0, int(left + 0.999))


@transaction.atomic
def send(
    purpose: str, mobile: str, *, by: User, template: str, language: str, channel: str = Notice.Channel.SMS,
    **context: Any,
) -> OneTimeCode:  # fmt: skip
    """A new code to `mobile` (with another `channel` an e-mail address); earlier ones die.

    Raises Refused when it is too soon, or too often.
    `template` is a folder below templates/emails/ with an sms.txt, which gets the code and `context`.
    """
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two presses at once send one code
    if seconds_to_wait(newest(purpose)):
        raise Refused(TOO_SOON)
    rows = OneTimeCode.objects.filter(purpose=purpose)
    if rows.filter(sent_at__gt=timezone.now() - timedelta(hours=1)).count() >= AN_HOUR:
        raise Refused(TOO_MANY)
    digits = f"{secrets.randbelow(10**6):06d}"
    code = OneTimeCode.objects.create(
        purpose=purpose, mobile=mobile, user=by, digest=_digest(purpose, digits), expires_at=timezone.now() + LIFE
    )
    notices.tell(
        template, key=f"{template}:{code.pk}", channel=channel, address=mobile, language=language,
        recipient=by if mobile in (by.mobile, by.email) else None, context={"code": digits, **context},
    )  # fmt: skip
    return code


def check(purpose: str, typed: str) -> tuple[OneTimeCode | None, Any]:
    """(the code, "") when `typed` is right, else (None, a sentence); every wrong try counts. Does not use it up."""
    digits = clean(typed)
    if not is_digits(digits) or len(digits) != 6:
        return None, EMPTY
    with transaction.atomic():
        rows = OneTimeCode.objects.select_for_update().filter(purpose=purpose)
        code = rows.order_by("-sent_at", "-pk").first()
        if code is None or code.used_at:
            return None, NONE_SENT
        if timezone.now() > code.expires_at:
            return None, EXPIRED
        if code.tries >= TRIES:
            return None, USED_UP
        if hmac.compare_digest(code.digest, _digest(purpose, digits)):
            return code, ""
        code.tries += 1
        code.save(update_fields=["tries"])
        return None, USED_UP if code.tries >= TRIES else WRONG


def use(code: OneTimeCode) -> bool:
    """Use the code up; False when somebody did."""
    return bool(OneTimeCode.objects.filter(pk=code.pk, used_at=None).update(used_at=timezone.now()))


def _digest(purpose: str, digits: str) -> str:
    return blind_index(digits, f"one_time_code:{purpose}")

"""What the tests of accounts do again and again."""

import json
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from onboarding.models import Notice
from tests import people

ACCOUNT = "/me/account/"
FACTORS = "/accounts/2fa/"


def sign_in(client, user, password=people.PASSWORD, **more):
    return client.post("/accounts/login/", {"login": user.email, "password": password, **more})


def code_sent(template="sign_in_code") -> str:
    return json.loads(Notice.objects.filter(template=template).latest("pk").context)["code"]


def told(template="account_changed") -> list[tuple[str, str]]:
    """(what, address) of the notices of a template, oldest first."""
    rows = Notice.objects.filter(template=template).order_by("pk")
    return [(json.loads(row.context).get("what", ""), row.address) for row in rows]


def by_code(client, mobile, after="/me/account/"):
    """Sign in with a code to the mobile."""
    client.post("/accounts/login/code/", {"phone": mobile})
    return client.post("/accounts/login/code/confirm/", {"code": code_sent(), "next": after})


def digits(secret: str, steps: int = 0) -> str:
    """What the app shows now, or `steps` half minutes later."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(user) -> str:
    """Give the account an app with codes; returns its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def recovery_codes(user) -> list[str]:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    return RecoveryCodes.activate(user).get_unused_codes()


def kinds(user) -> set[str]:
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def is_in(client) -> bool:
    return "_auth_user_id" in client.session

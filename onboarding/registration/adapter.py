"""How django-allauth knows our people: by mobile number through the blind index; codes have six digits."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as current
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.forms import CharField, TextInput
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onboarding.formats import mobile
from onboarding.models import Notice, User
from onboarding.notices import tell
from onboarding.registration import limits
from portal.crypto import blind_index

PHONE_STAGE = "allauth.account.stages.PhoneVerificationStage"
EMAIL_STAGE = "allauth.account.stages.EmailVerificationStage"
OUR_EMAIL_STAGE = "onboarding.registration.stages.ConfirmNewAddress"
FRESH = 300  # seconds: who signed in so lately need not show again who they are
WRONG_PASSWORD = _("These do not belong together. Check both, or sign in with a code instead.")
WAIT = _("That was too often. Wait a few minutes, then try again.")


def find(phone: str) -> User | None:
    """The account of a mobile number in E.164."""
    return User.objects.filter(mobile_index=blind_index(phone, "mobile")).first()


def find_or_make(phone: str) -> User:
    """The account of a mobile number; a number that is new here gets one, unconfirmed until its code has come back."""
    language = get_language() or settings.LANGUAGE_CODE
    user, _made = User.objects.get_or_create(
        mobile_index=blind_index(phone, "mobile"),
        defaults={
            "mobile": phone,
            "username": f"m-{uuid.uuid4().hex[:16]}",
            "password": make_password(None),
            "language": language,
        },
    )
    return user


def six_digits() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def tell_changed(user: User, what: str, channel: str, address: str) -> None:
    """A word to the account's owner that `what` (a key of templates/emails/account_changed/what.txt) has changed."""
    tell(
        "account_changed", key=f"account_changed:{uuid.uuid4().hex}", channel=channel, address=address,
        language=user.language, recipient=user, context={"what": what},
    )  # fmt: skip


class MobileField(CharField):
    """A mobile number as people type it (138 0013 8000, +86…); cleaned to E.164."""

    def __init__(self, **options: Any) -> None:
        widget = TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "maxlength": "40"})
        given: dict[str, Any] = {"label": _("Mobile number"), "widget": widget, "max_length": 100} | options
        super().__init__(**given)
        self.typed = {"strict": True}

    def clean(self, value: Any) -> str:
        typed = str(value or "")
        if not typed.strip() and not self.required:
            return ""
        reading = mobile.read(typed[:100])
        if reading.errors:
            raise ValidationError(reading.errors[0].sentence, code=reading.errors[0].code)
        return reading.value


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Our answers to what allauth asks; its pages are in templates/account/."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Call us if you need it again."),
        "email_password_mismatch": WRONG_PASSWORD,
        "phone_password_mismatch": WRONG_PASSWORD,
        "username_password_mismatch": WRONG_PASSWORD,
        "incorrect_code": _("This is not the code we sent. Check the six digits, or ask for a new code."),
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_login": _("Enter your mobile number or your e-mail address."),
        "invalid_password_reset": _("This link is used up or too old. Ask for a new one."),
        "phone_taken": _("This number belongs to another account. Sign in with it instead."),
        "email_taken": _("This address belongs to another account."),
        "cannot_remove_primary_email": _("This is the main address. Make another one the main address first."),
        "enter_current_password": _("Enter the password you have now."),
        "max_email_addresses": _("You have as many addresses as an account can hold, %d. Remove one first."),
        "duplicate_email": _("This address is already in your account."),
        "same_as_current": _("This is the number you have now. Enter the new one."),
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }

    # Codes ---------------------------------------------------------------------------------------------------------

    def generate_login_code(self) -> str:
        return six_digits()

    def generate_phone_verification_code(self, *, user: User, phone: str) -> str:
        return six_digits()

    def generate_email_verification_code(self) -> str:
        return six_digits()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **more: Any) -> None:
        """The code goes through the outbox like every message; a worker sends it."""
        tell(
            "sign_in_code", key=f"sign_in_code:{uuid.uuid4().hex}", channel=Notice.Channel.SMS, address=phone,
            language=get_language() or user.language, recipient=user,
            context={"code": code, "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60},
        )  # fmt: skip

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Mails of allauth ("account/email/password_reset_key") become notices of the same name."""
        template = template_prefix.rpartition("/")[2].removesuffix("_signup")
        user = context.get("user")
        words: dict[str, Any] = {name: value for name, value in context.items() if isinstance(value, str)}
        if "code" in words:
            words["minutes"] = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60
        tell(
            template, key=f"{template}:{uuid.uuid4().hex}", channel=Notice.Channel.MAIL, address=email,
            language=get_language() or settings.LANGUAGE_CODE, recipient=user if isinstance(user, User) else None,
            context=words,
        )  # fmt: skip

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Mapping[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Every change of how somebody signs in is told to them: by mail, or by SMS where there is no address."""
        what = template_prefix.rpartition("/")[2]
        if email or user.email:
            tell_changed(user, what, Notice.Channel.MAIL, email or user.email)
        elif user.mobile and user.mobile_verified:
            tell_changed(user, what, Notice.Channel.SMS, user.mobile)

    # People --------------------------------------------------------------------------------------------------------

    def phone_form_field(self, **options: Any) -> MobileField:
        return MobileField(**options)

    def get_user_by_phone(self, phone: str) -> User | None:
        return find(phone)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.mobile, user.mobile_verified) if user.mobile else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.mobile, user.mobile_verified = phone, verified
        user.save(update_fields=["mobile", "mobile_index", "mobile_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """The code has come back. A number that was confirmed before hears that another one takes its place."""
        old = user.mobile if user.mobile_verified else None
        self.set_phone(user, phone, verified=True)
        if old and old != phone:
            tell_changed(user, "mobile_changed", Notice.Channel.SMS, old)
            if user.email:
                tell_changed(user, "mobile_changed", Notice.Channel.MAIL, user.email)

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Nobody sees it: an account made with an e-mail address gets a name by chance, and its reader's language."""
        user.username = user.username or f"e-{uuid.uuid4().hex[:16]}"
        user.language = get_language() or settings.LANGUAGE_CODE

    # Ways in -------------------------------------------------------------------------------------------------------

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("start")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: object) -> str:
        return reverse("account")

    def get_login_stages(self) -> list[str]:
        """Whoever signs in with a code has confirmed the number by it; staff with a password need no number. An
        address is demanded to be confirmed only where nothing else is."""
        stages = [stage for stage in super().get_login_stages() if stage != PHONE_STAGE]
        return [OUR_EMAIL_STAGE if stage == EMAIL_STAGE else stage for stage in stages]

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not within five minutes of signing in: that was proof enough."""
        records = get_authentication_records(current.request, current.request.user)
        if records and time.time() - records[-1]["at"] < FRESH:
            return False
        return bool(super().is_reauthentication_required(app=app, **more))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """allauth counts all tries with a mobile number under one key, so that five would lock out everybody."""
        name = credentials.get("email") or credentials.get("phone") or credentials.get("username") or ""
        return f"{request.get_host()}:{name.lower()}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        limits.refuse_when_full("login_failed", self._get_login_attempts_cache_key(request, **credentials))
        super().pre_authenticate(request, **credentials)

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponseBase:
        """On a device that has chosen no language, the account's own one."""
        response: HttpResponseBase = super().post_login(request, user, **more)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=settings.HTTPS)
        return response

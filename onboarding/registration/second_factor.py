"""The second factor: codes of an app, recovery codes, passkeys. Secrets lie encrypted, words are ours."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms import Field
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onboarding.formats.mobile import mask
from onboarding.models import Notice, User
from onboarding.registration import limits
from onboarding.registration.account_forms import OurWords
from onboarding.registration.adapter import tell_changed
from portal import crypto

CONTEXT = "mfa.Authenticator"  # place of the secrets, for the encryption
USED = 120  # seconds: longer than a code of the app can be valid, with the tolerance of one step on both sides
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Our answers to what allauth.mfa asks; its pages are in templates/mfa/."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your work needs a second factor. Add another one first, then remove this one."
        ),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first; recovery codes stand in for them."),
        "incorrect_code": _(
            "This did not match. Take the newest code of the app, or use each recovery code only once."
        ),
    }

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text.encode(), CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text, CONTEXT).decode()

    def get_totp_issuer(self) -> str:
        return "Kaitong"

    def _get_site_name(self) -> str:
        return "Kaitong 开通"

    def _get_user_identifier(self, user: User) -> str:
        return user.email or (mask(user.mobile) if user.mobile else str(user))

    def build_totp_svg(self, url: str) -> str:
        """The address as a QR code that stands in the page: our policy forbids pictures in `data:`."""
        drawn: str = segno.make(url, error="m").svg_inline(scale=5, border=3, light="#fff", omitsize=False)
        return drawn

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody who needs one."""
        if not (settings.STAFF_SECOND_FACTOR and authenticator.user.works_here):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: str) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}


def take_away(authenticator: Authenticator) -> None:
    """For somebody who has lost it, once we know who they are: it goes, they are told, and sign in anew everywhere."""
    user = authenticator.user
    authenticator.delete()
    if not Authenticator.objects.filter(user=user, type__in=STRONG).exists():
        Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    channel, address = (Notice.Channel.MAIL, user.email) if user.email else (Notice.Channel.SMS, user.mobile)
    if address:
        tell_changed(user, "second_factor_taken", channel, address)


class OnceOnly(OurWords):
    """A code of the app counts once: allauth forgets it after thirty seconds, its tolerance lasts longer."""

    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        limits.refuse_when_full("login_failed", f"mfa-auth-user-{self.user.pk}")
        code: str = super().clean_code()  # type: ignore[misc]  # the form beside this mixin has it
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not cache.add(f"totp:{self.user.pk}:{code.strip()}", True, timeout=USED):
            raise SecondFactorAdapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnceOnly, base.AuthenticateForm):  # type: ignore[misc]
    """A code of the app or a recovery code, while signing in."""


class ReauthenticateForm(OnceOnly, base.ReauthenticateForm):  # type: ignore[misc]
    """The same, before something sensitive."""


class ActivateForm(OurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    def clean_code(self) -> str:
        limits.refuse_when_full("login_failed", f"mfa-auth-user-{self.user.pk}")
        code: str = super().clean_code()
        return code


class Guarded:
    """What comes back from a passkey is a stranger's data for many parsers: whatever they raise is "no match"."""

    def clean_credential(self) -> Authenticator:
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]  # the form beside this mixin has it
        except ValidationError:
            raise
        except Exception as error:  # allauth catches some of them; a wrong signature, for one, is not among them
            raise no_match() from error
        return found


def no_match() -> ValidationError:
    return ValidationError(_("The passkey did not work. Try again, or use another way."), code="incorrect_code")


class PasskeyForm(Guarded, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey in place of a code, while signing in."""


class PasskeyLoginForm(Guarded, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey alone."""


class PasskeyAgainForm(Guarded, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before something sensitive."""


class AddPasskeyForm(OurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey and the name by which its owner knows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named(self.fields["name"])
        self.fields["passwordless"].label = _("Sign in with it alone, without password or code")
        self.fields["passwordless"].help_text = _("It then asks for your finger, face or PIN each time.")
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean() or {}
        except ValidationError:
            raise
        except Exception as error:
            raise no_match() from error
        if "\\u0000" in json.dumps(cleaned.get("credential")):  # PostgreSQL keeps no NUL
            raise no_match()
        return cleaned


class RenamePasskeyForm(OurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named(self.fields["name"])


def named(field: Field) -> None:
    """At most sixty letters."""
    field.label = _("Name of this passkey")
    field.validators.append(MaxLengthValidator(60))
    field.widget.attrs["maxlength"] = "60"

"""The forms of allauth's pages in our words: labels instead of placeholders, hints where they help."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onboarding.models import User
from onboarding.registration import limits
from onboarding.registration.adapter import MobileField, find_or_make
from onboarding.services.accounts import give_way
from portal import typed

LABELS: dict[str, Any] = {
    "login": _("Mobile number or e-mail"),
    "phone": _("Mobile number"),
    "email": _("E-mail"),
    "code": _("Six-digit code"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}
PASSWORD_HINT = _("At least 8 characters, and not a word that everybody uses.")


class OurWords(typed.Form):
    """Mixed into allauth's forms: our labels, no placeholders, numeric keys for codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update(
                inputmode="numeric", maxlength="20", autofocus=True, **{"class": "code"}
            )
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HINT
        if "password" in self.fields:
            self.fields["password"].label = _("Password")
            self.fields["password"].help_text = ""


class LoginForm(OurWords, allauth.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Mobile number or e-mail, and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(autocomplete="username", maxlength="254")

    def user_credentials(self) -> dict[str, Any]:
        """As allauth, but a mobile number is looked for as we store it."""
        credentials: dict[str, Any] = super().user_credentials()
        if "phone" in credentials:
            credentials["phone"] = MobileField().clean(credentials["phone"])
        return credentials


class RequestCodeForm(typed.Form):
    """Ask for a code by mobile number. A number we do not know gets an account, so both answer alike."""

    phone = MobileField()

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not ratelimit.consume(context.request, action="request_login_code", key=phone):
            seconds = limits.wait(context.request, "request_login_code", phone)
            raise ValidationError(limits.sentence(seconds), code="too_many_login_attempts")
        self._user = find_or_make(phone)  # allauth's view reads it there
        return phone


class ConfirmCodeForm(OurWords, allauth.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the SMS."""


class SignupForm(OurWords, allauth.SignupForm):  # type: ignore[misc]
    """An account by e-mail address and password; the mobile number comes with the application."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["phone"]
        self._has_phone_field = False
        self.fields["email"].widget.attrs.update(autocomplete="email", maxlength="254")
        self.fields["password1"].label = _("Password")


class ConfirmAddressForm(OurWords, allauth.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code from the mail."""


class VerifyPhoneForm(OurWords, allauth.VerifyPhoneForm):  # type: ignore[misc]
    """The code that confirms a changed number."""

    def clean_code(self) -> str:
        """Who holds the number has it: an account that only ever asked for a code with it gives way."""
        try:
            code: str = super().clean_code()
        except ValidationError as error:
            if error.code != "phone_taken" or not give_way(self.phone):
                raise
            code = self.cleaned_data["code"]
        return code


class ChangePhoneForm(OurWords, allauth.ChangePhoneForm):  # type: ignore[misc]
    """A new number for the account."""


class AddEmailForm(OurWords, allauth.AddEmailForm):  # type: ignore[misc]
    """One more e-mail address."""


class ChangePasswordForm(OurWords, allauth.ChangePasswordForm):  # type: ignore[misc]
    """A new password, with the present one."""


class SetPasswordForm(OurWords, allauth.SetPasswordForm):  # type: ignore[misc]
    """The first password of an account that has signed in by code so far."""


class ResetPasswordForm(OurWords, allauth.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to a new password. It goes to staff, and to addresses that a code has confirmed."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.works_here or _confirmed(user, email)]
        return email


def _confirmed(user: User, email: str) -> bool:
    return bool(EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists())


class ResetPasswordKeyForm(OurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password behind the link."""


class ReauthenticateForm(OurWords, allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password again, before something sensitive."""

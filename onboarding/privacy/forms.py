"""Proving who one is before a copy of the data is handed out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.models import Export, User
from onboarding.services import codes
from portal import typed

WRONG_PASSWORD = _("This is not your password. Try again.")


def purpose_of(row: Export) -> str:
    return f"export:{row.pk}"


class PasswordForm(typed.Form):
    """For whoever has a password."""

    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "maxlength": "128"}),
        error_messages={"required": _("Enter your password"), "max_length": WRONG_PASSWORD},
    )

    def __init__(self, *args: Any, user: User, row: Export, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        if not self.user.check_password(typed):
            raise forms.ValidationError(WRONG_PASSWORD, code="incorrect_password")
        return typed


class CodeForm(typed.Form):
    """For whoever signs in by SMS."""

    code = forms.CharField(
        label=_("Six-digit code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12", "class": "code"}
        ),
        error_messages={"required": codes.EMPTY, "max_length": codes.EMPTY},
    )

    def __init__(self, *args: Any, user: User, row: Export, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_code(self) -> str:
        code, sentence = codes.check(purpose_of(self.row), self.cleaned_data["code"])
        if code is None or not codes.use(code):
            raise forms.ValidationError(sentence or codes.NONE_SENT, code="incorrect_code")
        return str(code.pk)


def proof(user: User) -> type[PasswordForm | CodeForm]:
    """A password where there is one, else a code to the mobile."""
    return PasswordForm if user.has_usable_password() else CodeForm

"""The number that the phone asks for."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onboarding.formats.reading import clean, is_digits
from portal import typed

WRONG = _("This is not the number on the computer. Look again.")

DIGITS = {"inputmode": "numeric", "autocomplete": "off", "class": "code", "autofocus": True}


class NumberForm(typed.Form):
    """Four digits from the computer's screen."""

    number = forms.CharField(
        label=_("The number on the computer"),
        help_text=_("It appears there within seconds; otherwise press “Refresh” there."),
        max_length=40,
        error_messages={"required": _("Type the four digits that the computer shows.")},
        widget=forms.TextInput(attrs=DIGITS),
    )

    def clean_number(self) -> str:
        typed = clean(self.cleaned_data["number"]).replace(" ", "")
        if len(typed) != 4 or not is_digits(typed):
            raise ValidationError(_("The number has four digits."))
        return typed

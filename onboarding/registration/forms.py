"""The registration form. Each field is checked alone, so that what is right can be kept while something is missing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from onboarding.formats import text
from onboarding.models import Case, Consent, MerchantType
from onboarding.services import consents
from portal import typed

TYPE_LINES: dict[str, Any] = {
    MerchantType.ENTERPRISE: _("The licence says company or partnership"),
    MerchantType.SOLE_TRADER: _("The licence says 个体工商户"),
    MerchantType.MICRO: _("A stall or small shop, no licence needed"),
    MerchantType.INSTITUTION: _("School, hospital, museum, with a certificate as public institution"),
    MerchantType.GOVERNMENT: _("Office or court, with a certificate of its credit code"),
    MerchantType.SOCIAL_ORG: _("Association, foundation, private school, temple"),
}
NAME_LENGTH = 60


def type_choices() -> list[tuple[str, Any]]:
    return [(value, _two_lines(label, TYPE_LINES[value])) for value, label in MerchantType.choices]


def _two_lines(label: Any, line: Any) -> Any:
    return format_html("<b>{}</b><br><small class='muted'>{}</small>", label, line)


class NameField(forms.CharField):
    """A person's name, kept as typed: rare characters and the dot of a Uyghur name stay what they are."""

    typed: ClassVar[dict[str, bool]] = {"name": True}

    def to_python(self, value: Any) -> str:
        return text.trim(str(value or ""))

    def validate(self, value: str) -> None:
        super().validate(value)
        reading = text.read(value, longest=NAME_LENGTH)
        if value and reading.errors:
            raise forms.ValidationError(reading.errors[0].sentence, code=reading.errors[0].code)


class RegistrationForm(typed.Form):
    """Kind of business, contact, consents. The mobile number is confirmed already and not asked again."""

    type = forms.ChoiceField(
        label=_("What kind of business is it?"),
        choices=type_choices,
        widget=forms.RadioSelect,
        help_text=_("It decides which papers we ask for. You can see it on the licence."),
        error_messages={"required": _("Choose what kind of business it is")},
    )
    contact_name = NameField(
        label=_("Who may we ask?"),
        help_text=_("Your name, as on your identity card."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": "200"}),
        error_messages={"required": _("Enter the name of the person we may ask")},
    )
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("For longer news and the agreement. Short news comes by SMS."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "maxlength": "254"}),
        error_messages={
            "invalid": _("Enter an address such as name@example.com, or leave it empty"),
            "max_length": _("Enter an address of at most 254 characters, or leave it empty"),
        },
    )
    privacy = forms.BooleanField(error_messages={"required": _("Agree to how we handle the data of this application")})
    identity = forms.BooleanField(error_messages={"required": _("Agree to the check of identity papers")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in ("privacy", "identity"):
            words = consents.text(purpose)
            self.fields[purpose].label = words.agree
            self.fields[purpose].help_text = words.words

    def kept(self) -> dict[str, Any]:
        """What may be kept of this submission, whether or not the whole is complete: all fields that are right, and
        a box that was not ticked."""
        self.is_valid()
        cleaned = self.cleaned_data
        return cleaned | {purpose: bool(cleaned.get(purpose)) for purpose in ("privacy", "identity")}


def initial(case: Case) -> dict[str, Any]:
    """What the merchant entered before. Boxes are ticked only where they ticked them."""
    merchant = case.merchant
    given = Consent.objects.filter(case=case, withdrawn_at=None).values_list("purpose", flat=True)
    return {
        "type": merchant.type,
        "contact_name": merchant.contact_name,
        "contact_email": merchant.contact_email,
        **dict.fromkeys(given, True),
    }

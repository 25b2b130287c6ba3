"""Whom to invite, as what; and the code at the other end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from onboarding.formats import mobile
from onboarding.members import services
from onboarding.models import Case, Membership, Merchant, Notice
from onboarding.registration.adapter import MobileField
from onboarding.registration.forms import NameField
from onboarding.services import codes
from portal import typed

CHOOSE_ROLE = _("Choose what this person may do")
LINES: dict[str, Any] = {
    Membership.Role.OWNER: _("Owner: decides everything, invites and removes people"),
    Membership.Role.MANAGER: _("Shop manager: sees how it goes, orders help"),
    Membership.Role.CASHIER: _("Cashier: sees how it goes and learns"),
    Membership.Role.HANDLER: _("Handler with a letter of authorisation: fills in and hands in, does not sign"),
    Membership.Role.LEGAL_REPRESENTATIVE: _("Legal representative: fills in, hands in and signs"),
}


class AddressField(forms.CharField):
    """A mobile number or an e-mail address; cleaned to (channel, address)."""

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value)).strip()
        if "@" not in typed:
            return Notice.Channel.SMS.value, self._number(typed)
        try:
            validate_email(typed)
        except ValidationError as error:
            raise ValidationError(_("Enter an address such as name@example.com"), code="invalid") from error
        return Notice.Channel.MAIL.value, typed.lower()

    def _number(self, typed: str) -> str:
        reading = mobile.read(typed)
        if reading.errors:
            raise ValidationError(reading.errors[0].sentence, code=reading.errors[0].code)
        return reading.value


class InviteForm(typed.Form):
    """One more person who acts for the merchant."""

    name = NameField(
        label=_("Name"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": "200"}),
        error_messages={"required": _("Enter the name, so that you know later who this is")},
    )
    address = AddressField(
        label=_("Mobile number or e-mail"),
        max_length=254,
        help_text=_("We send a link. It works with a code to the same address, for 7 days, once."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": "254"}),
        error_messages={
            "required": _("Enter a mobile number or an e-mail address"),
            "max_length": _("Enter an address of at most 254 characters"),
        },
    )
    role = forms.ChoiceField(
        label=_("What this person may do"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ROLE, "invalid_choice": CHOOSE_ROLE},
    )

    def __init__(self, merchant: Merchant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["role"], [code for code, _label in services.roles(merchant)])


class RoleForm(typed.Form):
    """Another role for a member."""

    role = forms.ChoiceField(
        label=_("What this person may do"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ROLE, "invalid_choice": CHOOSE_ROLE},
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invited = [code for code, _label in services.roles(case.merchant)]
        _offer(self.fields["role"], [Membership.Role.OWNER.value, *invited])


class NumberForm(typed.Form):
    """The contact's right number, when the first one was misheard."""

    mobile = MobileField()


class CodeForm(typed.Form):
    """The six digits that were sent."""

    code = forms.CharField(
        label=_("Six-digit code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "20", "class": "code"}
        ),
        error_messages={"required": codes.EMPTY, "max_length": codes.EMPTY},
    )


def _offer(field: forms.Field, wanted: list[str]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(code, LINES[code]) for code in wanted]

"""A case for somebody who calls, or who is met in the shop."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.formats import uscc
from onboarding.identity.fields import ReadingField, name_field
from onboarding.registration.adapter import MobileField
from onboarding.registration.forms import RegistrationForm, type_choices
from portal import typed

NAME = 60
BUSINESS = 200


class NewCaseForm(typed.Form):
    """What is asked, in the order of a conversation. The consents are not here: nobody gives them for somebody else."""

    type = forms.ChoiceField(
        label=_("What kind of business is it?"),
        choices=type_choices,
        widget=forms.RadioSelect,
        help_text=_("The licence says it; without a licence it is a micro merchant."),
        error_messages={"required": _("Choose what kind of business it is")},
    )
    contact_name = name_field(
        NAME,
        label=_("Name of the contact"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": "200"}),
        error_messages={"required": _("Enter the name of the person we may ask")},
    )
    contact_mobile = MobileField(help_text=_("Read it back. The link and the code go to this number."))
    business = name_field(
        BUSINESS,
        label=_("Name of the business"),
        required=False,
        help_text=_("As on the licence, or on the sign. It shows whether the merchant is with us already."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": "300"}),
    )
    uscc = ReadingField(
        uscc.read,
        label=_("Credit code"),
        required=False,
        help_text=_("18 characters; there is no letter I, O, S, V or Z in it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": "40"}),
    )
    told = forms.BooleanField(
        label=_("I read the text about consent, and the merchant wants the link"),
        error_messages={"required": _("Read the text beside, then tick this: the merchant agrees at the link")},
    )
    separate = forms.BooleanField(label=_("It is another business: open a case of its own"), required=False)

    field_order: Any = (
        "type", "region", "contact_name", "contact_mobile", "contact_email", "business", "uscc", "told", "separate",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = RegistrationForm.base_fields["contact_email"]
        self.fields["contact_email"] = forms.EmailField(
            label=email.label, required=False, max_length=254, widget=email.widget, error_messages=email.error_messages
        )
        self.order_fields(self.field_order)

    def entered(self) -> dict[str, str]:
        """What becomes the merchant's first row."""
        names = ("type", "contact_name", "contact_mobile", "contact_email", "business", "uscc")
        return {name: self.cleaned_data[name] for name in names}

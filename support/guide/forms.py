"""The questions of the guide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.application.categories import COMMON
from onboarding.formats.text import trim
from onboarding.models import MerchantCategory
from onboarding.registration.forms import type_choices
from onboarding.words import pick
from portal import typed
from support.guide.checklist import FIXED, PREMISES, Choice

APPLIES = (
    ("handler_is_not_owner", _("Somebody else deals with the application, not the responsible person")),
    ("owner_id_not_resident_card", _("The responsible person has another document than a resident identity card")),
    ("beneficial_owner_not_exempt", _("The capital is above 10 million yuan, or another company holds shares")),
    ("settles_to_unit_account", _("Sole trader: the money goes to an account of the business")),
    ("settlement_account_not_basic", _("The money goes to an account other than the basic account")),
    ("permit_applies", _("Something is sold or done that needs a permit of its own, such as tobacco")),
)


def trades() -> list[tuple[Any, Any]]:
    """Those that are asked for most, then all by name. One query."""
    rows = {row.code: row for row in MerchantCategory.objects.exclude(status="closed").exclude(risk="prohibited")}
    common = [(code, pick(rows[code], "name")) for code in COMMON if code in rows]
    others = sorted(((code, pick(row, "name")) for code, row in rows.items()), key=lambda one: one[1])
    return [("", _("I do not know yet")), (_("Often"), common), (_("All trades"), others)]


class ChoiceForm(typed.Form):
    """Which merchant, where, which trade, and what else is true."""

    type = forms.ChoiceField(
        label=_("What kind of business is it?"),
        choices=type_choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what kind of business it is"),
            "invalid_choice": _("Choose what kind of business it is"),
        },
    )
    premises = forms.ChoiceField(
        label=_("Where do customers pay?"), choices=PREMISES, widget=forms.RadioSelect, initial=FIXED,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose where customers pay")),
    )  # fmt: skip
    mcc = forms.ChoiceField(
        label=_("What do you sell or do?"), choices=trades, required=False,
        help_text=_("Some trades need a permit. Leave it open if you are not sure."),
        error_messages={"invalid_choice": _("Choose a trade from the list, or leave it open")},
    )  # fmt: skip
    applies = forms.MultipleChoiceField(
        label=_("Is one of these true?"), choices=APPLIES, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Mostly none is."),
        error_messages={"invalid_choice": _("Choose from the list")},
    )  # fmt: skip

    def choice(self) -> Choice:
        """After validation."""
        told = self.cleaned_data
        return Choice(told["type"], told["premises"], told["mcc"], tuple(told["applies"]))


class AgentForm(typed.Form):
    """The number on an agent's paper."""

    number = forms.CharField(
        label=_("Filing number of the agency"), max_length=60,
        help_text=_("It stands on the agent’s card and on the letter of authorisation, for example WB-2025-0123."),
        widget=forms.TextInput(attrs={"class": "num", "autocomplete": "off", "maxlength": "60"}),
        error_messages={
            "required": _("Enter the filing number"), "max_length": _("A filing number has at most 60 characters"),
        },
    )  # fmt: skip

    def clean_number(self) -> str:
        return trim(self.cleaned_data["number"])

"""One form per page: it cleans, and gives the values as they are stored. It saves nothing."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.formats import Reading, identity_document, mobile, uscc
from onboarding.identity.fields import DayField, EndField, ReadingField, name_field, past
from onboarding.models import MerchantType, Person
from onboarding.rules.identity import BUSINESS, PERSON
from portal import typed

LONG_TERM = _("It says “long-term”")
EXPIRED = _("This day is over. If you have a new document, enter its date; otherwise have it renewed first.")


class PageForm(typed.Form):
    """Base: only the open fields are in the form, doubts are collected beside errors.

    `names` maps a form field to the item of rules.identity.FIELDS that opens it.
    """

    names: dict[str, str] = {}
    required: dict[str, Any] = {}  # what to say at an empty field
    label = _("Save and continue")

    def __init__(self, *args: Any, open_items: frozenset[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra_doubts: dict[str, Any] = {}
        if open_items is not None:
            for field, name in self.names.items():
                if f"field:{name}" not in open_items:
                    self.fields.pop(field, None)
        for field, sentence in self.required.items():
            if field in self.fields:
                self.fields[field].error_messages["required"] = sentence
        self.helper = FormHelper()
        self.helper.submit_label = self.label

    def doubts(self) -> list[tuple[str, Any]]:
        """(id of the control, sentence) for every soft warning; such values are kept all the same."""
        found = [
            (name, doubt)
            for name, field in self.fields.items()
            for doubt in getattr(field, "doubts", ())
            if self.is_valid()
        ]
        return [(self[name].id_for_label, doubt) for name, doubt in [*found, *self.extra_doubts.items()]]

    def both_dates(self, until: str, long_term: str) -> None:
        """Either an end date or long-term, as the document says."""
        if until not in self.fields or self.errors.get(until):
            return
        day, forever = self.cleaned_data.get(until), self.cleaned_data.get(long_term)
        if forever:
            self.cleaned_data[until] = None
        elif not day:
            self.add_error(until, ValidationError(_("Enter the end date, or choose long-term."), code="required"))
        elif day < timezone.localdate():
            self.extra_doubts[until] = EXPIRED


class BusinessForm(PageForm):
    """The business as it stands on its licence; a micro merchant has none."""

    required = {name.partition(".")[2]: sentence for name, sentence in BUSINESS.items()}
    names = {
        "name": "merchant.name",
        "uscc": "merchant.uscc",
        "registered_address": "merchant.registered_address",
        "scope": "merchant.scope",
        "established_on": "merchant.established_on",
        "valid_until": "merchant.valid_until",
        "is_long_term": "merchant.valid_until",
    }
    name = name_field(200, label=_("Registered name"), help_text=_("Exactly as it stands on the licence."))
    uscc = ReadingField(
        uscc.read, label=_("Credit code"), help_text=_("18 characters; there is no letter I, O, S, V or Z in it.")
    )
    registered_address = name_field(300, label=_("Registered address"))
    scope = name_field(
        2000, label=_("Business scope"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As on the licence; it may stay empty."),
    )  # fmt: skip
    established_on = DayField(label=_("Established on"))
    valid_until = EndField(label=_("Valid until"))
    is_long_term = forms.BooleanField(label=LONG_TERM, required=False)

    def __init__(self, *args: Any, merchant_type: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if code := self.fields.get("uscc"):
            code.read = lambda typed: uscc.read(typed, merchant_type=merchant_type)  # type: ignore[attr-defined]
            code.widget.attrs |= _CONTROLS["id_number"]

    def clean_established_on(self) -> Any:
        return past(self.cleaned_data["established_on"])

    def clean(self) -> dict[str, Any]:
        self.both_dates("valid_until", "is_long_term")
        began, ends = self.cleaned_data.get("established_on"), self.cleaned_data.get("valid_until")
        if began and ends and ends <= began:
            self.add_error("valid_until", ValidationError(_("The end lies before the beginning."), code="order"))
        return self.cleaned_data


class MicroForm(PageForm):
    """The trade of a natural person without a licence."""

    required = BusinessForm.required
    names = {"short_name": "merchant.short_name", "registered_address": "merchant.registered_address"}
    short_name = name_field(60, label=_("Name on the sign"), help_text=_("What customers call your shop or stall."))
    registered_address = name_field(300, label=_("Where you do business"))


class PersonForm(PageForm):
    """Somebody whose identity is checked, with the document that proves it."""

    required = {name.partition(".")[2]: sentence for name, sentence in PERSON.items()}
    names = {
        "name": "person.name",
        "id_type": "person.id_type",
        "id_number": "person.id_number",
        "id_valid_until": "person.id_valid_until",
        "id_long_term": "person.id_valid_until",
        "mobile": "person.mobile",
    }
    name = name_field(120, label=_("Name"), help_text=_("As on the identity document, with any dot in it."))
    id_type = forms.ChoiceField(label=_("Kind of identity document"), choices=Person.IdType.choices)
    id_number = ReadingField(Reading, label=_("Document number"))
    id_valid_until = EndField(label=_("Valid until"))
    id_long_term = forms.BooleanField(label=LONG_TERM, required=False)
    mobile = ReadingField(mobile.read, label=_("Mobile number"), help_text=_("Codes for signing go to this number."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, more in _CONTROLS.items():
            if name in self.fields:
                self.fields[name].widget.attrs |= more

    def clean(self) -> dict[str, Any]:
        self._read_number()
        if "id_valid_until" in self.fields:
            self.both_dates("id_valid_until", "id_long_term")
        return self.cleaned_data

    def _read_number(self) -> None:
        """The number is read as one of the chosen kind: of the page, or of the kind that is locked already."""
        if self.errors.get("id_number") or self.errors.get("id_type"):
            return
        typed = self.cleaned_data.get("id_number", self.initial.get("id_number", ""))
        kind = self.cleaned_data.get("id_type") or self.initial.get("id_type") or Person.IdType.RESIDENT_ID
        reading = identity_document.read(typed, kind=kind)
        where = "id_number" if "id_number" in self.fields else "id_type"
        if where not in self.fields:
            return
        for one in reading.errors:
            self.add_error(where, ValidationError(str(one.sentence), code=one.code))
        if where == "id_number" and reading.ok:
            self.cleaned_data["id_number"] = reading.value
            if reading.warnings:
                self.extra_doubts[where] = reading.warnings[0].sentence


_CONTROLS = {
    "name": {"autocomplete": "name"},
    "id_number": {"class": "num", "autocapitalize": "characters", "autocomplete": "off"},
    "mobile": {"class": "num", "inputmode": "tel", "autocomplete": "tel"},
}


class HandlerForm(PersonForm):
    """Who deals with the application: the responsible person, or somebody with a letter."""

    names = dict.fromkeys(
        ("who", "name", "id_type", "id_number", "id_valid_until", "id_long_term", "mobile"), "handler"
    )
    SELF, OTHER = "self", "other"
    who = forms.ChoiceField(
        label=_("Who deals with this application?"),
        choices=[
            (SELF, _("The responsible person")),
            (OTHER, _("Somebody else, with a letter of authorisation")),
        ],
        widget=forms.RadioSelect,
    )
    mobile = ReadingField(mobile.read, label=_("Mobile number"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["who"])
        chosen = self.data.get(self.add_prefix("who")) if self.is_bound else self.initial.get("who")
        if "who" in self.fields and chosen != self.OTHER:  # the rest does not count then
            self.fields = {"who": self.fields["who"]}


class OwnerForm(PersonForm):
    """A natural person who owns or controls a quarter or more."""

    names: dict[str, str] = {}
    label = _("Add this person")
    mobile = None  # type: ignore[assignment]
    share = forms.DecimalField(
        label=_("Share (per cent)"), min_value=0, max_value=100, max_digits=7, decimal_places=4, required=False,
        help_text=_("Leave it empty for somebody who controls without a share."),
    )  # fmt: skip


class PromiseForm(PageForm):
    """The promise that frees small companies of natural persons from declaring owners."""

    label = _("Save")
    exempt = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, merchant_type: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exempt"].label = PROMISES[MerchantType(merchant_type)]


PROMISES = {
    MerchantType.ENTERPRISE: _(
        "I promise: the registered capital is at most 10 million yuan, all holders of shares are natural persons, "
        "and nobody else controls the company or takes its profits."
    ),
    MerchantType.INSTITUTION: _("I promise: no natural person owns or controls a quarter or more of this body."),
    MerchantType.SOCIAL_ORG: _("I promise: no natural person owns or controls a quarter or more of this body."),
}

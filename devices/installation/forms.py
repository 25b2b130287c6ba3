"""What a technician enters, one form per thing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from devices.models import AcceptanceTest, ChecklistItem, VisitPhoto
from onboarding.formats import text, tusn
from portal import typed


class CheckInForm(typed.Form):
    """The position comes from the phone where it gives one; nobody types it."""

    latitude = forms.DecimalField(min_value=-90, max_value=90, required=False, widget=forms.HiddenInput)
    longitude = forms.DecimalField(min_value=-180, max_value=180, required=False, widget=forms.HiddenInput)
    accuracy_m = forms.FloatField(min_value=0, max_value=100_000, required=False, widget=forms.HiddenInput)

    def position(self) -> dict[str, Any]:
        """Both or none: half a position is none, and a broken one never stops a check-in."""
        given = getattr(self, "cleaned_data", {})
        latitude, longitude = given.get("latitude"), given.get("longitude")
        if latitude is None or longitude is None:
            return {}
        places = Decimal("0.000001")
        accuracy = given.get("accuracy_m")
        return {
            "latitude": latitude.quantize(places),
            "longitude": longitude.quantize(places),
            "accuracy_m": None if accuracy is None else round(accuracy),
        }


class SerialForm(typed.Form):
    serial = forms.CharField(
        label=_("Serial number on the back"), max_length=80,
        widget=forms.TextInput(attrs={"class": "mono", "autocapitalize": "characters", "autocomplete": "off"}),
        error_messages={"required": _("Enter or scan the serial number on the back of the terminal")},
    )  # fmt: skip

    def clean_serial(self) -> str:
        reading = tusn.read(self.cleaned_data["serial"])
        if not reading.ok:
            raise forms.ValidationError(reading.errors[0].sentence)
        return reading.value


class PhotoForm(typed.Form):
    kind = forms.ChoiceField(choices=VisitPhoto.Kind.choices, widget=forms.HiddenInput)
    photo = forms.FileField(
        error_messages={"required": _("Take a photo or choose a file."), "empty": _("This file is empty.")}
    )


class ChecklistForm(typed.Form):
    done = forms.MultipleChoiceField(
        label=_("Checklist"), choices=ChecklistItem.Code.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class TestForm(typed.Form):
    """The matrix of one terminal: one choice per test that this terminal has."""

    def __init__(self, tests: list[AcceptanceTest], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for test in tests:
            self.fields[test.code] = forms.ChoiceField(
                label=test.get_code_display(), choices=AcceptanceTest.Result.choices, initial=test.result,
                required=False, widget=forms.RadioSelect,
            )  # fmt: skip

    def results(self) -> dict[str, str]:
        return {code: result for code, result in self.cleaned_data.items() if result}


class TrainingNoteForm(typed.Form):
    note = forms.CharField(
        label=_("Who was shown what"), max_length=300,
        help_text=_("For example: owner and one cashier: sale, void, end of day, paper change."),
        error_messages={"required": _("Note who was shown how to use it.")},
    )  # fmt: skip

    def clean_note(self) -> str:
        return text.trim(self.cleaned_data["note"])


class SignForm(typed.Form):
    """Drawn on the pad, or confirmed by name: nobody is stopped by a phone that cannot draw."""

    signer = forms.CharField(
        label=_("Name of who signs"), max_length=120, error_messages={"required": _("Enter who signs for the shop.")}
    )
    drawn = forms.CharField(label=_("Sign by hand in the box"), required=False, widget=forms.HiddenInput)
    agrees = forms.BooleanField(
        label=_("This person has read the sentence above and agrees, without drawing"), required=False
    )

    def clean_signer(self) -> str:
        reading = text.read(self.cleaned_data["signer"], longest=120)
        if not reading.ok:
            raise forms.ValidationError(reading.errors[0].sentence)
        return reading.value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("drawn") and not cleaned.get("agrees"):
            self.add_error("agrees", _("Draw the signature, or tick that this person agrees."))
        return cleaned


class FailForm(typed.Form):
    why = forms.CharField(
        label=_("Why could it not be done"), max_length=300,
        error_messages={"required": _("Say why it could not be done, so that the next visit works.")},
    )  # fmt: skip

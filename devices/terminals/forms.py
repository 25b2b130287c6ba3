"""What the warehouse types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from devices.models import DeviceModel
from onboarding.formats import tusn
from onboarding.models import User
from onboarding.rules import Who
from portal import typed

MOST_LINES = 200


class ReceiveForm(typed.Form):
    """One serial number per line, typed or scanned."""

    model = forms.ModelChoiceField(
        DeviceModel.objects.none(), label=_("Model"), empty_label=None,
        error_messages={"required": _("Choose the model."), "invalid_choice": _("Choose the model.")},
    )  # fmt: skip
    serials = forms.CharField(
        label=_("Serial numbers"), help_text=_("One per line. A scanner ends each line by itself."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "mono", "autocapitalize": "characters"}), max_length=12_000,
        error_messages={"required": _("Enter or scan at least one serial number.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["model"]
        field.queryset = DeviceModel.objects.on_offer(timezone.localdate())

    def clean_serials(self) -> list[str]:
        lines = [line for line in self.cleaned_data["serials"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("At most %(most)s lines at once.") % {"most": MOST_LINES})
        return _read(lines)


def _read(lines: list[str]) -> list[str]:
    """The serials; every bad line gets its own sentence."""
    values: list[str] = []
    problems = []
    for number, line in enumerate(lines, 1):
        reading = tusn.read(line)
        if not reading.ok:
            problems.append(_("Line %(n)s: %(why)s") % {"n": number, "why": reading.errors[0].sentence})
        elif reading.value in values:
            problems.append(_("Line %(n)s: this serial number stands here twice.") % {"n": number})
        values.append(reading.value)
    if problems:
        raise forms.ValidationError(problems[:10])
    return values


class SerialForm(typed.Form):
    serial = forms.CharField(
        label=_("Serial number"), max_length=80,
        error_messages={"required": _("Enter or scan the serial number on the back of the terminal")},
    )  # fmt: skip


class KcvForm(typed.Form):
    kcv = forms.CharField(label=_("Key check value"), max_length=12, required=False)


class SealForm(typed.Form):
    seal = forms.CharField(label=_("Seal number"), max_length=40, required=False)


class HandOverForm(SealForm):
    technician = forms.ModelChoiceField(
        User.objects.none(), label=_("Technician"), empty_label=None,
        error_messages={"required": _("Choose a technician."), "invalid_choice": _("Choose a technician.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["technician"]
        field.queryset = User.objects.filter(groups__name=Who.TECHNICIAN, is_active=True).order_by("name")

"""Booking a visit: technician, day, window. Times are Shanghai's."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import User
from onboarding.rules import Who
from portal import typed

HOURS = [(f"{hour:02d}:00", f"{hour:02d}:00–{hour + 2:02d}:00") for hour in range(8, 20, 2)]


class VisitForm(typed.Form):
    technician = forms.ModelChoiceField(
        User.objects.none(), label=_("Technician"), empty_label=None,
        error_messages={"required": _("Choose a technician."), "invalid_choice": _("Choose a technician.")},
    )  # fmt: skip
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d"],
        error_messages={"required": _("Choose the day."), "invalid": _("Enter the day as 2026-12-07.")},
    )  # fmt: skip
    window = forms.ChoiceField(
        label=_("Window of arrival"), choices=HOURS, initial="14:00",
        error_messages={"required": _("Choose a window."), "invalid_choice": _("Choose a window.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["technician"]
        field.queryset = User.objects.filter(groups__name=Who.TECHNICIAN, is_active=True).order_by("name")

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose a later one."))
        if day > timezone.localdate() + datetime.timedelta(days=90):
            raise forms.ValidationError(_("Choose a day within the next 90 days."))
        return day

    def window_of(self) -> tuple[datetime.datetime, datetime.datetime]:
        """Begin and end, aware; two hours."""
        begin = datetime.time.fromisoformat(self.cleaned_data["window"])
        starts = timezone.make_aware(datetime.datetime.combine(self.cleaned_data["day"], begin))
        return starts, starts + datetime.timedelta(hours=2)

"""Form fields that read what people type through `onboarding.formats`: a sentence at the field, or a doubt."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.formats import Reading, text

EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
DATE_SHAPE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})", re.ASCII)


class ReadingField(forms.CharField):
    """A text field over one `read` of onboarding.formats; `doubts` holds its warnings after cleaning."""

    def __init__(self, read: Callable[[str], Reading], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.typed = {"strict": True}
        self.read = read
        self.doubts: list[Any] = []

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        self.doubts = []
        if not typed and not self.required:
            return ""
        reading = self.read(typed)
        if reading.errors:
            raise ValidationError([ValidationError(str(one.sentence), code=one.code) for one in reading.errors])
        self.doubts = [one.sentence for one in reading.warnings]
        return reading.value


def name_field(longest: int, **kwargs: Any) -> ReadingField:
    """A name of a person, firm or shop, kept as typed."""
    field = ReadingField(lambda typed: text.read(typed, longest=longest), **kwargs)
    field.typed = {"name": True}
    return field


class DayField(forms.Field):
    """A date, typed as 2024-03-18, 2024年3月18日 or 20240318, or picked."""

    widget = forms.DateInput(
        format="%Y-%m-%d",
        attrs={"type": "date", "class": "short num", "min": EARLIEST.isoformat(), "max": LATEST.isoformat()},
    )

    def to_python(self, value: Any) -> datetime.date | None:
        if not value or isinstance(value, datetime.date):
            return value or None
        found = DATE_SHAPE.fullmatch(str(value).strip())
        try:
            day = datetime.date(*(int(part) for part in found.groups() if part)) if found else None
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Enter a date such as 2024-03-18."), code="date")
        return day


class EndField(DayField):
    """A last day that a tick for "long-term" may stand in for: the form asks for one of the two."""

    def validate(self, value: Any) -> None:
        """Empty is judged by the form."""


def past(day: datetime.date | None) -> datetime.date | None:
    """The same day; ValidationError when it is still to come."""
    if day and day > timezone.localdate():
        raise ValidationError(_("This day is still to come. Compare it with the document."), code="future")
    return day

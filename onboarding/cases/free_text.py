"""Text that colleagues write freely: a whole card number is refused wherever it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.formats import bank_card


class FreeText(forms.CharField):
    """Several lines without a card number in them."""

    def __init__(self, *, longest: int, rows: int = 3, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "maxlength": str(longest)})
        super().__init__(max_length=longest, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if bank_card.contains_card(text):
            raise forms.ValidationError(_("This looks like a card number. Do not enter one here"), code="card")
        return str(text)

"""How somebody wants to see a letter: read from the address, wrong values fall back."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import typed

PHONE, DESK = "phone", "desk"
WIDTHS = {PHONE: 410, DESK: 770}  # CSS pixels of the frame; 50 of them are its own border


class Look(typed.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    width = forms.ChoiceField(
        label=_("Width"), choices=[(PHONE, _("Phone")), (DESK, pgettext_lazy("width of a screen", "Desk"))]
    )
    shade = forms.ChoiceField(label=_("Colours"), choices=[("light", _("Light")), ("dark", _("Dark"))])
    reader = forms.ChoiceField(label=_("Reader"), choices=[("them", _("The merchant")), ("us", _("A colleague"))])

    def __init__(self, data: dict[str, str], *, language: str, both_sides: bool) -> None:
        first = {"language": language, "width": PHONE, "shade": "light", "reader": "them"}
        super().__init__({**first, **{name: value for name, value in data.items() if name in first and value}})
        if not both_sides:
            del self.fields["reader"]

    def chosen(self) -> dict[str, str]:
        """Every value, the first choice of the list where something else was written."""
        self.is_valid()
        return {
            name: str(self.cleaned_data.get(name) or field.choices[0][0])  # type: ignore[attr-defined]
            for name, field in self.fields.items()
        }

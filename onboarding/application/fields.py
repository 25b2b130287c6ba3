"""Fields of the application: text that stays as typed, amounts in fen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding import fees
from onboarding.formats import bank_card


class PlainText(forms.CharField):
    """One line as typed, without outer blanks. Refuses whole card numbers, with a sentence."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"maxlength": str(self.longest * 2)}  # we say what is too long, in words

    def run_validators(self, value: str) -> None:
        if len(value) > self.longest:
            sentence = _("Enter at most %(longest)s characters. This has %(n)s")
            raise forms.ValidationError(sentence, "length", {"longest": self.longest, "n": len(value)})
        if bank_card.contains_card(value):
            raise forms.ValidationError(_("This looks like a card number. Do not enter one here"), "card")
        super().run_validators(value)


class YuanField(forms.CharField):
    """Yuan as people type them ("12,000", "20元"), cleaned to integer fen."""

    def __init__(self, *, least: int = 1, most: int = fees.LARGEST_FEN, **kwargs: Any) -> None:
        self.least, self.most = least, most
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "maxlength": "30"}))
        super().__init__(**kwargs)
        self.typed = {"strict": True}

    def clean(self, value: Any) -> Any:
        if not self.required and not str(value or "").strip():
            return None
        try:
            return fees.parse_yuan(str(value or ""), least=self.least, most=self.most)
        except fees.NotAnAmount as error:
            raise forms.ValidationError(error.sentence, code=error.code) from None

    def prepare_value(self, value: Any) -> Any:
        """Fen of the saved answer as yuan; what was typed stays as typed."""
        if not isinstance(value, int):
            return value
        return fees.yuan(value).removesuffix(".00")

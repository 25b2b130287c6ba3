"""One field of every widget that our forms use, so that the template pack can be seen and tested whole."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import typed

KINDS = [("company", _("Company")), ("trader", _("Sole trader"))]


class EveryWidget(typed.Form):
    text = forms.CharField(label=_("Name of the shop"), help_text=_("As on the sign above the door"), max_length=40)
    number = forms.IntegerField(label=_("Terminals"), min_value=1, max_value=9)
    mail = forms.EmailField(label=_("E-mail"), required=False)
    mobile = forms.CharField(label=_("Mobile number"), widget=forms.TextInput(attrs={"type": "tel"}))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    code = forms.CharField(label=_("Code"), widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric"}))
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}))
    choice = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    kind = forms.ChoiceField(label=_("Kind of business"), choices=KINDS, widget=forms.RadioSelect)
    ways = forms.MultipleChoiceField(label=_("Ways to pay"), choices=KINDS, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label=_("I have read it and agree."))
    paper = forms.FileField(label=_("Business licence"), widget=forms.FileInput, help_text=_("A picture or a PDF"))
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        read_by_machine = {"class": "mid", "words": pgettext_lazy("how well a machine read it", "Please check")}
        self.fields["text"].sure = read_by_machine  # type: ignore[attr-defined]


class Signature(typed.Form):
    signature = forms.CharField(label=_("Sign by hand in the box"), widget=forms.HiddenInput, required=False)

"""What colleagues look for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.flow import State
from onboarding.models import Case
from portal import typed


class CaseSearch(typed.Form):
    q = forms.CharField(
        label=_("Case number, merchant, credit code or mobile number"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Search with at most 100 characters.")},
    )
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All"))], required=False)
    tier = forms.ChoiceField(label=_("Risk"), choices=[("", _("All")), *Case.Tier.choices], required=False)
    mine = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, sees_risk: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = [("", _("All")), *State.choices]
        if not sees_risk:  # risk tiers are for those who need them
            self.fields["tier"].widget = forms.HiddenInput()
            self.fields["tier"].disabled = True

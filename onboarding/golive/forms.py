"""Why an acceptance failed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import typed


class FailForm(typed.Form):
    note = forms.CharField(
        label=_("What went wrong"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The technician reads this before the next visit."),
        error_messages={"required": _("Say what went wrong: the technician reads this before the next visit.")},
    )

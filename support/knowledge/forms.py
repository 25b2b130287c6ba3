"""What people look for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import typed


class SearchForm(typed.Form):
    q = forms.CharField(
        label=_("What is it about?"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Search with at most 100 characters.")},
    )

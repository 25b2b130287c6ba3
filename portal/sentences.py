"""What a form says when something is missing or cannot be read, where the form has no sentence of its own: what to do.

Django's own words name the fault ("This field is required"); ours say the remedy.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

DATE = _("Enter a date such as 2026-11-26.")
SENTENCES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.ChoiceField: {"invalid_choice": _("Choose one of the answers on this page.")},
    forms.MultipleChoiceField: {"invalid_choice": _("Choose only answers on this page.")},
    forms.IntegerField: {"invalid": _("Enter a whole number, in digits.")},
    forms.DecimalField: {"invalid": _("Enter a number, such as 12.50.")},
    forms.DateField: {"invalid": DATE},
    forms.TimeField: {"invalid": _("Enter a time such as 18:00.")},
    forms.FileField: {
        "required": _("Choose a file or take a picture."),
        "empty": _("This file is empty. Choose another one."),
    },
}


def install() -> None:
    """Put our sentences in place of Django's; called once at the start."""
    for field, words in SENTENCES.items():
        field.default_error_messages = {**field.default_error_messages, **words}
    validators.validate_email.message = _("Enter an e-mail address such as name@example.com.")

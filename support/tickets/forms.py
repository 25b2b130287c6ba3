"""What people write in tickets. A full card number is refused at the field, with the reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.formats.bank_card import contains_card
from portal import typed
from support.models import Ticket
from support.models.ticket import SUBJECT_LENGTH, TEXT_LENGTH
from support.services import CARD, EMPTY


class SafeText(forms.CharField):
    """Free text without a card number in it."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if contains_card(text):
            raise forms.ValidationError(CARD, code="card")
        return text


def text_field(label: Any, rows: int = 5) -> SafeText:
    """A text of a few lines; too long and empty are said in words."""
    return SafeText(
        label=label,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": EMPTY,
            "max_length": _("Write at most 4,000 characters, the rest afterwards."),
        },
    )


class TicketForm(typed.Form):
    """A new ticket."""

    priority = forms.ChoiceField(
        label=_("What kind of thing is it?"),
        choices=Ticket.Priority.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what kind of thing it is: it decides how soon we answer."),
            "invalid_choice": _("Choose one of the kinds in the list."),
        },
    )
    subject = SafeText(
        label=_("In a few words"),
        max_length=SUBJECT_LENGTH,
        error_messages={"required": EMPTY, "max_length": _("Say it in at most 80 characters; the rest goes below.")},
    )
    text = text_field(_("What happened, or what do you want to know?"), rows=7)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("Never write a full card number, a password or a code.")


class AnswerForm(typed.Form):
    text = text_field(_("Your message"))


class NoteForm(typed.Form):
    text = text_field(_("Note for colleagues"), rows=3)


class ReopenForm(typed.Form):
    text = text_field(_("What is still not right?"), rows=3)


class QueueForm(typed.Form):
    """The filters of the queue."""

    SHOWS = (
        ("", _("All that wait for us")),
        ("mine", _("Mine")),
        ("free", _("Free")),
        ("late", _("Late")),
        ("all", _("All, newest first")),
    )
    show = forms.ChoiceField(label=_("Show"), choices=SHOWS, required=False)
    q = forms.CharField(
        label=_("Number, merchant or words of the subject"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Search with at most 100 characters.")},
    )

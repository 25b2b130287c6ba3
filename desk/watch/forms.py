"""What a colleague says of a possible match."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.cases.free_text import FreeText
from onboarding.models import WatchHit
from onboarding.services.watching import SAY_WHY
from portal import typed

Verdict = WatchHit.Verdict
CHOICES = {
    Verdict.CLEARED: _("It is somebody else"),
    Verdict.CONFIRMED: _("It is them"),
    Verdict.OPEN: _("Open it again"),
}


class VerdictForm(typed.Form):
    """A verdict with its reason; only those that this reader may give are offered."""

    verdict = forms.ChoiceField(
        label=_("Who is it?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is."), "invalid_choice": _("Choose what it is.")},
    )  # fmt: skip
    why = FreeText(
        longest=500, label=_("Why?"),
        help_text=_("By what you can tell: birth date, address, papers. Only colleagues who decide read it."),
        error_messages={"required": SAY_WHY, "max_length": _("Say it in at most 500 characters")},
    )  # fmt: skip

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [(one, CHOICES[Verdict(one)]) for one in offered]  # type: ignore[attr-defined]


class QueueForm(typed.Form):
    """The filters of the queue."""

    SHOWS = (("", _("To decide")), ("late", _("Late")), ("confirmed", _("Confirmed")), ("cleared", _("Somebody else")))
    show = forms.ChoiceField(label=_("Show"), choices=SHOWS, required=False)
    q = forms.CharField(
        label=_("Case number"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("A case number begins with KT and is shorter.")},
    )  # fmt: skip

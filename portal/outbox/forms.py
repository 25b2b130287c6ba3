"""The form of the rehearsal panel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import typed
from portal.outbox import rehearsals

NEXT_CALL, TEN_MINUTES, UNTIL_CLEARED = "call", "minutes", "cleared"


class RehearsalForm(typed.Form):
    """Which outcome, and for how long."""

    outcome = forms.ChoiceField(label=_("What shall happen?"))
    span = forms.ChoiceField(
        label=_("How long?"),
        choices=[
            (NEXT_CALL, _("Only the next time")),
            (TEN_MINUTES, _("For 10 minutes")),
            (UNTIL_CLEARED, _("Until somebody sets it back")),
        ],
    )

    def __init__(self, party: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        self.fields["outcome"].choices = list(rehearsals.outcomes(party).items())  # type: ignore[attr-defined]

    def force(self, by: str) -> None:
        """Carry out the checked form."""
        span = self.cleaned_data["span"]
        calls, minutes = (1 if span == NEXT_CALL else None), (10 if span == TEN_MINUTES else None)
        rehearsals.force(self.party, self.cleaned_data["outcome"], calls=calls, minutes=minutes, by=by)

"""Verbs without a page of their own: one page asks, the same page fires. The table says what is asked."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding.flow import AFTER_ORDER, verbs_from
from onboarding.models import Case, User
from onboarding.services import barred
from portal import typed

NOTE_LENGTH = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """What the page says before the verb is fired, and afterwards. `later`: the sentence once something is ordered."""

    title: Any
    sentence: Any
    button: Any
    said: Any
    later: Any = ""


QUESTIONS: dict[str, Question] = {
    "withdraw": Question(
        _("Withdraw the application?"),
        _("The application ends. Nothing has to be paid, and you may start a new one at any time."),
        _("Withdraw it"),
        _("The application is withdrawn."),
        later=_("You give back what you received, we refund what is yours, then the case is closed."),
    ),
    "revise_application": Question(
        _("Change the application?"),
        _("The agreement that waits for you becomes void. After your changes we check again and send a new one."),
        _("Open it for changes"),
        _("You can change the application now."),
    ),
    "amend_application": Question(
        _("Change something that is signed?"),
        _("The application opens again. We check the change, and you sign a new version of the agreement."),
        _("Open it for changes"),
        _("The application is open for changes."),
    ),
    "suspend": Question(
        _("Suspend this case?"),
        _("Orders and campaigns stop; tickets and recovery go on. The merchant reads only that it is paused."),
        _("Suspend it"),
        _("The case is suspended."),
    ),
    "resume": Question(
        _("Resume this case?"),
        _("It goes on where it was suspended."),
        _("Resume it"),
        _("The case goes on."),
    ),
    "close": Question(
        _("Close this case?"),
        _("The relation ends: terminals come back, the deposit is settled."),
        _("Begin to close"),
        _("The closing has begun."),
    ),
    "finish_closing": Question(
        _("Finish the closing?"),
        _("Nothing is owed any more. The case is closed for good."),
        _("Finish it"),
        _("The case is closed."),
    ),
    "reopen": Question(
        _("Open this case again?"),
        _("It begins again at the identity papers, with the same number. All checks are made anew."),
        _("Open it again"),
        _("The case is open again."),
    ),
}


class NoteForm(typed.Form):
    """Why. Asked for with every such verb, demanded where the flow demands it."""

    note = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": str(NOTE_LENGTH)}),
        help_text=_("Kept with the case."),
        error_messages={
            "required": _("Say why: the note is kept with the decision."),
            "max_length": _("Say it in at most 500 characters"),
        },
    )

    def __init__(self, *args: Any, needs_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = needs_note


def sentence(case: Case, verb: str) -> Any:
    """What firing the verb will do here."""
    question = QUESTIONS[verb]
    return question.later if question.later and case.state in AFTER_ORDER else question.sentence


def choices(case: Case, user: User) -> list[dict[str, Any]]:
    """What else this user may do with the case now, as links; what is still missing is asked on the page behind."""
    return [
        {"label": verb.label, "url": reverse(verb.name, args=[case.ref]), "danger": verb.danger}
        for verb in verbs_from(case.state)
        if verb.name in QUESTIONS and barred(case, verb, user) is None
    ]

"""Who learns, and the answers to a quiz."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.formats import text
from onboarding.models import Attempt, Question
from onboarding.words import pick, suffix
from portal import typed


class LearnerForm(typed.Form):
    learner = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("It is printed on the certificate."),
        error_messages={"required": _("Enter your name: it is printed on the certificate.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("start", _("Start the quiz, about 3 minutes")))

    def clean_learner(self) -> str:
        return text.trim(self.cleaned_data["learner"])


class QuizForm(typed.Form):
    """One radio group per drawn question, options in the attempt's own order."""

    def __init__(self, attempt: Attempt, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = Question.objects.in_bulk([pk for pk, _order in attempt.drawn])
        for number, (pk, order) in enumerate(attempt.drawn, 1):
            self.fields[f"q{pk}"] = _asked(number, questions[pk], order)
        self.helper = FormHelper()
        self.helper.add_input(Submit("finish", _("Hand in my answers")))

    def answers(self) -> dict[int, int]:
        return {int(name[1:]): option for name, option in self.cleaned_data.items()}


def _asked(number: int, question: Question, order: list[int]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=f"{number}. {pick(question, 'question')}",
        coerce=int,
        widget=forms.RadioSelect,
        choices=[(index, option(question, index)) for index in order],
        error_messages={"required": _("Choose one answer.")},
    )


def option(question: Question, index: int) -> str:
    """The words of one option in the reader's language."""
    return str(question.options[index][suffix()])

"""The acts beside a decision: ask for a promise, judge what came, move its date, answer a reconsideration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from onboarding.admin.review.actions import tried
from onboarding.admin.review.opening import back, opened
from onboarding.cases.free_text import FreeText
from onboarding.models import Appeal, Case, Condition, ConditionKind
from onboarding.pages import person
from onboarding.services import Refused, appeals, conditions
from onboarding.words import pick
from portal import typed

SAY_WHY = _("Say why.")


class DayField(forms.DateField):
    """A day, with the picker of the browser."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}), **kwargs)


class ProposeForm(typed.Form):
    """Which promise, and until when."""

    kind = forms.ChoiceField(label=_("What the merchant promises"), error_messages={"required": _("Choose a promise.")})
    due_on = DayField(
        label=_("Until when"), help_text=_("The last day. The merchant reads it, and what happens otherwise.")
    )

    def __init__(self, *args: Any, kinds: list[ConditionKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a promise.")), *((one.code, pick(one, "sentence")) for one in kinds)
        ]  # fmt: skip


class RefuseForm(typed.Form):
    """What is still wrong."""

    note = FreeText(
        longest=300, label=_("What is still missing"), error_messages={"required": SAY_WHY},
        help_text=_("The merchant reads it word for word."),
    )  # fmt: skip


class MoveForm(typed.Form):
    """Another date, and why."""

    due_on = DayField(label=_("Until when"), help_text=_("The last day. The merchant is told of it."))
    why = FreeText(
        longest=300, label=_("Why the date moves"), error_messages={"required": SAY_WHY},
        help_text=_("Colleagues read it. The merchant never does."),
    )  # fmt: skip


class UpholdForm(typed.Form):
    """The sentence that the merchant reads, and a note for the record."""

    reason = forms.ChoiceField(label=_("What the merchant reads"), error_messages={"required": _("Choose a sentence.")})
    note = FreeText(
        longest=500, label=_("Note for the record"), error_messages={"required": SAY_WHY},
        help_text=_("Colleagues read it. The merchant never does."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a sentence.")), *((one.code, pick(one, "sentence")) for one in appeals.sentences())
        ]  # fmt: skip


def propose_condition(request: HttpRequest, ref: str) -> HttpResponse:
    """Approve on a promise: which one, until when."""
    case, user = opened(request, ref), person(request)
    kinds = conditions.proposable(case)
    if not kinds:
        messages.error(request, _("No promise can be asked for here now."))
        return back(case)
    usual = conditions.today() + timedelta(days=kinds[0].days)
    form = ProposeForm(_sent(request), kinds=kinds, initial={"due_on": usual})
    act = lambda one: conditions.propose(case.pk, one["kind"], one["due_on"], by=user)  # noqa: E731
    return _asked(request, case, form, act, _("Ask for a promise"), _("It becomes part of your approval."))


@require_POST
def drop_condition(request: HttpRequest, ref: str, condition: int) -> HttpResponse:
    case, user = opened(request, ref), person(request)
    tried(request, _("The promise is not asked for."), lambda: conditions.drop(case.pk, condition, by=user))
    return back(case)


@require_POST
def accept_condition(request: HttpRequest, ref: str, condition: int) -> HttpResponse:
    """What was promised is here and good."""
    case, user = opened(request, ref), person(request)
    found = _condition(case, condition)
    tried(request, _("Accepted. The merchant has been told."), lambda: conditions.accept(found.pk, by=user))
    return back(case)


def refuse_condition(request: HttpRequest, ref: str, condition: int) -> HttpResponse:
    """Not yet: say what is missing."""
    case, user = opened(request, ref), person(request)
    found, form = _condition(case, condition), RefuseForm(_sent(request))
    act = lambda one: conditions.refuse(found.pk, one["note"], by=user)  # noqa: E731
    return _asked(request, case, form, act, _("Send it back"), pick(found.kind, "sentence"))


def move_condition(request: HttpRequest, ref: str, condition: int) -> HttpResponse:
    """More time, with a reason."""
    case, user = opened(request, ref), person(request)
    found = _condition(case, condition)
    form = MoveForm(_sent(request), initial={"due_on": found.due_on})
    act = lambda one: conditions.move(found.pk, one["due_on"], one["why"], by=user)  # noqa: E731
    return _asked(request, case, form, act, _("Move the date"), pick(found.kind, "sentence"))


def uphold(request: HttpRequest, ref: str) -> HttpResponse:
    """The rejection stands: a neutral sentence for the merchant, a note for us."""
    case, user = opened(request, ref), person(request)
    if not Appeal.objects.filter(case=case, outcome=Appeal.Outcome.WAITING).exists():
        messages.error(request, appeals.NOT_WAITING)
        return back(case)
    form = UpholdForm(_sent(request))
    act = lambda one: appeals.uphold(case.pk, one["reason"], by=user, note=one["note"])  # noqa: E731
    lead = _("The merchant reads the sentence you choose, and may apply again when things have changed.")
    return _asked(request, case, form, act, _("The rejection stands"), lead)


def _asked(
    request: HttpRequest, case: Case, form: Any, act: Callable[[Any], object], title: Any, lead: Any
) -> HttpResponse:
    """Show the form; do it when it is right. A refusal stands above the form, with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Done."))
            return back(case)
    shown = {
        **admin.site.each_context(request), "case": case, "form": form, "title": title, "lead": lead,
        "is_nav_sidebar_enabled": False,
    }  # fmt: skip
    return render(request, "admin/onboarding/case/asked.html", shown, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _condition(case: Case, condition: int) -> Condition:
    """One of this case; 404 for any other."""
    if condition > 2**62:
        raise Http404
    return get_object_or_404(Condition.objects.select_related("kind"), pk=condition, case=case)

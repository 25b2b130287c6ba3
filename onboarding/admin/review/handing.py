"""Cases change hands: claim the next one, give one to a colleague, say who has a page open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from onboarding import services
from onboarding.admin.review.actions import tried
from onboarding.admin.review.opening import back, opened
from onboarding.cases.free_text import FreeText
from onboarding.models import Case, User
from onboarding.pages import person
from onboarding.rules import Who
from onboarding.services import Refused, presence
from portal import typed

NOBODY_WAITS = _("No free case waits that you may decide.")
MOST = 200  # colleagues in the list


class ReassignForm(typed.Form):
    """To whom, and why."""

    to = forms.ModelChoiceField(
        User.objects.none(), label=_("Colleague"), empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague."), "invalid_choice": _("Choose a colleague of the list.")},
    )  # fmt: skip
    reason = FreeText(
        longest=300, label=_("Why the case changes hands"),
        help_text=_("Both colleagues read it. The merchant never does."),
        error_messages={"required": _("Say why the case changes hands. Your colleagues read it.")},
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, groups__name__in=[Who.REVIEWER, Who.SENIOR_REVIEWER]).distinct()
        theirs = [one.pk for one in people.order_by("name", "pk")[:MOST] if one.pk != case.assigned_to_id]
        self.fields["to"].queryset = User.objects.filter(pk__in=theirs).order_by("name", "pk")  # type: ignore[attr-defined]


@require_POST
def claim_next(request: HttpRequest) -> HttpResponse:
    """The most urgent free case becomes this reviewer's; back to the queue when there is none."""
    try:
        case = services.claim_next(by=person(request))
    except Refused as refused:
        messages.error(request, str(refused))
        case = None
    else:
        if case is None:
            messages.info(request, NOBODY_WAITS)
    return back(case) if case else redirect("admin:onboarding_case_changelist")


def reassign(request: HttpRequest, ref: str) -> HttpResponse:
    """Asks for the colleague and the reason; POST hands the case over."""
    case, user = opened(request, ref), person(request)
    if not services.may_reassign(user):
        messages.error(request, str(services.SENIOR_ONLY))
        return back(case)
    form = ReassignForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
        said = _("%(name)s has the case now and is told.") % {"name": to}
        if tried(request, said, lambda: services.reassign(case.pk, to=to, by=user, reason=reason)):
            return back(case)
    context = {"case": case, "title": _("Give it to a colleague"), "form": form, "is_nav_sidebar_enabled": False}
    return render(
        request, "admin/onboarding/case/reassign.html", {**admin.site.each_context(request), **context},
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
def present(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of the case says that it is open; it is told who else has it open, and when the case goes back."""
    case, user = opened(request, ref), person(request)
    presence.note(case.pk, user, active=request.POST.get("active") == "1")
    return render(request, "admin/onboarding/case/presence.html", about(case, user))


def about(case: Case, user: User) -> dict[str, Any]:
    """The context of presence.html: one query."""
    rows = presence.on(case)
    left = presence.minutes_left(case, rows) if case.assigned_to_id == user.pk else None
    present = presence.others(rows, user)
    names = gettext(", ").join(map(str, present))
    return {"case": case, "present": present, "names": names, "minutes_left": left}


@require_POST
def read_words(request: HttpRequest, ref: str) -> HttpResponse:
    """They have read what became of their cases."""
    case, user = opened(request, ref), person(request)
    services.read_words(by=user)
    return back(case)

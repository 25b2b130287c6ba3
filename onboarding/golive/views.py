"""The acceptance page, go_live and fail_acceptance."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from onboarding import pages
from onboarding.flow import VERBS, State
from onboarding.golive.forms import FailForm
from onboarding.models import Case
from onboarding.rules import readable
from onboarding.services import barred, missing


@login_required
def acceptance(request: HttpRequest, ref: str, form: FailForm | None = None) -> HttpResponse:
    """What is missing before go-live; whoever may decide finds the buttons here."""
    case = pages.get_case(request, ref)
    return render(request, "onboarding/golive/acceptance.html", _context(request, case, form or FailForm()))


@login_required
@require_POST
def go_live(request: HttpRequest, ref: str) -> HttpResponse:
    case = pages.get_case(request, ref)
    pages.fire(request, case, "go_live", said=_("Live. The merchant has been told."))
    return redirect("acceptance", ref=case.ref)


@login_required
@require_POST
def fail_acceptance(request: HttpRequest, ref: str) -> HttpResponse:
    case, form = pages.get_case(request, ref), FailForm(request.POST)
    if not form.is_valid():
        return render(request, "onboarding/golive/acceptance.html", _context(request, case, form))
    pages.fire(request, case, "fail_acceptance", said=_("Sent back to the technician."), note=form.cleaned_data["note"])
    return redirect("acceptance", ref=case.ref)


def _context(request: HttpRequest, case: Case, form: FailForm) -> dict[str, Any]:
    user = pages.person(request)
    left = readable(missing(case, "go_live"), *pages.audiences(user)) if case.state != State.LIVE else []
    here = case.state == State.ACCEPTANCE
    return pages.frame(
        case,
        user,
        form=form,
        tasks=[{"title": one.sentence, "url": pages.page_of(one, case), "icon": "alert"} for one in left],
        blocks=pages.blocks(request, case, user),
        may_go_live=here and not left and not barred(case, VERBS["go_live"], user),
        may_fail=here and not barred(case, VERBS["fail_acceptance"], user),
    )

"""The call centre: a case for whoever calls."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from desk.phone import duplicates, listing, services
from desk.phone.forms import NewCaseForm
from onboarding.models import Case, User
from onboarding.pages import person
from onboarding.rules import Who
from onboarding.services import Refused, consents


def caller_agent(request: HttpRequest) -> User:
    """The call-centre agent; others find nothing (404)."""
    user = person(request)
    if not (user.is_superuser or user.plays(Who.CALL_CENTRE_AGENT)):
        raise Http404
    return user


@login_required
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """The form, and what this person opened lately."""
    user = caller_agent(request)
    form = NewCaseForm(request.POST if request.method == "POST" else None)
    context = {"by_phone": True, "rows": listing.opened(user, Case.Channel.PHONE)}
    return answer(request, user, form, services.Way(Case.Channel.PHONE), context)


@login_required
@require_POST
def phone_duplicates(request: HttpRequest) -> HttpResponse:
    """The part of the page that shows who is with us already, while somebody types."""
    return fragment(request, caller_agent(request))


def answer(
    request: HttpRequest, user: User, form: NewCaseForm, way: services.Way, context: dict[str, Any]
) -> HttpResponse:
    """The page, or on to the new case; shared with the sales agents."""
    known: list[duplicates.Known] = []
    if form.is_bound and form.is_valid():
        try:
            case = services.register(user, form.entered(), way, separate=form.cleaned_data["separate"])
            return redirect("members", case.ref)
        except services.Found as found:
            known = found.known
            messages.warning(request, _("Not opened yet: the merchant may be with us already. Look at the list."))
        except Refused as refused:
            messages.error(request, refused.sentences[0])
    return render(request, "desk/phone/new.html", page(form, known, way) | context)


def fragment(request: HttpRequest, user: User) -> HttpResponse:
    known = duplicates.find(request.POST.dict(), user)
    return render(request, "desk/phone/duplicates.html", _shown(known) | {"form": NewCaseForm(request.POST)})


def page(form: NewCaseForm, known: list[duplicates.Known], way: services.Way) -> dict[str, Any]:
    texts = [consents.text(purpose) for purpose in ("privacy", "identity")]
    name = "phone_duplicates" if way.channel == Case.Channel.PHONE else "agent_duplicates"
    return {"form": form, "texts": texts, "look_url": reverse(name), **_shown(known)}


def _shown(known: list[duplicates.Known]) -> dict[str, Any]:
    excluded = any(one.excludes for one in known)
    return {
        "known": [one for one in known if one.visible],
        "hidden": any(not one.visible for one in known),
        "excluded": excluded,
        "taken": services.TAKEN if excluded else "",
    }

"""The public start, and the first step of a case."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import RequestLoginCodeView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from onboarding import drafts
from onboarding.flow import State
from onboarding.models import Case, Erasure
from onboarding.pages import fire, frame, get_case, person, start_page
from onboarding.registration import services
from onboarding.registration.forms import RegistrationForm, initial
from onboarding.services import consents, preparing

ask_mobile = RequestLoginCodeView.as_view(template_name="onboarding/registration/start.html")


def start(request: HttpRequest) -> HttpResponseBase:
    """Mobile number, code, and on to the first step. Who is signed in goes on with theirs, or opens a further one."""
    if request.user.is_anonymous:
        asked: HttpResponseBase = ask_mobile(request)
        return asked
    user = person(request)
    if user.works_here:
        return redirect("home")
    if not user.mobile_verified:
        messages.info(request, _("Add your mobile number first: visits and signatures need it."))
        return redirect("account_change_phone")
    if Erasure.objects.filter(user=user, taken_back_at=None, done_at=None).exists():
        messages.info(request, _("You asked us to delete your data. Take that back first, then start anew."))
        return redirect("my_data")
    cases = Case.objects.visible_to(user).order_by("-pk")[:20]
    if request.method == "POST" or services.unfinished(user) or not cases:
        return redirect("registration", services.begin(user).ref)
    return render(request, "onboarding/registration/start_again.html", {"cases": cases})


@login_required
def registration(request: HttpRequest, ref: str) -> HttpResponse:
    """The form. POST keeps what was entered, for later; `complete_registration` checks it as well."""
    case = get_case(request, ref)
    if case.state != State.REGISTRATION:
        return redirect(start_page(case))
    if request.method == "POST":
        _save(request, case, RegistrationForm(request.POST))
        drafts.forget(request)
        messages.success(request, _("Saved. You can go on at any time, with any phone."))
        return redirect(case)
    form = RegistrationForm(initial=_before(request, case))
    return _page(request, case, form, restored=drafts.restore(request, form))


@login_required
def complete_registration(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep what is right, say what is missing, and move on when nothing is."""
    case = get_case(request, ref)
    if request.method != "POST" or case.state != State.REGISTRATION:
        return redirect("registration", case.ref)
    form = RegistrationForm(request.POST)
    _save(request, case, form)
    drafts.forget(request, reverse("registration", args=[case.ref]))
    if not form.is_valid():
        return _page(request, case, form)
    moved = fire(request, case, "complete_registration", said=_("You are registered. Next: the identity papers."))
    if moved and services.acts_for(person(request), moved):
        preparing.hand_over(moved, person(request), request.session)
    return redirect(start_page(moved)) if moved else redirect("registration", case.ref)


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What people agree to when they register, for reading at any time."""
    texts = [consents.text(purpose) for purpose in services.PURPOSES]
    return render(request, "onboarding/registration/privacy.html", {"texts": texts, "version": consents.VERSION})


def _before(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What they entered before; the kind of business also as they chose it for the list of papers in the guide."""
    known = initial(case)
    return {**known, "type": known["type"] or preparing.remembered(request.session).type}


def _save(request: HttpRequest, case: Case, form: RegistrationForm) -> None:
    address = get_adapter().get_client_ip(request)
    services.save_registration(case, person(request), form.kept(), address=address)


def _page(request: HttpRequest, case: Case, form: RegistrationForm, *, restored: bool = False) -> HttpResponse:
    user, action = person(request), reverse("complete_registration", args=[case.ref])
    context = frame(case, user, form=form, action=action, agrees=services.acts_for(user, case), restored=restored)
    return render(request, "onboarding/registration/registration.html", context)

"""A merchant's home, the page of a case, and the verbs that have no page of their own."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from onboarding.cases import asked, overview
from onboarding.flow import VERBS
from onboarding.models import Case, User
from onboarding.pages import fire, get_case, person, read_only
from onboarding.rules import Who
from onboarding.services import offers

MOST = 20  # cases on one page of the list


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A merchant's one case, or the list of them; colleagues go to where they work."""
    user = person(request)
    if (user.works_here or user.plays(Who.SALES_AGENT)) and (start := staff_start(user)):
        return redirect(start)
    before = _number(request, "before")
    cases = Case.objects.visible_to(user).select_related("merchant").order_by("-pk")
    found = list((cases.filter(pk__lt=before) if before else cases)[: MOST + 1])
    if len(found) == 1 and not before:
        return _shown(request, read_only(request, found[0]))
    older = found[MOST - 1].pk if len(found) > MOST else None
    return render(request, "onboarding/cases/home.html", {"cases": found[:MOST], "older": older})


@login_required
@require_safe
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """Whose turn it is, what is missing, until when, and what has happened."""
    return _shown(request, get_case(request, ref))


@login_required
def ask(request: HttpRequest, ref: str, verb: str) -> HttpResponse:
    """Asks before a verb that ends or reopens something; POST fires it."""
    found, user = get_case(request, ref), person(request)
    needs_note = VERBS[verb].needs_note
    form = asked.NoteForm(request.POST if request.method == "POST" else None, needs_note=needs_note)
    if request.method == "POST" and form.is_valid():
        fire(request, found, verb, said=asked.QUESTIONS[verb].said, note=form.cleaned_data["note"])
        return redirect(found)
    offer = next((one for one in offers(found, user) if one.verb.name == verb), None)
    if offer is None:
        messages.info(request, _("This is not possible now, or somebody else has to do it."))
        return redirect(found)
    question, sentence = asked.QUESTIONS[verb], asked.sentence(found, verb)
    context = {"case": found, "form": form, "offer": offer, "question": question, "sentence": sentence}
    return render(request, "onboarding/cases/ask.html", context)


def staff_start(user: User) -> str:
    """Where a colleague begins the day; empty while this installation has none of the places."""
    if not user.works_here:
        return address("agent_home")
    names = ["desk", *(["admin:index"] if user.is_staff else [])]
    if user.plays(Who.REVIEWER, Who.SENIOR_REVIEWER) and user.is_staff:
        names.insert(0, "admin:index")
    elif user.roles == {Who.TECHNICIAN}:
        names.insert(0, "field")
    return next(filter(None, map(address, names)), "")


def address(name: str) -> str:
    """The page of this name, empty where this installation has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _shown(request: HttpRequest, found: Case) -> HttpResponse:
    context = overview.shown(request, found, person(request), _number(request, "before"))
    return render(request, "onboarding/cases/case.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    """A number of the address; nothing where somebody wrote something else."""
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None

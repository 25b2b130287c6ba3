"""A merchant's tickets, the thread, and one view per verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onboarding import drafts
from onboarding.flow import State
from onboarding.models import Case
from onboarding.pages import get_case, person
from onboarding.services import Refused
from support import services
from support.knowledge import search
from support.models import Ticket
from support.tickets import showing
from support.tickets.forms import AnswerForm, NoteForm, ReopenForm, TicketForm


@login_required
@require_safe
def tickets(request: HttpRequest) -> HttpResponse:
    """The reader's own tickets, newest first; a colleague goes to the queue."""
    user = person(request)
    if user.works_here:
        return redirect("desk_tickets" if services.may(user, "view") else "desk")
    found, older = showing.page(Ticket.objects.visible_to(user).select_related("case__merchant"), request)
    cases = Case.objects.visible_to(user).exclude(state=State.REGISTRATION).select_related("merchant")
    context = {"tickets": found, "older": older, "cases": cases.order_by("-pk")[: showing.CASES]}
    return render(request, "support/tickets/tickets.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_ticket(request: HttpRequest, ref: str) -> HttpResponse:
    """The form; articles that may already answer it stand beside, by the words of ?q= or of the form."""
    case, user = get_case(request, ref), person(request)
    if not services.may(user, "open"):
        raise Http404
    words = request.GET.get("q", "")[:100]
    form = TicketForm(request.POST if request.method == "POST" else None, initial={"subject": words[:80]})
    if form.is_valid() and (opened := _opened(request, case, form)):
        drafts.forget(request)
        messages.success(request, _("We have your message. The answer comes here; you hear from us when it is there."))
        return redirect(opened)
    asked = f"{words} {form.data.get('subject', '')} {form.data.get('text', '')}"
    restored = drafts.restore(request, form)
    context = {"case": case, "form": form, "words": words, "articles": search(asked, 4), "restored": restored}
    return render(request, "support/tickets/open_ticket.html", context)


@login_required
@require_safe
def ticket(request: HttpRequest, ref: str) -> HttpResponse:
    """The thread, and what this reader may do with it."""
    return render(request, "support/tickets/ticket.html", showing.thread(_ticket(request, ref), person(request)))


@login_required
@require_POST
def take(request: HttpRequest, ref: str) -> HttpResponse:
    return _do(request, ref, services.take, _("It is yours now."))


@login_required
@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    return _write(request, ref, "answer", AnswerForm(request.POST), _("Sent."))


@login_required
@require_POST
def note(request: HttpRequest, ref: str) -> HttpResponse:
    return _write(request, ref, "note", NoteForm(request.POST, prefix="note"), _("Noted. Only colleagues read it."))


@login_required
@require_POST
def resolve(request: HttpRequest, ref: str) -> HttpResponse:
    return _do(request, ref, services.resolve, _("Solved. It can be opened again at any time."))


@login_required
@require_POST
def close(request: HttpRequest, ref: str) -> HttpResponse:
    return _do(request, ref, services.close, _("Closed."))


@login_required
@require_POST
def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    form = ReopenForm(request.POST, prefix="again")
    return _write(request, ref, "reopen", form, _("Open again. You find the new date above."))


def _ticket(request: HttpRequest, ref: str) -> Ticket:
    rows = Ticket.objects.visible_to(request.user).select_related("case__merchant", "assigned_to")
    return get_object_or_404(rows, ref=ref.upper())


def _opened(request: HttpRequest, case: Case, form: TicketForm) -> Ticket | None:
    try:
        return services.open_ticket(case.pk, by=person(request), **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, [forms.ValidationError(sentence) for sentence in refused.sentences])
        return None


def _do(request: HttpRequest, ref: str, service: Callable[..., Ticket], said: Any, **words: str) -> HttpResponse:
    """One service call; a refusal becomes messages, one per sentence."""
    found = _ticket(request, ref)
    try:
        service(found.pk, by=person(request), **words)
    except Refused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
    else:
        messages.success(request, said)
    return redirect(found)


def _write(request: HttpRequest, ref: str, verb: str, form: forms.Form, said: Any) -> HttpResponse:
    """As `_do`, with the words of a form; what is wrong with them is said at the field."""
    found = _ticket(request, ref)
    if not form.is_valid():
        context = showing.thread(found, person(request), **{f"{verb}_form": form})
        return render(request, "support/tickets/ticket.html", context)
    return _do(request, ref, getattr(services, verb), said, text=form.cleaned_data["text"])

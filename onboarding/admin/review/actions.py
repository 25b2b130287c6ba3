"""The small things a reviewer does on a case: mark, unmark, claim, release, note, run a check again, see a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from onboarding import services
from onboarding.admin.review import marking
from onboarding.admin.review.forms import MarkForm, NoteForm
from onboarding.admin.review.opening import back, opened
from onboarding.cases import numbers
from onboarding.models import Case, Check
from onboarding.pages import person
from onboarding.services import Refused


def tried(request: HttpRequest, said: Any, act: Callable[[], object]) -> bool:
    """Do it and say so; a refusal becomes a message."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, said)
    return True


def mark(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose the reason for ?item=…, or change it."""
    case, user = opened(request, ref), person(request)
    item = marking.items(case).get(request.GET.get("item", ""))
    if item is None:
        messages.error(request, _("Nothing can be marked there now."))
        return back(case)
    known = next((row for row in services.marks(case) if row.item == item.item), None)
    initial = {"reason": known.reason.code, "note": known.note} if known else None
    form = MarkForm(request.POST if request.method == "POST" else None, reasons=item.reasons, initial=initial)
    if request.method == "POST" and form.is_valid():
        reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
        tried(request, _("Marked."), lambda: services.mark(case.pk, item.item, reason, by=user, note=note))
        return back(case)
    return _page(request, "mark", case=case, title=item.label, item=item, form=form, known=known)


@require_POST
def unmark(request: HttpRequest, ref: str, mark: int) -> HttpResponse:
    case, user = opened(request, ref), person(request)
    tried(request, _("The mark is gone."), lambda: services.unmark(case.pk, mark, by=user))
    return back(case)


@require_POST
def claim(request: HttpRequest, ref: str) -> HttpResponse:
    case, user = opened(request, ref), person(request)
    tried(request, _("This case is yours now."), lambda: services.claim(case.pk, by=user))
    return back(case)


@require_POST
def release(request: HttpRequest, ref: str) -> HttpResponse:
    case, user = opened(request, ref), person(request)
    tried(request, _("The case is back in the queue."), lambda: services.release(case.pk, by=user))
    return back(case)


@require_POST
def add_note(request: HttpRequest, ref: str) -> HttpResponse:
    case, user, form = opened(request, ref), person(request), NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for one in form.errors["text"]))
        return back(case)
    tried(request, _("Noted."), lambda: services.add_note(case.pk, form.cleaned_data["text"], by=user))
    return back(case)


@require_POST
def rerun(request: HttpRequest, ref: str, check: int) -> HttpResponse:
    """Run one check again; its answer comes by itself."""
    case, user = opened(request, ref), person(request)
    if not Check.objects.filter(pk=check, case=case).exists():
        raise Http404
    tried(request, _("The check runs again."), lambda: services.rerun(check, by=user))
    return back(case)


@never_cache
def unmask(request: HttpRequest, ref: str, what: str, row: int) -> HttpResponse:
    """Asks for the reason, writes it down, then shows the number on this one answer."""
    case = opened(request, ref)
    context = numbers.asked(request, case, what, row)
    answer = _page(request, "unmask", **{"title": _("See a number in full"), **context})
    return numbers.shown_briefly(answer, context, reverse("admin:onboarding_case_change", args=[case.ref]))


def _page(request: HttpRequest, name: str, *, case: Case, **more: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "case": case, "is_nav_sidebar_enabled": False, **more}
    return render(request, f"admin/onboarding/case/{name}.html", context)

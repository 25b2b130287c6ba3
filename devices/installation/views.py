"""/field/: my visits, and one visit. Each button is a form of its own, so that nothing is lost in a bad network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from devices import services
from devices.doors import attempt, open_to
from devices.flow import VisitState
from devices.installation import page, pictures
from devices.installation.forms import (
    CheckInForm,
    ChecklistForm,
    FailForm,
    PhotoForm,
    SerialForm,
    SignForm,
    TestForm,
    TrainingNoteForm,
)
from devices.models import AcceptanceTest, Visit, VisitPhoto
from onboarding.models import Access
from onboarding.pages import person
from portal.storage import Missing as FileMissing
from portal.storage import private_files

TECHNICIANS = ("do_visit", "view_visit")
OPEN = (VisitState.PLANNED, VisitState.CHECKED_IN)


@open_to(*TECHNICIANS)
@require_GET
def field(request: HttpRequest) -> HttpResponse:
    """My visits today, those to come, and what I did lately; dispatch and operations see everybody's."""
    rows = _mine(request)
    today = timezone.localdate()
    ahead = list(rows.filter(state__in=OPEN).order_by("starts_at")[:100])
    context = {
        "today": [one for one in ahead if timezone.localtime(one.starts_at).date() <= today],
        "later": [one for one in ahead if timezone.localtime(one.starts_at).date() > today],
        "done": rows.filter(state=VisitState.COMPLETED).order_by("-completed_at")[:10],
    }
    return render(request, "devices/installation/field.html", context)


def _mine(request: HttpRequest) -> QuerySet[Visit]:
    rows = Visit.objects.visible_to(request.user)
    return rows.select_related("rollout__case__merchant", "rollout__store", "technician")


def _visit(request: HttpRequest, pk: int) -> Visit:
    return get_object_or_404(_mine(request), pk=pk)


@open_to(*TECHNICIANS)
@never_cache
@require_GET
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _visit(request, pk))


def _shown(request: HttpRequest, row: Visit, **bound: forms.Form) -> HttpResponse:
    """The page; with the form that was just sent, when something in it is to be mended (422)."""
    context = page.context(row, person(request), **bound)
    return render(request, "devices/installation/visit.html", context, status=422 if bound else 200)


def _sent(
    request: HttpRequest, row: Visit, section: str, form: forms.Form, act: Callable[[], Any], said: Any
) -> HttpResponse:
    """Form -> one service call -> message -> back to the section."""
    if not form.is_valid():
        return _shown(request, row, **{section: form})
    attempt(request, act, said)
    return redirect(f"{_address(row)}#{section}")


def _address(row: Visit) -> str:
    return str(redirect("visit", pk=row.pk).url)


@open_to("do_visit")
@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _visit(request, pk), CheckInForm(request.POST)
    form.is_valid()  # a phone's broken position never stops a check-in
    position = form.position()
    said = _("You are checked in.") if position else _("You are checked in, without a position.")
    attempt(request, lambda: services.check_in(row.pk, by=person(request), **position), said)
    return redirect(f"{_address(row)}#serial")


@open_to("do_visit")
@require_POST
def verify_serial(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _visit(request, pk), SerialForm(request.POST)
    said = _("The serial number is right: in this order, keys confirmed, tied to nobody else.")
    return _sent(
        request, row, "serial", form,
        lambda: services.verify_serial(row.pk, form.cleaned_data["serial"], by=person(request)), said,
    )  # fmt: skip


@open_to("do_visit")
@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _visit(request, pk), ChecklistForm(request.POST)
    return _sent(
        request, row, "checklist", form,
        lambda: services.tick(row.pk, set(form.cleaned_data["done"]), by=person(request)), _("Saved."),
    )  # fmt: skip


@open_to("do_visit")
@require_POST
def add_photo(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _visit(request, pk), PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        for sentence in {str(one) for problems in form.errors.values() for one in problems}:
            messages.error(request, sentence)
        return redirect(f"{_address(row)}#photos")
    kept = lambda: pictures.add_photo(row.pk, form.cleaned_data["kind"], form.cleaned_data["photo"], by=person(request))  # noqa: E731
    return _sent(request, row, "photos", form, kept, _("The photo is saved."))


@open_to("do_visit")
@require_POST
def record_test(request: HttpRequest, pk: int, terminal: int) -> HttpResponse:
    row = _visit(request, pk)
    tests = list(AcceptanceTest.objects.filter(rollout=row.rollout_id, terminal=terminal))
    if not tests:
        raise Http404
    form = TestForm(tests, request.POST, prefix=f"t{terminal}")
    return _sent(
        request, row, "tests", form,
        lambda: services.record_test(row.pk, terminal, form.results(), by=person(request)), _("Saved."),
    )  # fmt: skip


@open_to("do_visit")
@require_POST
def note_training(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _visit(request, pk), TrainingNoteForm(request.POST)
    return _sent(
        request, row, "training", form,
        lambda: services.note_training(row.pk, form.cleaned_data["note"], by=person(request)), _("Saved."),
    )  # fmt: skip


@open_to("do_visit")
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _visit(request, pk), SignForm(request.POST)
    return _sent(request, row, "signature", form, lambda: _signed(request, row, form), _("Signed."))


def _signed(request: HttpRequest, row: Visit, form: SignForm) -> None:
    drawing = pictures.keep_signature(row.pk, form.cleaned_data["drawn"])
    services.sign(row.pk, form.cleaned_data["signer"], by=person(request), drawing=drawing)


@open_to("do_visit")
@require_POST
def complete_installation(request: HttpRequest, pk: int) -> HttpResponse:
    row = _visit(request, pk)
    said = _("Done. The visit is complete. Thank you.")
    done = attempt(request, lambda: services.complete_installation(row.pk, by=person(request)), said)
    return redirect("field") if done else redirect(_address(row))


@open_to("do_visit")
@require_POST
def fail_visit(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _visit(request, pk), FailForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, fail=form)
    said = _("Noted. Dispatch books another visit.")
    done = attempt(request, lambda: services.fail_visit(row.pk, form.cleaned_data["why"], by=person(request)), said)
    return redirect("field") if done else redirect(_address(row))


@open_to(*TECHNICIANS)
@require_GET
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph of a visit this reader may see; who looked is kept."""
    visits = Visit.objects.visible_to(request.user)
    row = get_object_or_404(VisitPhoto.objects.filter(visit__in=visits).select_related("visit__rollout"), pk=pk)
    try:
        data = private_files.read(row.file, pictures.photo_context(row.visit_id))
    except FileMissing:
        raise Http404 from None
    address = request.META.get("REMOTE_ADDR") or None
    Access.objects.create(
        user=person(request), case_id=row.visit.rollout.case_id, what=f"visit photo {row.pk}", address=address
    )
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)

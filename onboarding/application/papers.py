"""The page of one kind of paper of the application."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from onboarding.application import questions, services
from onboarding.application.views import closed
from onboarding.documents import intake
from onboarding.documents.forms import UploadForm
from onboarding.documents.items import is_open, may_fill
from onboarding.documents.problems import Unusable
from onboarding.documents.tiles import room, tiles
from onboarding.models import Case, Document, DocumentKind, Step
from onboarding.pages import frame, get_case, person
from onboarding.words import pick

STEP = Step.APPLICATION


def _fetched(request: HttpRequest, ref: str, code: str) -> tuple[Case, DocumentKind, bool]:
    """The case, the kind (404 unless this case needs it), and whether it may be changed now."""
    case = get_case(request, ref)
    kind = next((one for one in questions.kinds(services.draft(case)) if one.code == code), None)
    if kind is None:
        raise Http404
    return case, kind, may_fill(case, STEP, person(request)) and is_open(case, STEP, f"document:{code}")


@login_required
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Show the files of this kind, and take one more."""
    case, asked, open_ = _fetched(request, ref, kind)
    if request.method == "GET" or not open_:
        return closed(request, case) if request.method == "POST" else _shown(request, case, asked, open_)
    form = UploadForm(request.POST, request.FILES, kind=asked)
    part = request.POST.get("part", "")
    try:
        file = form.cleaned_data["file"] if form.is_valid() else None
        intake.take(case, asked, file, by=person(request), step=STEP, part=int(part) if part.isdecimal() else None)
    except Unusable as problem:
        return _shown(request, case, asked, open_, problem.sentence)
    messages.success(request, _("Received: %(name)s") % {"name": pick(asked, "name")})
    return redirect("application_document", case.ref, asked.code)


@login_required
@require_POST
def remove_document(request: HttpRequest, ref: str, kind: str, document: int) -> HttpResponse:
    """Take a file out again."""
    case, asked, open_ = _fetched(request, ref, kind)
    row = get_object_or_404(Document.objects.filter(case=case, kind=asked.code).current(), pk=document)
    if not open_:
        return closed(request, case)
    try:
        intake.remove(row, by=person(request), step=STEP)
    except Unusable as problem:
        messages.error(request, problem.sentence)
    return redirect("application_document", case.ref, asked.code)


def _shown(request: HttpRequest, case: Case, kind: DocumentKind, open_: bool, problem: Any = "") -> HttpResponse:
    there = tiles(case, kind, pick(kind, "name"))
    told: dict[str, Any] = {
        "kind": kind,
        "tiles": there,
        "open": open_,
        "room": room(kind, there) > 0,
        "problem": problem,
        "file_name": getattr(request.FILES.get("file"), "name", ""),
        "form": UploadForm(kind=kind),
        "remarks": questions.remarks_for(case, [f"document:{kind.code}"]),
        "onward": questions.next_url(services.draft(case), request.path),
    }
    return render(request, "onboarding/application/document.html", frame(case, person(request), **told))

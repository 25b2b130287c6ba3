"""The page of one kind of paper, for every step that asks for papers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from onboarding.documents import intake
from onboarding.documents.forms import UploadForm
from onboarding.documents.items import is_open, may_fill
from onboarding.documents.problems import Unusable
from onboarding.documents.tiles import room, tiles
from onboarding.models import Case, Document, DocumentKind, Step
from onboarding.pages import frame, get_case, person
from onboarding.words import pick


@dataclasses.dataclass(frozen=True, slots=True)
class PaperPage:
    """How a step shows a kind of paper; `template` extends onboarding/documents/kind.html or stands alone."""

    step: Step
    name: str  # URL name of the page; it takes ref and kind
    template: str
    kinds: Callable[[Case], list[DocumentKind]]  # that this case needs
    remarks: Callable[[Case, list[str]], list[dict[str, str]]]  # what was said at returned items
    onward: Callable[[Case, str], str]  # where to go on after an address
    closed: Callable[[HttpRequest, Case], HttpResponse]  # the answer when the step is not open

    def document(self, request: HttpRequest, ref: str, kind: str) -> HttpResponse:
        """Show the files of this kind, and take one more."""
        case, asked, open_ = self._fetched(request, ref, kind)
        if request.method != "POST":
            return self._shown(request, case, asked, open_)
        if not open_:
            return self.closed(request, case)
        try:
            self._take(request, case, asked)
        except Unusable as problem:
            return self._shown(request, case, asked, open_, problem.sentence)
        messages.success(request, _("Received: %(name)s") % {"name": pick(asked, "name")})
        return redirect(self.name, case.ref, asked.code)

    def remove(self, request: HttpRequest, ref: str, kind: str, document: int) -> HttpResponse:
        """Take a file out again."""
        case, asked, open_ = self._fetched(request, ref, kind)
        row = get_object_or_404(Document.objects.filter(case=case, kind=asked.code).current(), pk=document)
        if not open_:
            return self.closed(request, case)
        try:
            intake.remove(row, by=person(request), step=self.step)
        except Unusable as problem:
            messages.error(request, problem.sentence)
        return redirect(self.name, case.ref, asked.code)

    def _fetched(self, request: HttpRequest, ref: str, code: str) -> tuple[Case, DocumentKind, bool]:
        """The case, the kind (404 unless this case needs it), and whether it may be changed now."""
        case = get_case(request, ref)
        kind = next((one for one in self.kinds(case) if one.code == code), None)
        if kind is None:
            raise Http404
        return case, kind, may_fill(case, self.step, person(request)) and is_open(case, self.step, f"document:{code}")

    def _take(self, request: HttpRequest, case: Case, kind: DocumentKind) -> None:
        form = UploadForm(request.POST, request.FILES, kind=kind)
        file = form.cleaned_data["file"] if form.is_valid() else None
        part = request.POST.get("part", "")
        intake.take(case, kind, file, by=person(request), step=self.step, part=int(part) if part.isdecimal() else None)

    def _shown(
        self, request: HttpRequest, case: Case, kind: DocumentKind, open_: bool, problem: Any = ""
    ) -> HttpResponse:
        there = tiles(case, kind, pick(kind, "name"))
        told: dict[str, Any] = {
            "kind": kind,
            "tiles": there,
            "open": open_,
            "room": room(kind, there) > 0,
            "problem": problem,
            "file_name": getattr(request.FILES.get("file"), "name", ""),
            "form": UploadForm(kind=kind),
            "remarks": self.remarks(case, [f"document:{kind.code}"]),
            "onward": self.onward(case, request.path),
        }
        return render(request, self.template, frame(case, person(request), **told))

"""The page of one kind of paper, for every step that asks for papers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from onboarding.documents import changes, intake, limits, pieces
from onboarding.documents.forms import UploadForm
from onboarding.documents.items import Remark, is_open, may_fill
from onboarding.documents.problems import Unusable
from onboarding.documents.tiles import Tile, room, still_busy, tiles
from onboarding.models import Case, Document, DocumentKind, Page
from onboarding.models.document import DocumentQuerySet
from onboarding.pages import frame, get_case, person
from onboarding.words import pick


@dataclasses.dataclass(frozen=True, slots=True)
class PaperPage:
    """How a step shows a kind of paper; `template` extends onboarding/documents/kind.html or stands alone."""

    step: str  # a Step, or one of facts.aside
    name: str  # URL name of the page; it takes ref and kind
    template: str
    kinds: Callable[[Case], list[DocumentKind]]  # that this case needs
    remarks: Callable[[Case, list[str]], list[Remark]]  # what was said at returned items
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
        return self._back(case, asked)

    def remove(self, request: HttpRequest, ref: str, kind: str, document: int) -> HttpResponse:
        """Take a file out again; the page offers to put it back."""
        row = self._row(request, ref, kind, document).current()
        removed = get_object_or_404(row)
        change = lambda: changes.remove(removed, by=person(request), step=self.step)  # noqa: E731
        return self._changed(request, ref, kind, change, f"?removed={removed.pk}")

    def restore(self, request: HttpRequest, ref: str, kind: str, document: int) -> HttpResponse:
        """Put back what was just taken out."""
        row = get_object_or_404(self._row(request, ref, kind, document))
        asked = self._fetched(request, ref, kind)[1]
        return self._changed(
            request, ref, kind, lambda: changes.restore(row, asked, by=person(request), step=self.step)
        )

    def turn(self, request: HttpRequest, ref: str, kind: str, document: int, number: int) -> HttpResponse:
        """Show a page turned; the form says by how much in all, so that sending it twice is once."""
        rows = self._row(request, ref, kind, document).current()
        page = get_object_or_404(Page.objects.select_related("document"), document__in=rows, number=number)
        to = request.POST.get("to", "")
        if to not in map(str, changes.TURNS):
            raise Http404
        return self._changed(
            request, ref, kind, lambda: changes.turn(page, int(to), by=person(request), step=self.step)
        )

    def keep(self, request: HttpRequest, ref: str, kind: str, document: int) -> HttpResponse:
        """Submit a doubtful picture anyway."""
        row = get_object_or_404(self._row(request, ref, kind, document).current())
        return self._changed(request, ref, kind, lambda: changes.keep(row, by=person(request), step=self.step))

    def tiles(self, request: HttpRequest, ref: str, kind: str) -> HttpResponse:
        """The files alone, for a page that asks how far their examination has come."""
        case, asked, open_ = self._fetched(request, ref, kind)
        return render(request, "onboarding/documents/tiles.html", {"case": case, **self._files(case, asked, open_)})

    def piece(self, request: HttpRequest, ref: str, kind: str, token: str) -> HttpResponse:
        """For scripts: how far a file has come, or the next piece of it."""
        case, asked, open_ = self._fetched(request, ref, kind)
        try:
            if request.method != "POST":
                done = pieces.progress(case, asked, token, by=person(request))
            else:
                if not open_:
                    raise Unusable("locked")
                done = pieces.take_piece(case, asked, _piece(request, token), by=person(request), step=self.step)
        except Unusable as problem:
            return JsonResponse({"problem": problem.sentence}, status=422)
        except (pieces.Malformed, UnreadablePostError):
            return JsonResponse({"problem": Unusable("broken").sentence}, status=400)
        if done.document is None:
            return JsonResponse({"offset": done.offset})
        messages.success(request, _("Received: %(name)s") % {"name": pick(asked, "name")})
        return JsonResponse({"offset": done.offset, "done": reverse(self.name, args=[case.ref, asked.code])})

    def routes(self, prefix: str) -> list[URLPattern]:
        """The addresses of all this, below `prefix`."""
        here, one = f"{prefix}<slug:kind>/", f"{prefix}<slug:kind>/<int:document>/"
        return [
            _route(here, self.document, self.name, "GET", "HEAD"),
            _route(f"{here}pieces/<slug:token>/", self.piece, f"{self.name}_piece", "GET"),
            _route(f"{here}files/", self.tiles, f"{self.name}_files", "GET", "HEAD", posts=False),
            _route(f"{one}keep/", self.keep, f"{self.name}_keep"),
            _route(f"{one}remove/", self.remove, f"{self.name}_remove"),
            _route(f"{one}restore/", self.restore, f"{self.name}_restore"),
            _route(f"{one}turn/<int:number>/", self.turn, f"{self.name}_turn"),
        ]

    def _back(self, case: Case, kind: DocumentKind, query: str = "") -> HttpResponse:
        return redirect(reverse(self.name, args=[case.ref, kind.code]) + query)

    def _row(self, request: HttpRequest, ref: str, kind: str, document: int) -> DocumentQuerySet:
        """The document, unless it is of another case or kind."""
        case, asked, _open = self._fetched(request, ref, kind)
        return Document.objects.filter(pk=document, case=case, kind=asked.code)

    def _changed(
        self, request: HttpRequest, ref: str, kind: str, change: Callable[[], None], query: str = ""
    ) -> HttpResponse:
        case, asked, open_ = self._fetched(request, ref, kind)
        if not open_:
            return self.closed(request, case)
        try:
            change()
        except Unusable as problem:
            messages.error(request, problem.sentence)
        return self._back(case, asked, query)

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
        intake.take(case, kind, file, by=person(request), step=self.step, part=_number(request.POST.get("part"), 3))

    def _files(self, case: Case, kind: DocumentKind, open_: bool) -> dict[str, Any]:
        """What templates/onboarding/documents/tiles.html shows."""
        there = tiles(case, kind, pick(kind, "name"))
        return {
            "kind": kind,
            "tiles": there,
            "open": open_,
            "names": {verb: f"{self.name}_{verb}" for verb in ("remove", "restore", "turn", "keep")},
            "again": reverse(f"{self.name}_files", args=[case.ref, kind.code]) if still_busy(there) else "",
        }

    def _shown(
        self, request: HttpRequest, case: Case, kind: DocumentKind, open_: bool, problem: Any = ""
    ) -> HttpResponse:
        files, remarks = self._files(case, kind, open_), self.remarks(case, [f"document:{kind.code}"])
        there = files["tiles"]
        told: dict[str, Any] = {
            **files,
            "room": room(kind, there) > 0,
            "problem": problem,
            "file_name": getattr(request.FILES.get("file"), "name", ""),
            "form": UploadForm(kind=kind),
            "remarks": remarks,
            "still_returned": any(not one.changed for one in remarks),
            "instead": _instead(request, there),
            "onward": self.onward(case, request.path),
            "max_bytes": limits.of(kind).max_bytes,
            "too_big": Unusable("too_big", max_mb=limits.of(kind).max_mb).sentence,
            "pieces_url": reverse(f"{self.name}_piece", args=[case.ref, kind.code, "KEY"]),
            "waiting": pieces.waiting(case, kind, by=person(request)) if open_ else [],
            "removed": _removed(request, case, kind) if open_ else None,
        }
        return render(request, self.template, {**frame(case, person(request)), **told, **self.more(case, kind)})

    def more(self, case: Case, kind: DocumentKind) -> dict[str, Any]:
        """What a page of its own shows besides."""
        return {}


def _route(place: str, view: Callable[..., HttpResponse], name: str, *reads: str, posts: bool = True) -> URLPattern:
    methods = [*reads, "POST"] if posts else list(reads)
    return path(place, login_required(require_http_methods(methods)(view)), name=name)


def _number(sent: str | None, digits: int) -> int | None:
    """A number of at most so many digits; None for anything else."""
    return int(sent) if sent and sent.isascii() and sent.isdecimal() and len(sent) <= digits else None


def _piece(request: HttpRequest, key: str) -> pieces.Piece:
    size, offset = (_number(request.GET.get(name), 10) for name in ("size", "offset"))
    if size is None or offset is None:
        raise pieces.Malformed
    part = _number(request.GET.get("part"), 3)
    return pieces.Piece(key, request.GET.get("name", ""), size, offset, request.body, part)


def _instead(request: HttpRequest, there: list[Tile]) -> Tile | None:
    """The file whose place the next one takes, when another was asked for."""
    part = _number(request.POST.get("part") or request.GET.get("part"), 3)
    return next((tile for tile in there if tile.may_go and tile.document.part == part), None)


def _removed(request: HttpRequest, case: Case, kind: DocumentKind) -> Document | None:
    """What was taken out a moment ago and can be put back."""
    number = _number(request.GET.get("removed"), 18) or 0
    return Document.objects.filter(pk=number, case=case, kind=kind.code).exclude(removed_at=None).first()

"""Pages of papers: only for those who see the case, watermarked, never kept by a browser, each look written down."""

from __future__ import annotations

import structlog
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from onboarding.documents import viewing
from onboarding.models import Document, DocumentKind, Page, User
from portal.crypto import Undecryptable
from portal.storage import BadName, Missing

_log = structlog.get_logger(__name__)
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
}


@login_required
@require_GET
def document(request: HttpRequest, document: int) -> HttpResponse:
    """All pages of a paper below one another; a browser's own page for a picture would break our policy."""
    visible = Document.objects.visible_to(request.user).select_related("case").prefetch_related("pages")
    row = get_object_or_404(visible, pk=document)
    kind = DocumentKind.objects.filter(code=row.kind).first()
    told = {"document": row, "kind": kind, "case": row.case, "earlier": _earlier(request, row)}
    return render(request, "onboarding/documents/document.html", told)


def _earlier(request: HttpRequest, row: Document) -> list[Document]:
    """For those who review: what stood in this place before, newest first."""
    if not isinstance(request.user, User) or not request.user.works_here:
        return []
    same = Document.objects.visible_to(request.user).filter(case=row.case_id, kind=row.kind, part=row.part)
    return list(same.filter(pk__lt=row.pk).order_by("-pk")[:20])


@login_required
@require_GET
def document_page(request: HttpRequest, document: int, number: int) -> HttpResponse:
    """One page, as large as we keep it."""
    return _served(request, document, number)


@login_required
@require_GET
def document_thumbnail(request: HttpRequest, document: int, number: int) -> HttpResponse:
    """The same page, small."""
    return _served(request, document, number, thumbnail=True)


def _served(request: HttpRequest, document: int, number: int, *, thumbnail: bool = False) -> HttpResponse:
    visible = Document.objects.visible_to(request.user)
    pages = Page.objects.filter(document__in=visible).select_related("document__case")
    page = get_object_or_404(pages, document=document, number=number)
    assert isinstance(request.user, User)  # nobody else sees a document
    try:
        picture = viewing.opened(page, thumbnail=thumbnail)
    except Missing:  # purged a moment ago
        raise Http404 from None
    except (BadName, Undecryptable) as error:  # damaged: the page says that it is not there, we hear why
        _log.error("page_unreadable", page=page.pk, error=type(error).__name__)
        raise Http404 from None
    viewing.logged(page, request.user, request.META.get("REMOTE_ADDR") or None, thumbnail=thumbnail)
    return HttpResponse(picture, content_type="image/jpeg", headers=HEADERS)

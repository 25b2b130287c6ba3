"""Reaching a case from the admin, and coming back to it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from onboarding.models import Case, Condition
from onboarding.pages import read_only


def opened(request: HttpRequest, ref: str) -> Case:
    """The case by its reference, or by its number as the admin's own links have it. 403 without the permission."""
    if not request.user.has_perm("onboarding.view_case"):
        raise PermissionDenied
    promised = Exists(Condition.objects.filter(case=OuterRef("pk"), void_at=None))
    related = Case.objects.visible_to(request.user).select_related("merchant", "assigned_to", "opened_by")
    cases = related.annotate(promised=promised)  # most have promised nothing: then nobody asks what
    if ref.isascii() and ref.isdigit() and len(ref) < 20:
        return read_only(request, get_object_or_404(cases, pk=int(ref)))
    return read_only(request, get_object_or_404(cases, ref=ref.upper()))


def back(case: Case) -> HttpResponse:
    return redirect("admin:onboarding_case_change", case.ref)

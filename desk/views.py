"""The desk: what waits for whom, all cases, late cases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from desk import search
from desk.doors import staff_only
from desk.forms import CaseSearch
from desk.numbers import cards
from onboarding.flow import TURN
from onboarding.models import Case, User
from onboarding.pages import person
from onboarding.rules import Who

SEES_RISK = (Who.REVIEWER, Who.SENIOR_REVIEWER, Who.RISK_OFFICER, Who.AUDITOR)


@staff_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person."""
    user = person(request)
    looks = user.has_perm("onboarding.view_case")
    soon = _pairs(search.soonest(Case.objects.visible_to(user))) if looks else []
    return render(request, "desk/desk.html", {"cards": cards(user), "looks": looks, "pairs": soon})


@staff_only
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """All cases, newest first, found by what somebody knows of them."""
    user = person(request)
    form = CaseSearch(request.GET, sees_risk=_sees_risk(user))
    rows: QuerySet[Case] = Case.objects.none()
    if form.is_valid():
        rows = search.filtered(Case.objects.visible_to(user), form.cleaned_data, user.pk)
    found, older = search.newest(rows, _number(request, "before"))
    context = {"form": form, "pairs": _pairs(found), "older_url": _url(request, older)}
    return render(request, "desk/cases.html", context)


@staff_only
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """Cases past their promise, the longest first."""
    rows = Case.objects.visible_to(person(request))
    page = search.longest_late(rows, request.GET)
    return render(request, "desk/late.html", {"pairs": _pairs(page.rows), **page.urls(request.GET)})


def _pairs(found: list[Case]) -> list[tuple[Case, Any]]:
    """Each case with whose turn it is."""
    return [(case, TURN[case.state].label) for case in found]


def _sees_risk(user: User) -> bool:
    return user.is_superuser or user.plays(*SEES_RISK)


def _number(request: HttpRequest, name: str) -> int | None:
    """A number of the address; nothing where somebody wrote something else."""
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None


def _url(request: HttpRequest, before: int | None) -> str:
    kept = {name: str(value) for name, value in request.GET.items() if name != "before"}
    return f"?{urlencode({**kept, 'before': str(before)})}" if before else ""

"""Asking once for reconsideration after a rejection: the text, its papers, and how it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding.cases.free_text import FreeText
from onboarding.documents.items import may_fill, public_reasons
from onboarding.documents.tiles import tiles
from onboarding.facts.aside import APPEAL, APPEAL_PAPER
from onboarding.facts.kept import document_kinds
from onboarding.flow import State
from onboarding.models import Appeal, Case, DocumentKind, User
from onboarding.pages import get_case, person
from onboarding.services import Refused, appeals
from onboarding.uploading import PaperPage
from onboarding.words import pick
from portal import typed


class AppealForm(typed.Form):
    """What we should look at again."""

    text = FreeText(
        longest=Appeal.LONGEST, rows=8, label=_("What should we look at again?"),
        help_text=_("Tell us what was wrong or has changed. You can ask once; add your papers before you send it."),
        error_messages={"required": _("Tell us what we should look at again.")},
    )  # fmt: skip


def shown(case: Case, user: User) -> dict[str, Any] | None:
    """How a rejected case may be asked about, or how the request stands; None where there is nothing to say."""
    if case.state != State.REJECTED or user.works_here:
        return None
    row = Appeal.objects.filter(case=case.pk).select_related("reason").first()
    if row is None:
        may = may_fill(case, APPEAL, user)
        return {"url": reverse("appeal", args=[case.ref]), "until": appeals.ends_at(case)} if may else None
    why = public_reasons([row.reason])[row.reason.pk] if row.reason else None
    return {"row": row, "why": why}


@login_required
def appeal(request: HttpRequest, ref: str) -> HttpResponse:
    """Write it, see which papers go with it, send it."""
    case, user = get_case(request, ref), person(request)
    if not may_fill(case, APPEAL, user):
        messages.info(request, appeals.why_not(case) or _("This is not possible now, or somebody else has to do it."))
        return redirect(case)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _sent(request, case, form):
        return redirect(case)
    kind = document_kinds()[APPEAL_PAPER]
    shown = {
        "case": case, "form": form, "kind": kind, "tiles": tiles(case, kind, pick(kind, "name")), "open": False,
        "until": appeals.ends_at(case),
    }  # fmt: skip
    return render(request, "onboarding/cases/appeal.html", shown, status=422 if form.errors else 200)


def _sent(request: HttpRequest, case: Case, form: AppealForm) -> bool:
    try:
        appeals.appeal(case.pk, form.cleaned_data["text"], by=person(request))
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("We have your request. Somebody else looks at everything again."))
    return True


def _closed(request: HttpRequest, case: Case) -> HttpResponse:
    messages.info(request, appeals.why_not(case) or _("This is not possible now, or somebody else has to do it."))
    return redirect(case)


def _kinds(case: Case) -> list[DocumentKind]:
    return [document_kinds()[APPEAL_PAPER]] if case.state == State.REJECTED else []


PAGE = PaperPage(
    step=APPEAL,
    name="appeal_document",
    template="onboarding/cases/appeal_paper.html",
    kinds=_kinds,
    remarks=lambda _case, _items: [],
    onward=lambda case, _path: reverse("appeal", args=[case.ref]),
    closed=_closed,
)

"""A merchant's promises under which the case was approved: what, until when, what otherwise; and their papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from onboarding.documents.items import Remark
from onboarding.documents.problems import SENTENCES
from onboarding.facts.aside import PROMISE
from onboarding.facts.kept import document_kinds
from onboarding.flow import State, status
from onboarding.models import Case, Condition, DocumentKind
from onboarding.pages import get_case, person
from onboarding.services import Refused, conditions
from onboarding.uploading import PaperPage
from onboarding.words import pick

BEFORE_APPROVAL = {state.value for state in State if state.value.startswith(("registration", "identity"))}
LATE = _("Late")
LOOKING = _("We look at it")


def shown(case: Case) -> list[dict[str, Any]]:
    """The promises that are not kept yet, the most urgent first, as lines of the case page. One query at most."""
    if case.state in BEFORE_APPROVAL:
        return []
    rows = Condition.objects.filter(case=case.pk).open().select_related("kind").order_by("due_on", "pk")
    return [_line(case, row) for row in rows]


def _line(case: Case, row: Condition) -> dict[str, Any]:
    return {
        "row": row,
        "sentence": pick(row.kind, "sentence"),
        "consequence": pick(row.kind, "consequence"),
        "url": reverse("promise_document", args=[case.ref, row.kind.document]),
        **_tag(row),
    }


def _tag(row: Condition) -> dict[str, Any]:
    if row.handed_in_at:
        return {"tag": LOOKING, "tag_class": status.OUR_TURN.tone}
    if row.broken_at:
        return {"tag": LATE, "tag_class": "bad"}
    return status.RETURNED_YOURS.tag if row.refused_note else status.YOUR_TURN.tag


def kinds(case: Case) -> list[DocumentKind]:
    """What keeps an open promise, or kept one."""
    codes = Condition.objects.filter(case=case.pk).agreed().values_list("kind__document", flat=True)
    known = document_kinds()
    return [known[code] for code in dict.fromkeys(codes) if code in known]


def remarks(case: Case, items: list[str]) -> list[Remark]:
    """What a reviewer still missed in what was handed in."""
    codes = [item.removeprefix("document:") for item in items]
    rows = Condition.objects.filter(case=case.pk, kind__document__in=codes).open().exclude(refused_note="")
    return [Remark(None, row.refused_note) for row in rows if row.handed_in_at is None]


def _closed(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, SENTENCES["locked"])
    return redirect(case)


class PromisePage(PaperPage):
    """The page of the papers that keep a promise, with the button that hands them in."""

    def more(self, case: Case, kind: DocumentKind) -> dict[str, Any]:
        rows = Condition.objects.filter(case=case.pk, kind__document=kind.code).open().select_related("kind")
        return {"promises": [_line(case, row) for row in rows]}


PAGE = PromisePage(
    step=PROMISE,
    name="promise_document",
    template="onboarding/cases/promise.html",
    kinds=kinds,
    remarks=remarks,
    onward=lambda case, _path: case.get_absolute_url(),
    closed=_closed,
)


@login_required
@require_POST
def hand_in_condition(request: HttpRequest, ref: str, condition: int) -> HttpResponse:
    """The merchant says that it is all there."""
    case = get_case(request, ref)
    if condition > 2**62:
        raise Http404
    found = get_object_or_404(Condition.objects.select_related("kind"), pk=condition, case=case)
    try:
        conditions.hand_in(found.pk, by=person(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("promise_document", case.ref, found.kind.document)
    messages.success(request, _("Handed in. We look at it and tell you."))
    return redirect(case)

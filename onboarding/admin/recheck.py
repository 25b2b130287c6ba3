"""Blind re-checks: the queue, the page that shows papers and answers and nothing of the decision, and who agrees."""

from __future__ import annotations

import csv
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly
from onboarding.admin.review import papers, sources
from onboarding.admin.review import typed as answers
from onboarding.models import Recheck, Step
from onboarding.pages import person
from onboarding.services import Refused
from onboarding.services.rechecks import SAY_WHY, decide_recheck
from portal import typed

Opinion = Recheck.Opinion
LATER = ("field:store.", "field:application.", "field:settlement.")


class OpinionForm(typed.Form):
    opinion = forms.ChoiceField(label=_("What would you decide?"), choices=Opinion.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Reason, unless you approve"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("opinion") not in (None, Opinion.APPROVE) and not data.get("note", "").strip():
            self.add_error("note", SAY_WHY)
        return data


class PeriodForm(typed.Form):
    """Days of the first decision, both included."""

    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


@admin.register(Recheck)
class RecheckAdmin(ReadOnly):
    """A reviewer sees what they may decide again; auditors and managers see all of it."""

    list_display = ("id", "step", "kind_of_merchant", "first_at", "at")
    list_filter = ("step",)
    list_select_related = ("case__merchant",)
    ordering = ("first_at", "id")
    nothing = _("Of the cases that a machine or one reviewer approved, a sample comes here to be looked at again.")
    change_list_template = "admin/onboarding/recheck/change_list.html"

    @admin.display(description=_("type of merchant"))
    def kind_of_merchant(self, row: Recheck) -> Any:
        return row.case.merchant.get_type_display()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recheck]:
        return Recheck.objects.visible_to(person(request))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Papers and answers as they were decided on; POST gives the opinion."""
        user = person(request)
        row = self._row(request, object_id)
        may = user.has_perm("onboarding.decide_recheck") and not row.opinion
        form = OpinionForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and not may:
            raise PermissionDenied
        if request.method == "POST" and form.is_valid():
            return self._decided(request, row, form.cleaned_data)
        context = {**self.admin_site.each_context(request), **_blind(row, request), "form": form if may else None}
        status = 422 if form.is_bound else 200
        return render(request, "admin/onboarding/recheck/recheck.html", context, status=status)

    def _row(self, request: HttpRequest, object_id: str) -> Recheck:
        number = int(object_id) if object_id.isascii() and object_id.isdigit() and len(object_id) < 18 else 0
        row = self.get_queryset(request).select_related("case__merchant", "first_by", "by").filter(pk=number).first()
        if row is None:
            raise Http404
        return row

    def _decided(self, request: HttpRequest, row: Recheck, typed_: dict[str, Any]) -> HttpResponse:
        try:
            decide_recheck(row.pk, typed_["opinion"], by=person(request), note=typed_["note"])
            messages.success(request, _("Thank you. Your opinion is kept; it changes nothing on the case."))
        except Recheck.DoesNotExist:
            raise Http404 from None
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("admin:onboarding_recheck_changelist")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(agreement)
        return [path("agreement/", view, name="agreement"), *super().get_urls()]


def _blind(row: Recheck, request: HttpRequest) -> dict[str, Any]:
    """Nothing here tells who decided, how, or where the case stands now."""
    user = person(request)
    shown = [one for one in papers.papers(row.case, user) if one.document.uploaded_at <= row.first_at]
    persons = user.has_perm("onboarding.view_person")
    groups = answers.groups(row.case, sources.sources(row.case, persons=persons), persons=persons)
    decided = row if row.opinion or not user.has_perm("onboarding.decide_recheck") else None
    return {
        "row": row,
        "title": _("Blind re-check %(number)s") % {"number": row.pk},
        "papers": shown,
        "open": _open(shown, request.GET.get("sheet", "")),
        "groups": [one for one in groups if row.step == Step.APPLICATION or not _of_application(one)],
        "decided": decided,
        "is_nav_sidebar_enabled": False,
    }


def _of_application(group: answers.Group) -> bool:
    """Answers of the step after the identity: that they are there would tell that the identity was approved."""
    return any(row.item.startswith(LATER) for row in group.rows)


def _open(shown: list[papers.Paper], wanted: str) -> tuple[papers.Paper, papers.Sheet] | None:
    key = papers.desk(shown, wanted).first
    return next(((paper, sheet) for paper in shown for sheet in paper.sheets if sheet.key == key), None)


def agreement(request: HttpRequest) -> HttpResponse:
    """How far second opinions agree with the first, per reviewer and for the machine; ?format=csv takes it along."""
    if not person(request).has_perm("onboarding.view_agreement"):
        raise PermissionDenied
    form = PeriodForm(request.GET or None)
    period = form.cleaned_data if form.is_valid() else {}
    rows = agreements(period)
    if request.GET.get("format") == "csv":
        return _csv(rows)
    context = {**admin.site.each_context(request), "rows": rows, "form": form, "title": _("Agreement of reviewers")}
    query = request.GET.copy()
    query["format"] = "csv"
    more = {"csv_url": f"?{query.urlencode()}", "is_nav_sidebar_enabled": False}
    return render(request, "admin/onboarding/recheck/agreement.html", {**context, **more})


def agreements(period: dict[str, Any]) -> list[dict[str, Any]]:
    """One row per first decider: drawn, decided again, agreeing, percent. One query."""
    rows = Recheck.objects.all()
    if period.get("since"):
        rows = rows.filter(first_at__date__gte=period["since"])
    if period.get("until"):
        rows = rows.filter(first_at__date__lte=period["until"])
    again = Count("pk", filter=~Q(opinion=""))
    agree = Count("pk", filter=Q(opinion=F("first")))
    found = rows.values("first_by", "first_by__name").annotate(drawn=Count("pk"), again=again, agree=agree)
    return [_row(dict(one)) for one in found.order_by("first_by__name", "first_by")]


def _row(one: dict[str, Any]) -> dict[str, Any]:
    share = round(100 * one["agree"] / one["again"]) if one["again"] else None
    name = one["first_by__name"] if one["first_by"] else _("The machine")
    return {**one, "name": name, "differ": one["again"] - one["agree"], "share": share}


def _csv(rows: list[dict[str, Any]]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="agreement-{timezone.localdate():%Y-%m-%d}.csv"'
    answer.write("\ufeff")  # so that spreadsheets read Chinese
    writer = csv.writer(answer)
    writer.writerow(["reviewer", "drawn", "decided_again", "agree", "differ", "percent"])
    for one in rows:
        share = "" if one["share"] is None else one["share"]
        writer.writerow([_inert(str(one["name"])), one["drawn"], one["again"], one["agree"], one["differ"], share])
    return answer


def _inert(cell: str) -> str:
    """A spreadsheet runs what begins like a formula; with an apostrophe before it, it is text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell

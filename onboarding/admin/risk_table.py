"""Risk tables: a draft is edited, tried on decided cases, and published by a second person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from onboarding.admin.back_test import changes
from onboarding.admin.common import Table
from onboarding.models import BackTest, RiskTable, RiskWeight
from onboarding.pages import person
from onboarding.scoring.words import words, wrong
from onboarding.services import Refused
from onboarding.services import backtests as services
from portal import typed

DONE = {
    "start": _("The back-test runs. You may leave this page."),
    "stop": _("The back-test is stopped. It can go on where it stopped."),
    "resume": _("The back-test goes on where it stopped."),
    "publish": _("The table is published. Cases that are screened from now on are scored by it."),
}


class WeightForm(typed.ModelForm):
    """A weight whose value its fact can have."""

    class Meta:
        model = RiskWeight
        fields = ("fact", "value", "points")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        sentence = wrong(data["fact"], data["value"]) if data.get("fact") and data.get("value") else None
        if sentence:
            self.add_error("value", forms.ValidationError(sentence))
        return data


class WeightInline(admin.TabularInline):  # type: ignore[type-arg]  # takes no [ ] at run time
    form = WeightForm
    model = RiskWeight
    extra = 0
    fields = ("fact", "value", "points", "meaning")
    readonly_fields = ("meaning",)
    ordering = ("fact", Length("value"), "value")  # 6 before 24

    @admin.display(description=_("in words"))
    def meaning(self, row: RiskWeight) -> str:
        """What the code in `value` stands for."""
        return str(words({"fact": row.fact, "value": row.value})) if row.pk else ""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_draft(obj) and bool(super().has_change_permission(request, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_draft(obj) and bool(super().has_add_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


def is_draft(table: RiskTable | None) -> bool:
    return table is None or table.status == RiskTable.Status.DRAFT


@admin.register(RiskTable)
class RiskTableAdmin(Table):
    """Draft, tried, published by a second person, superseded. A new one begins as a copy."""

    list_display = ("version", "status", "medium_from", "high_from", "why", "published_at", "published_by")
    list_select_related = ("published_by",)
    ordering = ("-version",)
    fields = (
        "version", "status", "medium_from", "high_from", "why", "accepted_alarms", "accepted", "published_at",
        "published_by",
    )  # fmt: skip
    readonly_fields = ("version", "status", "accepted_alarms", "accepted", "published_at", "published_by")
    inlines = (WeightInline,)
    actions = ("new_version",)
    change_form_template = "admin/onboarding/risktable/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_draft(obj) and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RiskTable, form: Any, change: bool) -> None:
        """While it is saved nobody publishes it; who comes too late changes nothing."""
        try:
            services.lock_draft(obj.pk)
        except Refused as refused:
            raise PermissionDenied(str(refused)) from refused
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Begin a new version as a draft"), permissions=["change"])
    def new_version(self, request: HttpRequest, chosen: QuerySet[RiskTable]) -> None:
        for table in chosen[:1]:
            draft = services.next_table(table.pk)
            self.log_addition(request, draft, "draft")
            self.message_user(request, _("%(table)s is a draft now.") % {"table": draft}, messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.back_test)
        return [path("<int:object_id>/back_test/", view, name="risk_back_test"), *super().get_urls()]

    def back_test(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """GET shows the newest back-test; POST starts, stops, resumes, or publishes."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        table = get_object_or_404(RiskTable, pk=object_id)
        test = BackTest.objects.filter(table=table).select_related("asked_by").order_by("-pk").first()
        may = bool(super().has_change_permission(request))
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            if answer := self._acted(request, table, test):
                return answer
        fitting = services.tested(table) if is_draft(table) else None
        shown = {**_shown(table, test), "fits": bool(fitting), "form": _form(request, fitting), "may": may}
        shown |= changes(test, request.GET)
        context = {**self.admin_site.each_context(request), **shown}
        return render(request, "admin/onboarding/risktable/back_test.html", context)

    def _acted(self, request: HttpRequest, table: RiskTable, test: BackTest | None) -> HttpResponse | None:
        """None when what was typed stays to be mended."""
        act = request.POST.get("act", "")
        try:
            if act == "start":
                services.start_back_test(table.pk, by=person(request))
            elif act == "publish":
                fitting = services.tested(table)
                form = _form(request, fitting)
                if not form.is_valid():
                    return None
                by, why = person(request), form.cleaned_data["accepted"]
                services.publish_table(table.pk, by=by, authors=authors(table), accepted=why)
                self.log_change(request, table, f"published, {services.alarms(fitting)} alarms")
            elif test and act in ("stop", "resume"):
                (services.stop_back_test if act == "stop" else services.resume_back_test)(test.pk)
            else:
                raise PermissionDenied
            messages.success(request, DONE[act])
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("admin:risk_back_test", table.pk)


class AcceptForm(typed.Form):
    """Why the alarms of a back-test do not hold the table back; asked for where there are any."""

    accepted = forms.CharField(
        label=_("why rejected cases may pass"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, needed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["accepted"].required = needed
        self.fields["accepted"].error_messages["required"] = services.SAY_WHY


def _form(request: HttpRequest, fitting: BackTest | None) -> AcceptForm:
    """`fitting`: the finished back-test of what the table holds now."""
    sent = request.POST if request.POST.get("act") == "publish" else None
    return AcceptForm(sent, needed=services.alarms(fitting) > 0)


def authors(table: RiskTable) -> set[int]:
    """Ids of those who began or changed this version, by the admin's own log."""
    kind = ContentType.objects.get_for_model(RiskTable)
    return set(LogEntry.objects.filter(content_type=kind, object_id=str(table.pk)).values_list("user_id", flat=True))


def _shown(table: RiskTable, test: BackTest | None) -> dict[str, Any]:
    """What the page shows of a back-test: progress and counts."""
    return {
        "table": table,
        "test": test,
        "title": _("Back-test of risk table %(table)s") % {"table": table},
        "is_draft": is_draft(table),
        "counts": [(title, sorted(test.counts.get(name, {}).items())) for name, title in COUNTS] if test else [],
        "alarms": services.alarms(test),
        "is_nav_sidebar_enabled": False,
    }


COUNTS = (
    ("tiers", _("Risk tier, before and by the draft")),
    ("routes", _("Who decides, before and by the draft")),
    ("decisions", _("Final decision, and who decides by the draft")),
)

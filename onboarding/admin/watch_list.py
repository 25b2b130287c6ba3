"""Watch-lists: upload a file, see what it would change, publish it by a second person. Entries are only read."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from openpyxl import Workbook

from onboarding.admin import watch_faults
from onboarding.admin.common import ReadOnly, Table
from onboarding.formats.reading import clean
from onboarding.formats.watch_line import HEADINGS
from onboarding.models import Rescreening, WatchEntry, WatchList
from onboarding.pages import person
from onboarding.screening.watch_words import REASONS
from onboarding.services import Refused
from onboarding.services.watching import discard_list, publish_list, upload_list
from portal import typed
from portal.uploads import Oversized

SHOWN = 20  # entries of the preview
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAMPLE = (
    ("WLS-001", "个人", "样本甲", "样本假", "110101200013010001", "lends_accounts", "2026-03-13", "样本"),
    ("WLS-002", "单位", "样本商贸有限公司", "", "99999999MA00000001", "cash_out", "2026-04-26", "样本"),
)
Status = WatchList.Status


class UploadForm(typed.Form):
    """A version of a list. The same code is the same list: its published version stays until the new one is."""

    code = forms.SlugField(
        label=_("Code of the list"), max_length=40,
        help_text=_("Latin letters and digits. The same code again makes the next version of that list."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of the list"), max_length=80)
    source = forms.CharField(label=_("Where it comes from"), max_length=120, required=False)
    nearness = forms.ChoiceField(
        label=_("Which near names count"), choices=WatchList.Nearness.choices, initial=WatchList.Nearness.ANY,
        help_text=_("For more than a few hundred entries choose what sounds or looks alike."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), help_text=_("XLSX or CSV, headings in Chinese or English in the first line."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Choose a file."), "empty": _("There is nothing in the file.")},
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, Oversized):
            raise forms.ValidationError(_("The file is too large. Divide the list."), code="large")
        return file


@admin.register(WatchList)
class WatchListAdmin(Table):
    """Draft, published by a second person, superseded. The page of a list shows how far it is and what it changes."""

    list_display = ("name", "code", "version", "status", "total", "uploaded_by", "uploaded_at", "published_at")
    list_filter = ("status",)
    list_select_related = ("uploaded_by",)
    search_fields = ("code", "name")
    ordering = ("-id",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new version. GET ?code=… begins with what the newest version of that list says."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None, initial=_newest(request.GET.get("code", "")))
        if request.method == "POST" and form.is_valid() and (row := _uploaded(request, form)):
            self.log_addition(request, row, "uploaded")
            return redirect("admin:onboarding_watchlist_change", row.pk)
        status = 422 if request.method == "POST" else 200
        return self._page(request, "upload", status, title=_("Upload a watch-list"), form=form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """How far it is, what is wrong with it, or what it changes. htmx asks for the bar only."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405)
        row = _found(object_id)
        if request.headers.get("HX-Request"):
            return self._bar(request, row)
        return self._page(request, "list", title=str(row), **_about(row), may=_may(request, row))

    def _bar(self, request: HttpRequest, row: WatchList) -> HttpResponse:
        context = _progress(row)
        if not context["running"]:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "admin/onboarding/watchlist/progress.html", context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("sample/", view(sample), name="onboarding_watchlist_sample"),
            path("<int:object_id>/publish/", view(publish), name="onboarding_watchlist_publish"),
            path("<int:object_id>/discard/", view(discard), name="onboarding_watchlist_discard"),
            *super().get_urls(),
        ]

    def _page(self, request: HttpRequest, name: str, status: int = 200, **more: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **more}
        return render(request, f"admin/onboarding/watchlist/{name}.html", context, status=status)


def _found(object_id: str) -> WatchList:
    rows = WatchList.objects.select_related("uploaded_by", "published_by", "rescreening")
    row = rows.filter(pk=int(object_id)).first() if object_id.isascii() and object_id.isdigit() else None
    if row is None or int(object_id) > 2**62:
        raise Http404
    return row


def _newest(code: str) -> dict[str, Any]:
    row = WatchList.objects.filter(code=code).order_by("-version").first()
    return {name: getattr(row, name) for name in ("code", "name", "source", "nearness")} if row else {}


def _uploaded(request: HttpRequest, form: UploadForm) -> WatchList | None:
    fields = {name: form.cleaned_data[name] for name in ("code", "name", "source", "nearness")}
    try:
        return upload_list(form.cleaned_data["file"].read(), by=person(request), fields=fields)
    except Refused as refused:
        form.add_error("code", str(refused))
        return None


def _about(row: WatchList) -> dict[str, Any]:
    """Context of the page of a list."""
    entries = WatchEntry.objects.filter(watchlist=row)
    return {
        "row": row,
        "faults": watch_faults.shown(row.faults),
        "new": [_entry(one) for one in entries.filter(since=row.version).order_by("pk")[:SHOWN]],
        **_progress(row),
    }


def _entry(row: WatchEntry) -> dict[str, Any]:
    return {"row": row, "reason": REASONS.get(row.reason, row.reason)}


def _progress(row: WatchList) -> dict[str, Any]:
    """The bar: lines read, or merchants compared. `running` is False when nothing moves any more."""
    job: Rescreening | None = getattr(row, "rescreening", None)
    if row.status == Status.IMPORTING:
        return {"running": True, "reading": True, "done": row.done, "total": row.total}
    if job is None:
        return {"running": False}
    running = job.outcome == Rescreening.Outcome.DUE
    return {"running": running, "reading": False, "done": job.done, "total": job.total, "job": job}


def _may(request: HttpRequest, row: WatchList) -> dict[str, bool]:
    """Which buttons this reader finds."""
    changes = request.user.has_perm("onboarding.change_watchlist")
    mine = row.uploaded_by_id == request.user.pk
    return {
        "publish": changes and row.status == Status.DRAFT and not mine,
        "wait": changes and row.status == Status.DRAFT and mine,
        "discard": changes and row.status in (Status.DRAFT, Status.REFUSED),
        "again": request.user.has_perm("onboarding.add_watchlist")
        and row.status not in (Status.DRAFT, Status.IMPORTING),
    }


@require_POST
def publish(request: HttpRequest, object_id: int) -> HttpResponse:
    _changes(request)
    row = _found(str(object_id))
    try:
        publish_list(row.pk, by=person(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Published. Everybody with us is compared with it now."))
    return redirect("admin:onboarding_watchlist_change", row.pk)


@require_POST
def discard(request: HttpRequest, object_id: int) -> HttpResponse:
    _changes(request)
    row = _found(str(object_id))
    try:
        discard_list(row.pk)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("admin:onboarding_watchlist_change", row.pk)
    messages.success(request, _("Thrown away. Nothing of it counts."))
    return redirect("admin:onboarding_watchlist_changelist")


def _changes(request: HttpRequest) -> None:
    if not request.user.has_perm("onboarding.change_watchlist"):
        raise PermissionDenied


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """A file to fill in: the headings and two entries that cannot be real, every column formatted as text."""
    if not request.user.has_perm("onboarding.view_watchlist"):
        raise PermissionDenied
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = gettext("Watch-list")
    for line in ([names[0] for names in HEADINGS.values()], *SAMPLE):
        sheet.append(line)
    for column in sheet.iter_cols(max_row=200):
        for cell in column:
            cell.number_format = "@"
    kept = io.BytesIO()
    book.save(kept)
    headers = {"Content-Disposition": 'attachment; filename="watch-list.xlsx"'}
    return HttpResponse(kept.getvalue(), content_type=XLSX, headers=headers)


@admin.register(WatchEntry)
class WatchEntryAdmin(ReadOnly):
    """Who stands on the lists that count now. Numbers are masked."""

    list_display = ("number", "kind", "name", "reason_told", "listed_on", "watchlist")
    list_filter = ("kind", ("watchlist", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("watchlist",)
    search_fields = ("number__exact", "name__startswith")
    search_help_text = _("The number in the list, or how the name begins")
    ordering = ("-id",)
    fields = ("watchlist", "number", "kind", "name", "aliases", "masked", "reason_told", "listed_on", "source", "since")

    def get_queryset(self, request: HttpRequest) -> QuerySet[WatchEntry]:
        rows: QuerySet[WatchEntry] = super().get_queryset(request)
        return rows.exclude(watchlist__status=Status.IMPORTING)

    @admin.display(description=_("reason"))
    def reason_told(self, row: WatchEntry) -> Any:
        return REASONS.get(row.reason, row.reason)

    @admin.display(description=_("identity number or credit code"))
    def masked(self, row: WatchEntry) -> str:
        return "、".join(hidden(one.value) for one in row.identifiers.all()) or "—"


def hidden(number: str) -> str:
    """The ends of an identifier of whatever kind: 1101…0001."""
    value = clean(number)
    return f"{value[:4]}…{value[-4:]}" if len(value) > 10 else f"{value[:2]}…"

"""Who looked at what: searched by the auditor, and taken along as CSV without anything personal in full."""

from __future__ import annotations

import csv
import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly
from onboarding.formats.masking import masked_numbers
from onboarding.models import Access

MOST = 10_000  # rows of one file; a longer log is taken in periods
KINDS = {
    "page": _("Page of a paper"),
    "thumbnail": _("Small picture of a paper"),
    "id_number": _("Identity number"),
    "mobile": _("Mobile number"),
    "contact_mobile": _("Contact's mobile"),
    "account": _("Account number"),
    "export": _("Copy of one's own data"),
}


class KindFilter(admin.SimpleListFilter):
    """What was looked at, by the word before the colon."""

    title = _("what")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(KINDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Access]) -> QuerySet[Access]:
        return queryset.filter(what__startswith=f"{self.value()}:") if self.value() in KINDS else queryset


class PeriodFilter(admin.SimpleListFilter):
    """One month of the last year, or one of the last ten years, in local time."""

    title = _("period")
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        today = timezone.localdate()
        count = today.year * 12 + today.month - 1
        months = [f"{one // 12}-{one % 12 + 1:02d}" for one in range(count, count - 13, -1)]
        return [(one, one) for one in (*months, *(str(today.year - back) for back in range(11)))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Access]) -> QuerySet[Access]:
        if self.value() not in [value for value, _label in self.lookup_choices]:
            return queryset
        year, _dash, month = str(self.value()).partition("-")
        first = int(year) * 12 + int(month or 1) - 1
        return queryset.filter(at__gte=_begins(first), at__lt=_begins(first + (1 if month else 12)))


def _begins(month: int) -> datetime.datetime:
    """The first moment of a month, counted from the year 0."""
    return datetime.datetime(month // 12, month % 12 + 1, 1, tzinfo=timezone.get_default_timezone())


@admin.register(Access)
class AccessAdmin(ReadOnly):
    """The log of looks at papers and numbers. Nothing here changes it."""

    list_display = ("at", "user", "case", "what", "masked_why", "address")
    list_filter = (KindFilter, PeriodFilter)
    list_select_related = ("user", "case")
    search_fields = ("case__ref__exact", "user__name", "user__email__exact", "what__startswith")
    search_help_text = _("Case number, name or e-mail of the colleague, or what was looked at (id_number:12)")
    ordering = ("-id",)
    fields = ("at", "user", "case", "what", "masked_why", "address")
    actions = ("as_csv",)

    @admin.display(description=_("why"))
    def masked_why(self, row: Access) -> str:
        return masked_numbers(row.why)

    def has_take_along_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.action(description=_("Take along as CSV"), permissions=["take_along"])
    def as_csv(self, request: HttpRequest, chosen: QuerySet[Access]) -> HttpResponse:
        """The chosen rows, newest first; opens in a spreadsheet without running anything."""
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="access-log-{timezone.localdate():%Y-%m-%d}.csv"'
        answer.write("\ufeff")  # so that spreadsheets read Chinese
        writer = csv.writer(answer)
        writer.writerow(["at", "who", "case", "what", "why", "address"])
        for row in chosen.select_related("user", "case").order_by("-id")[:MOST]:
            writer.writerow(map(_inert, self._cells(row)))
        return answer

    def _cells(self, row: Access) -> list[str]:
        at = timezone.localtime(row.at).isoformat(timespec="seconds")
        case = row.case.ref if row.case else ""
        return [at, str(row.user), case, row.what, masked_numbers(row.why), row.address or ""]


def _inert(cell: str) -> str:
    """A spreadsheet runs what begins like a formula; with an apostrophe before it, it is text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell

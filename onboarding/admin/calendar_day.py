"""The official calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from onboarding.admin.common import Table
from onboarding.models import CalendarDay
from onboarding.workdays import forget


@admin.register(CalendarDay)
class CalendarDayAdmin(Table):
    """Holidays and the weekends that are worked instead."""

    list_display = ("date", "kind", "name_zh", "name_en")
    list_filter = ("kind",)
    date_hierarchy = "date"
    ordering = ("-date",)

    def save_model(self, request: HttpRequest, obj: CalendarDay, form: Any, change: bool) -> None:
        """This process reads the table again at once, the others within ten minutes."""
        super().save_model(request, obj, form, change)
        forget()

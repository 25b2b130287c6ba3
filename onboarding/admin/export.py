"""Copies of personal data that people asked for: that it was, never what is in it."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly
from onboarding.models import Export


@admin.register(Export)
class ExportAdmin(ReadOnly):
    """Who asked, when it was ready, fetched and deleted."""

    list_display = ("user", "outcome", "asked_at", "ready_at", "fetched_at", "expires_at", "size")
    list_filter = ("outcome",)
    list_select_related = ("user",)
    search_fields = ("user__name", "ref__exact")
    ordering = ("-id",)
    nothing = _("Who asks for a copy of their data comes here.")
    fields = (
        "user",
        "outcome",
        "asked_at",
        "ready_at",
        "fetched_at",
        "expires_at",
        "done",
        "total",
        "size",
        "attempts",
    )

"""The document matrix."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import KeptTable
from onboarding.models import DocumentKind


@admin.register(DocumentKind)
class DocumentKindAdmin(KeptTable):
    """Which papers, for whom, how large."""

    list_display = ("code", "name_zh", "name_en", "group", "max_mb", "min_pages", "max_pages")
    list_filter = ("group",)
    search_fields = ("code", "name_zh", "name_en")
    ordering = ("order", "code")

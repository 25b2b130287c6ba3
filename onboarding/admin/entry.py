"""The timeline, to look at."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import ReadOnly
from onboarding.models import Entry


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    """Entries of all cases, newest first. Notes stay sealed; the case shows them."""

    list_display = ("case", "seq", "at", "verb", "source", "target", "actor", "role", "public")
    list_filter = ("role", "public")
    list_select_related = ("case", "actor")
    search_fields = ("case__ref__exact", "verb__exact")
    ordering = ("-id",)
    fields = (
        "case", "seq", "at", "verb", "source", "target", "actor", "role", "data", "public", "previous", "digest",
    )  # fmt: skip

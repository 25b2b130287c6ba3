"""The timeline, to look at."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from onboarding.admin.common import ReadOnly
from onboarding.models import Entry
from onboarding.services.opinions import SECOND


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    """Entries of all cases, newest first. Notes stay sealed; the case shows them."""

    list_display = ("case", "seq", "at", "verb", "source", "target", "actor", "role", "public")
    list_filter = ("role", "public")
    list_select_related = ("case", "actor")
    search_fields = ("case__ref__exact", "verb__exact")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        """Without what the first reviewer did, while a reader may still have to give the second opinion unseen."""
        rows: QuerySet[Entry] = super().get_queryset(request)
        if not request.user.has_perm("onboarding.confirm_identity"):
            return rows
        return rows.exclude(case__state__in=SECOND, verb__startswith="recommend_")

    fields = (
        "case", "seq", "at", "verb", "source", "target", "actor", "role", "data", "public", "previous", "digest",
    )  # fmt: skip

"""Who looked at what."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import ReadOnly
from onboarding.models import Access


@admin.register(Access)
class AccessAdmin(ReadOnly):
    """The log of looks at papers and numbers."""

    list_display = ("at", "user", "case", "what", "why", "address")
    list_select_related = ("user", "case")
    search_fields = ("case__ref__exact", "user__name", "what__startswith")
    ordering = ("-id",)
    fields = ("at", "user", "case", "what", "why", "address")

"""The consent ledger."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import ReadOnly
from onboarding.models import Consent


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    """Who agreed to what, in which words, and when it was withdrawn."""

    list_display = ("case", "purpose", "version", "language", "user", "given_at", "withdrawn_at")
    list_filter = ("purpose", "language")
    list_select_related = ("case", "user")
    search_fields = ("case__ref__exact", "text_sha256__exact")
    ordering = ("-id",)
    fields = (
        "case", "purpose", "version", "language", "text_sha256", "user", "address", "given_at", "withdrawn_at",
    )  # fmt: skip

"""Reasons for returns and rejections."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from onboarding.models import Reason


@admin.register(Reason)
class ReasonAdmin(Table):
    """Sentences of both languages; internal ones are never shown to a merchant."""

    list_display = ("code", "applies_to", "audience", "sentence_zh")
    list_filter = ("audience",)
    search_fields = ("code", "applies_to", "sentence_zh", "sentence_en")
    ordering = ("code",)

"""Acquirers."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from onboarding.models import Institution


@admin.register(Institution)
class InstitutionAdmin(Table):
    """Where it works and where people complain."""

    list_display = ("code", "name_zh", "name_en", "kind", "acquirer_code", "fictitious")
    search_fields = ("code", "name_zh", "name_en")
    ordering = ("code",)

"""Provinces, cities, counties."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from onboarding.models import Division


@admin.register(Division)
class DivisionAdmin(Table):
    """Never deleted: a code that is no longer used gets an end date."""

    list_display = ("code", "name", "name_en", "level", "basis", "valid_from", "valid_to")
    list_filter = ("level", "basis")
    search_fields = ("code", "name", "name_en")
    ordering = ("code",)

"""Trade permits."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from onboarding.models import Permit


@admin.register(Permit)
class PermitAdmin(Table):
    """What some trades need besides the licence."""

    list_display = ("code", "name_zh", "name_en", "has_expiry", "alternative_to")
    search_fields = ("code", "name_zh", "name_en")
    ordering = ("code",)

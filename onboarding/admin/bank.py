"""Banks."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import KeptTable
from onboarding.models import Bank


@admin.register(Bank)
class BankAdmin(KeptTable):
    """Head offices; not authoritative."""

    list_display = ("head_cnaps", "name_zh", "name_en", "cnaps_class", "kind", "example")
    list_filter = ("kind", "example")
    search_fields = ("head_cnaps", "name_zh", "name_en")
    ordering = ("head_cnaps",)

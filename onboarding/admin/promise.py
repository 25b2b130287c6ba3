"""Promises: how long a state may take, and to whom it escalates."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from onboarding.models import Promise


@admin.register(Promise)
class PromiseAdmin(Table):
    """Changed promises hold for cases that enter the state afterwards."""

    list_display = ("name_zh", "kind", "subject", "tier", "clock", "target_hours", "warn_at_hours", "escalate_to")
    list_filter = ("kind", "clock", "escalate_to")
    search_fields = ("subject", "name_zh", "name_en")
    ordering = ("kind", "subject", "tier")

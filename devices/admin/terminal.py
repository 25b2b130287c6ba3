"""A terminal and where it has been: read only. Custody moves on the warehouse's pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from devices.models import Binding, Movement, Terminal
from onboarding.admin.common import Table


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MovementInline(_ReadOnly, admin.TabularInline):  # type: ignore[type-arg]  # Django's admin takes no [ ] at run time
    model = Movement
    fields = readonly_fields = ("at", "source", "target", "by", "place", "seal", "note")
    extra = 0


class BindingInline(_ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Binding
    fields = ("acquirer_code", "mid", "tid", "uscc", "account", "location", "bound_at", "ended_at")
    readonly_fields = fields
    extra = 0


@admin.register(Terminal)
class TerminalAdmin(_ReadOnly, Table):
    list_display = ("serial", "model", "state", "holder", "received_at")
    list_filter = ("state", "model")
    list_select_related = ("model", "holder")
    search_fields = ("serial",)
    inlines = (BindingInline, MovementInline)
    exclude = ("line",)

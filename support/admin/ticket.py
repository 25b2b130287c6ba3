"""Tickets to look at; they are worked on at the desk."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import ReadOnly
from support.models import Message, Ticket


class MessageInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Message
    fields = readonly_fields = ("created_at", "by", "internal", "text")
    extra = 0
    can_delete = False


@admin.register(Ticket)
class TicketAdmin(ReadOnly):
    list_display = ("ref", "subject", "priority", "state", "due_at", "assigned_to")
    list_filter = ("state", "priority")
    list_select_related = ("assigned_to",)
    search_fields = ("=ref", "=case__ref", "subject")
    ordering = ("-pk",)
    inlines = (MessageInline,)

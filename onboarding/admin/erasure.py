"""Deletion requests: who asked, and whether it is done."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly
from onboarding.models import Erasure


@admin.register(Erasure)
class ErasureAdmin(ReadOnly):
    """The purge ends them by itself; live cases wait for their closing."""

    list_display = ("user", "asked_at", "taken_back_at", "done_at")
    list_select_related = ("user",)
    search_fields = ("user__name",)
    ordering = ("-id",)
    nothing = _("Who asks for the deletion of their data comes here.")
    fields = ("user", "asked_at", "taken_back_at", "done_at")

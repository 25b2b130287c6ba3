"""Sales agencies. Their agents are accounts of the group “sales agent” with the agency set."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import Table
from onboarding.models import Partner


@admin.register(Partner)
class PartnerAdmin(Table):
    """Who may bring in merchants, where, and until when. Never deleted: cases name them; switch them off instead."""

    list_display = ("name", "filing_number", "region_codes", "valid_until", "active", "may_act")
    list_filter = ("active",)
    search_fields = ("name", "filing_number")
    ordering = ("name",)

    def has_delete_permission(self, request: HttpRequest, obj: Partner | None = None) -> bool:
        return False

    @admin.display(boolean=True, description=_("may open cases today"))
    def may_act(self, partner: Partner) -> bool:
        return partner.works

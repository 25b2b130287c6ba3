"""Category codes (MCC)."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import KeptTable
from onboarding.models import MerchantCategory


@admin.register(MerchantCategory)
class MerchantCategoryAdmin(KeptTable):
    """Fee class, risk and permits of each trade."""

    list_display = ("code", "name_zh", "name_en", "fee_class", "risk", "allow_micro", "cash_like", "status")
    list_filter = ("fee_class", "risk", "status", "allow_micro", "cash_like")
    search_fields = ("code", "name_zh", "name_en")
    ordering = ("code",)

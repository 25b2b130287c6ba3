"""Merchants, to look at. Changes go through the case."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from onboarding.admin.common import ReadOnly
from onboarding.formats import mobile
from onboarding.models import Merchant


@admin.register(Merchant)
class MerchantAdmin(ReadOnly):
    """Numbers are masked; a number is shown in full on the case, for a reason."""

    list_display = ("name", "short_name", "type", "uscc", "masked_mobile", "created_at")
    list_filter = ("type",)
    search_fields = ("name", "short_name", "uscc__exact")
    ordering = ("-id",)
    fields = (
        "type", "name", "short_name", "uscc", "registered_address", "scope", "established_on", "valid_until",
        "is_long_term", "beneficial_owner_exempt", "contact_name", "masked_mobile", "contact_email", "created_at",
    )  # fmt: skip

    @admin.display(description=_("contact's mobile"))
    def masked_mobile(self, merchant: Merchant) -> str:
        return mobile.mask(merchant.contact_mobile) if merchant.contact_mobile else "–"

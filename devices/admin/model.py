"""The catalogue of terminals."""

from __future__ import annotations

from django.contrib import admin

from devices.models import DeviceModel
from onboarding.admin.common import Table


@admin.register(DeviceModel)
class DeviceModelAdmin(Table):
    list_display = ("code", "name_zh", "kind", "ownership", "price_fen", "certified_until", "pts_until", "offered")
    list_filter = ("kind", "offered")
    search_fields = ("code", "name_zh", "name_en", "certificate")
    fieldsets = (
        (None, {"fields": ("code", "kind", ("name_zh", "name_en"), ("about_zh", "about_en"), "maker", "connectivity")}),
        (None, {"fields": ("ownership", "price_fen", "rent_fen", "offered", "fictitious")}),
        (None, {"fields": (("certificate", "certified_until"), ("pts_approval", "pts_until"))}),
    )

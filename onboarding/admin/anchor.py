"""The daily anchors of all timelines."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import ReadOnly
from onboarding.models import Anchor


@admin.register(Anchor)
class AnchorAdmin(ReadOnly):
    """`manage.py verify_timeline` checks them."""

    list_display = ("day", "made_at", "digest")
    ordering = ("-day",)
    fields = ("day", "made_at", "previous", "digest", "signature")

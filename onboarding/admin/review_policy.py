"""How each type of merchant is decided."""

from __future__ import annotations

from django.contrib import admin

from onboarding.admin.common import Table
from onboarding.models import ReviewPolicy


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(Table):
    """Machine alone, one reviewer, or two."""

    list_display = (
        "merchant_type",
        "straight_through",
        "second_review_from",
        "go_live_by_machine",
        "sample_machine_ppm",
        "sample_reviewer_ppm",
    )
    ordering = ("merchant_type",)

"""Which fee plans a merchant may choose."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q
from django.utils import timezone

from onboarding.fees import FALLBACK
from onboarding.models import FeePlan, FeeRule


def offered(today: date | None = None) -> list[FeePlan]:
    """The published plans in force, with institution and rules: two queries."""
    today = today or timezone.localdate()
    rows = FeePlan.objects.filter(status=FeePlan.Status.PUBLISHED, effective_from__lte=today)
    rows = rows.filter(Q(effective_to=None) | Q(effective_to__gte=today)).select_related("institution")
    return list(rows.prefetch_related(Prefetch("rules", FeeRule.objects.order_by("pk"))).order_by("institution", "pk"))


def fitting(plans: list[FeePlan], merchant_type: str, fee_class: str) -> list[FeePlan]:
    """Those made for this merchant type and trade; a trade without a plan of its own takes the standard ones."""
    mine = [plan for plan in plans if not merchant_type or merchant_type in plan.for_types]
    own = [plan for plan in mine if fee_class in plan.for_classes]
    return own or [plan for plan in mine if FALLBACK.get(fee_class, fee_class) in plan.for_classes]


def fits(plan: FeePlan, merchant_type: str, fee_class: str) -> bool:
    """Whether the plan may be chosen today by this merchant for this trade. No query."""
    today = timezone.localdate()
    in_force = plan.effective_from <= today and (plan.effective_to is None or today <= plan.effective_to)
    classes = {fee_class, FALLBACK.get(fee_class, fee_class)}
    published = plan.status == FeePlan.Status.PUBLISHED
    return published and in_force and merchant_type in plan.for_types and bool(classes & set(plan.for_classes))

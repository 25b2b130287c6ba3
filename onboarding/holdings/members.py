"""Invitations, and the forms of names that only serve to find them."""

from __future__ import annotations

from typing import Any

from onboarding.holdings import forgets_merchant, tells
from onboarding.models import Case, Invitation, Membership, Merchant


@forgets_merchant
def invitations(case: Case) -> None:
    Invitation.objects.filter(merchant=case.merchant_id).delete()


@forgets_merchant
def names(case: Case) -> None:
    Merchant.objects.filter(pk=case.merchant_id).update(name_index="", short_name_index="")


@tells("members")
def told_members(case: Case) -> list[dict[str, Any]]:
    """Who acts for the merchant, and as what."""
    rows = Membership.objects.filter(merchant=case.merchant_id, active=True).select_related("user").order_by("pk")
    return [{"name": row.user.name, "role": row.role, "since": row.created_at.isoformat()} for row in rows]


@tells("invitations")
def told_invitations(case: Case) -> list[dict[str, Any]]:
    rows = Invitation.objects.filter(case=case).order_by("pk")
    return [{"role": row.role, "name": row.name, "to": row.address, "sent_at": row.sent_at.isoformat()} for row in rows]

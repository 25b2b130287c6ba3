"""Opening a case: the merchant's first row, the first entry, and who may act for it."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from onboarding import deadlines
from onboarding.models import Case, Entry, Membership, Merchant, Partner, User
from onboarding.rules import Who
from onboarding.services import tallies
from onboarding.services.moves import _role
from onboarding.services.permissions import Actor, System


def open_case(
    merchant: Merchant, *, by: Actor, channel: str = Case.Channel.WEB, follows: Case | None = None,
    partner: Partner | None = None,
) -> Case:  # fmt: skip
    """Open a case for a merchant, with its first entry ("open_case").

    `follows` links an earlier, closed case; `partner` is the sales agency that brings it in.
    """
    opener = None if isinstance(by, System) else by
    with transaction.atomic():
        case = Case(merchant=merchant, channel=channel, opened_by=opener, follows=follows, partner=partner)
        case.due_at, case.due_provisional = deadlines.promise(case)
        case.save()
        Entry.objects.append(case, verb="open_case", source="", by=opener, role=_role(case, by))
        case.save(update_fields=["version", "head"])
        tallies.moved(None, tallies.place(case))
    return case


def add_member(merchant: Merchant, user: User, role: str = Membership.Role.OWNER) -> Membership:
    """Let `user` act for `merchant`; gives the account the merchant's permissions. Again is no error."""
    user.groups.add(Group.objects.get(name=Who.MERCHANT))
    membership, _made = Membership.objects.update_or_create(
        user=user, merchant=merchant, defaults={"role": role, "active": True}
    )
    return membership

"""Who acts for a merchant: other roles, and leaving. One owner at least stays."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Invitation, Membership, Merchant, MerchantType, Person, User
from onboarding.rules import Who
from onboarding.services import NotAllowed, Refused, record

LAST_OWNER = _("This is the only owner. Make somebody else an owner first.")
ONLY_OWNER = _("Only an owner decides who acts for the merchant.")
INVITED_ROLES = (
    Membership.Role.MANAGER, Membership.Role.CASHIER, Membership.Role.HANDLER, Membership.Role.LEGAL_REPRESENTATIVE,
)  # fmt: skip


def manages(user: User, case: Case) -> bool:
    """Whether this person decides who acts for the merchant: an owner."""
    owner = Membership.objects.filter(user=user, merchant=case.merchant_id, active=True, role=Membership.Role.OWNER)
    return owner.exists()


def hands_over(user: User, case: Case) -> bool:
    """Whether this person hands the case over to its owner: who opened it, and the call centre."""
    opened = case.opened_by_id == user.pk and user.plays(Who.SALES_AGENT, Who.CALL_CENTRE_AGENT)
    return (opened or user.plays(Who.CALL_CENTRE_AGENT)) and case.channel in (Case.Channel.PHONE, Case.Channel.AGENT)


def may_send(user: User, invitation: Invitation) -> bool:
    """The owner's link is sent again by who opened the case, all others by an owner."""
    if invitation.role == Membership.Role.OWNER:
        return hands_over(user, invitation.case)
    return manages(user, invitation.case)


def roles(merchant: Merchant) -> list[tuple[str, str]]:
    """What somebody can be invited as: a micro merchant has no handler."""
    known = [one for one in INVITED_ROLES if one != Membership.Role.HANDLER or merchant.type != MerchantType.MICRO]
    return [(one.value, str(one.label)) for one in known]


def lacks_letter(case: Case) -> bool:
    """Somebody acts as handler, and no handler was named with papers yet."""
    acting = Membership.objects.filter(merchant=case.merchant_id, active=True, role=Membership.Role.HANDLER)
    named = Person.objects.filter(merchant=case.merchant_id, role=Person.Role.HANDLER)
    return acting.exists() and not named.exists()


@transaction.atomic
def change_role(case: Case, membership_id: int, role: str, *, by: User) -> Membership:
    """Give a member another role. Raises Refused when the last owner would go, NotAllowed for others than owners."""
    row = _guarded(case, membership_id, by)
    if row.role == role or not row.active:
        return row
    if role != Membership.Role.OWNER:
        _keep_an_owner(row)
    row.role = role
    row.save(update_fields=["role"])
    record(case.pk, "member_changed", by=by, data={"member": row.user_id, "role": role})
    return row


@transaction.atomic
def remove(case: Case, membership_id: int, *, by: User) -> Membership:
    """This person sees nothing of the merchant any more. Again is no error. Raises as `change_role`."""
    row = _guarded(case, membership_id, by)
    if not row.active:
        return row
    _keep_an_owner(row)
    row.active = False
    row.save(update_fields=["active"])
    record(case.pk, "member_removed", by=by, data={"member": row.user_id, "role": row.role})
    return row


def _guarded(case: Case, membership_id: int, by: User) -> Membership:
    """The row, with its merchant locked: two owners who remove each other at once leave one."""
    Merchant.objects.select_for_update(of=("self",)).get(pk=case.merchant_id)
    if not manages(by, case):
        raise NotAllowed(ONLY_OWNER)
    return Membership.objects.select_related("user").get(pk=membership_id, merchant=case.merchant_id)


def _keep_an_owner(row: Membership) -> None:
    owners = Membership.objects.filter(merchant=row.merchant_id, active=True, role=Membership.Role.OWNER)
    if row.role == Membership.Role.OWNER and not owners.exclude(pk=row.pk).exists():
        raise Refused(LAST_OWNER)

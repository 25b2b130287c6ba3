"""The other end of the link: a code to the same address, then its holder acts for the merchant."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import Invitation, Membership, OneTimeCode, User
from onboarding.registration.adapter import find_or_make
from onboarding.services import Refused, add_member, codes, record

CLOSED_ACCOUNT = _("The account of this number is closed. Call us if you need it again.")
NO_LONGER = _("This link is used, too old or was taken back. Ask for a new one.")


def purpose_of(invitation: Invitation) -> str:
    return f"claim:{invitation.pk}"


def send_code(invitation: Invitation, *, language: str) -> OneTimeCode:
    """Six digits to the invited address and nowhere else. Raises Refused when it is too soon, or too often."""
    return codes.send(
        purpose_of(invitation), invitation.address, by=invitation.invited_by, template="sign_in_code",
        channel=invitation.channel, language=language, minutes=codes.LIFE.seconds // 60,
    )  # fmt: skip


def claim(invitation: Invitation, code: OneTimeCode) -> User:
    """Use the link up with a code that `codes.check` accepted; returns the account that acts from now on.

    Raises Refused when the link is no longer good or the account is closed; then the code is still there.
    """
    with transaction.atomic():
        row = Invitation.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=invitation.pk)
        if not row.is_open or not codes.use(code):
            raise Refused(NO_LONGER)
        user = _account(row)
        _let_act(row, user)
        row.claimed_by, row.claimed_at = user, timezone.now()
        row.save(update_fields=["claimed_by", "claimed_at"])
        record(row.case_id, "joined", by=user, data={"role": row.role})
    return user


def _let_act(row: Invitation, user: User) -> None:
    """An owner stays an owner, whatever they are invited as."""
    owns: dict[str, Any] = {"user": user, "active": True, "role": Membership.Role.OWNER}
    if not row.merchant.memberships.filter(**owns).exists():
        add_member(row.merchant, user, row.role)


def _account(row: Invitation) -> User:
    user = find_or_make(row.address) if row.by_sms else _of_mail(row.address)
    if not user.is_active:
        raise Refused(CLOSED_ACCOUNT)
    user.name = user.name or row.name
    user.mobile_verified = user.mobile_verified or row.by_sms
    user.save(update_fields=["name", "mobile_verified"])
    return user


def _of_mail(address: str) -> User:
    """The account with this confirmed address; a colleague's; or a new one. An address that a merchant only typed
    into a form proves nothing about the account."""
    confirmed = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    colleague = next((one for one in User.objects.filter(email__iexact=address) if one.works_here), None)
    found: User | None = confirmed.user if confirmed else colleague
    return found or _made(address)


def _made(address: str) -> User:
    user = User.objects.create(username=f"e-{uuid.uuid4().hex[:16]}", email=address, password=make_password(None))
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user

"""Asking somebody to act for a merchant: one open link per address, sent again at most so often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from onboarding import notices
from onboarding.models import Case, Invitation, Membership, Merchant, Notice, User
from onboarding.services import Refused, record
from portal.sms import is_gsm7, shortened

AGAIN = timedelta(seconds=60)
A_DAY = 5  # times one invitation is sent within 24 hours
PER_CASE = 20  # messages of all invitations of a case within 24 hours
SHOWN = 10  # characters of the merchant's name in an SMS: the whole stays one message

THERE_ALREADY = _("This person acts for the merchant already.")
TOO_SOON = _("It was sent less than a minute ago. Wait a little, then send it again.")
TOO_MANY = _("It was sent many times today. Send it again tomorrow, or compare the number with its owner.")
CLAIMED = _("This link was used already: the person has signed in.")
TAKEN_BACK = _("This invitation was taken back.")


def find(key: str) -> Invitation:
    """The invitation behind a key; 404 for a wrong one."""
    try:
        number = Invitation.number(key)
        return Invitation.objects.select_related("case__merchant", "invited_by", "claimed_by").get(pk=number)
    except (ValueError, Invitation.DoesNotExist) as error:
        raise Http404 from error


@transaction.atomic
def invite(case: Case, *, by: User, role: str, channel: str, address: str, name: str = "") -> Invitation:
    """Ask whoever holds `address` (E.164, or an e-mail in small letters) to act for the merchant of `case`.

    The same address again, while its invitation is open, changes the role and sends nothing within a minute.
    Raises Refused for somebody who acts already, and when too many messages were sent today.
    """
    merchant = Merchant.objects.select_for_update(of=("self",)).get(pk=case.merchant_id)  # two presses, one invitation
    if _acts_already(merchant, channel, address):
        raise Refused(THERE_ALREADY)
    known = next((one for one in merchant.invitations.open() if one.address == address), None)
    row = known or Invitation(case=case, merchant=merchant, channel=channel, address=address, invited_by=by)
    row.role, row.name, row.language = role, name, get_language() or settings.LANGUAGE_CODE
    row.save()
    if row.sends == 0 or timezone.now() - row.sent_at > AGAIN:
        _send(row)
    return row


def hand_over(case: Case, *, by: User) -> Invitation:
    """The link by which the contact of a case that was opened for them becomes its owner."""
    merchant = case.merchant
    return invite(
        case, by=by, role=Membership.Role.OWNER, channel=Notice.Channel.SMS, address=merchant.contact_mobile or "",
        name=merchant.contact_name,
    )  # fmt: skip


@transaction.atomic
def send_again(invitation: Invitation) -> None:
    """The same link once more, good for another seven days. Raises Refused when it is too soon or too often."""
    row = _locked(invitation.pk)
    if row.claimed_at or row.revoked_at:
        raise Refused(CLAIMED if row.claimed_at else TAKEN_BACK)
    if timezone.now() - row.sent_at < AGAIN:
        raise Refused(TOO_SOON)
    _send(row)


@transaction.atomic
def correct(invitation: Invitation, mobile: str, *, by: User) -> Invitation:
    """The contact's number was wrong: the first link is void, a new one goes to `mobile`. Raises Refused."""
    row = _locked(invitation.pk)
    if row.claimed_at:
        raise Refused(CLAIMED)
    merchant = Merchant.objects.select_for_update(of=("self",)).get(pk=row.merchant_id)
    merchant.contact_mobile = mobile
    merchant.save(update_fields=["contact_mobile", "contact_mobile_index"])
    if mobile != row.address:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
    case = Case.objects.select_related("merchant").get(pk=row.case_id)
    return hand_over(case, by=by)


@transaction.atomic
def take_back(invitation: Invitation) -> None:
    """The link leads nowhere any more. Again is no error; Refused once somebody has used it."""
    row = _locked(invitation.pk)
    if row.claimed_at:
        raise Refused(CLAIMED)
    row.revoked_at = row.revoked_at or timezone.now()
    row.save(update_fields=["revoked_at"])


def link(invitation: Invitation) -> str:
    """The whole address of the page where it is claimed."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('claim', args=[invitation.key])}"


def _locked(pk: int) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).select_related("case__merchant").get(pk=pk)


def _acts_already(merchant: Merchant, channel: str, address: str) -> bool:
    acting = User.objects.filter(memberships__merchant=merchant, memberships__active=True)
    column = "mobile" if channel == Notice.Channel.SMS else "email"
    return any((getattr(user, column) or "").lower() == address.lower() for user in acting)


def _send(row: Invitation) -> None:
    """One more message; its own key each time. The number of the case in it lets the purge find it."""
    prefix = f"claim_link:{row.case.ref}:"
    today = Notice.objects.filter(key__startswith=prefix, created_at__gt=timezone.now() - timedelta(days=1))
    if today.filter(key__startswith=f"{prefix}{row.pk}:").count() >= A_DAY or today.count() >= PER_CASE:
        raise Refused(TOO_MANY)
    row.sends, row.sent_at = row.sends + 1, timezone.now()
    row.save(update_fields=["sends", "sent_at"])
    notices.tell(
        "claim_link", key=f"{prefix}{row.pk}:{row.sends}", channel=row.channel, address=row.address,
        language=row.language, context=_words(row),
    )  # fmt: skip
    record(row.case_id, "link_sent", by=row.invited_by, data={"role": row.role}, public=False)


def _words(row: Invitation) -> dict[str, Any]:
    """What the templates get; an English SMS with a Chinese name in it would be two messages, so it has none."""
    name = shortened(str(row.merchant), SHOWN)
    fits = row.language.startswith("zh") or is_gsm7(name)
    return {
        "link": link(row), "days": Invitation.LIFE.days, "merchant": str(row.merchant), "short": name if fits else "",
        "owner": row.role == "owner",
    }  # fmt: skip

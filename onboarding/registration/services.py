"""Opening a merchant's own case, and keeping what they enter while they register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from onboarding.flow import State
from onboarding.models import Case, Consent, Membership, Merchant, User
from onboarding.services import add_member, open_case
from onboarding.services.consents import VERSION, text

MERCHANT_FIELDS = ("type", "contact_name", "contact_email")
PURPOSES = (Consent.Purpose.PRIVACY, Consent.Purpose.IDENTITY)


def begin(user: User) -> Case:
    """The case that `user` is registering now; a new one, with an empty merchant, when there is none.

    The user's row is locked, so that two taps on the button open one case.
    """
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        return unfinished(user) or _opened(user)


def unfinished(user: User) -> Case | None:
    """The newest case of this user that is still in registration."""
    mine = {"merchant__memberships__user": user, "merchant__memberships__active": True}
    found: Case | None = Case.objects.filter(state=State.REGISTRATION, **mine).order_by("-pk").first()
    return found


def _opened(user: User) -> Case:
    merchant = Merchant.objects.create(contact_name=user.name, contact_mobile=user.mobile, contact_email=user.email)
    add_member(merchant, user)
    return open_case(merchant, by=user)


def save_registration(case: Case, user: User, entered: Mapping[str, Any], *, address: str | None) -> None:
    """Keep what was entered so far; only the keys in `entered` are touched. Nothing happens after registration.

    `address`: IP address for the consent ledger.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=case.pk)
        if locked.state != State.REGISTRATION:
            return
        _save_merchant(locked.merchant, user, entered)
        for purpose in PURPOSES if acts_for(user, locked) else ():  # nobody agrees for somebody else
            if purpose in entered:
                _save_consent(locked, user, purpose, given=entered[purpose], address=address)


def acts_for(user: User, case: Case) -> bool:
    """Whether this person is one of the merchant's own."""
    return Membership.objects.filter(user=user, merchant=case.merchant_id, active=True).exists()


def _save_merchant(merchant: Merchant, user: User, entered: Mapping[str, Any]) -> None:
    changed = [name for name in MERCHANT_FIELDS if name in entered]
    for name in changed:
        setattr(merchant, name, entered[name])
    merchant.save(update_fields=changed)
    if not merchant.memberships.filter(user=user).exists():
        return  # somebody of ours fills it in for them
    user.name = entered.get("contact_name") or user.name
    user.email = entered.get("contact_email") or user.email
    user.save(update_fields=["name", "email"])


def _save_consent(case: Case, user: User, purpose: str, *, given: bool, address: str | None) -> None:
    open_ones = Consent.objects.filter(case=case, purpose=purpose, withdrawn_at=None)
    if not given:
        open_ones.update(withdrawn_at=timezone.now())
    elif not open_ones.exists():
        words = text(purpose)
        Consent.objects.create(
            case=case, user=user, purpose=purpose, version=VERSION, language=words.language,
            text_sha256=words.sha256, address=address,
        )  # fmt: skip

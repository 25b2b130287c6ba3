"""Withdrawing a consent, asking for deletion and taking that back. Each says in the timeline what it did."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from onboarding.flow import VERBS
from onboarding.models import Case, Consent, Erasure, Membership, User
from onboarding.services import advance, barred, record
from onboarding.services.permissions import ACTING

NEEDED = (Consent.Purpose.PRIVACY, Consent.Purpose.IDENTITY, Consent.Purpose.SHARING)  # no application without them


def ends_case(consent: Consent, user: User) -> bool:
    """Whether withdrawing this consent withdraws the application: only as long as nothing is live."""
    return consent.purpose in NEEDED and may_withdraw(consent.case, user)


def may_withdraw(case: Case, user: User) -> bool:
    verb = VERBS["withdraw"]
    return case.state in verb.sources and barred(case, verb, user) is None


@transaction.atomic
def withdraw_consent(consent_id: int, *, by: User) -> bool:
    """Close the consent, and withdraw the application where it cannot go on without; False when that was done before.

    Raises Refused when the case may not be withdrawn at this moment; then nothing was changed.
    """
    consent = Consent.objects.select_for_update(of=("self",)).select_related("case__merchant").get(pk=consent_id)
    if consent.withdrawn_at:
        return False
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    record(consent.case_id, "consent_withdrawn", by=by, data={"purpose": consent.purpose})
    if ends_case(consent, by):
        advance(consent.case_id, "withdraw", by=by)
    return True


def open_erasure(user: User) -> Erasure | None:
    """The deletion that this person has asked for and not taken back."""
    return Erasure.objects.filter(user=user, taken_back_at=None, done_at=None).first()


def own_cases(user: User) -> list[Case]:
    """The cases that a deletion concerns: of merchants that this person acts for."""
    mine = Membership.objects.filter(user=user, active=True, role__in=ACTING)
    rows = Case.objects.filter(merchant__in=mine.values("merchant"))
    return list(rows.select_related("merchant").order_by("pk"))


@transaction.atomic
def ask_deletion(user: User) -> Erasure:
    """Lock now, purge when the law allows: applications are withdrawn, open consents closed. Again changes nothing.

    A live or suspended case goes on until it is closed; the request stands in its timeline. Raises Refused.
    """
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if standing := open_erasure(user):
        return standing
    made = Erasure.objects.create(user=user)
    Consent.objects.filter(user=user, withdrawn_at=None).update(withdrawn_at=timezone.now())
    for case in own_cases(user):
        record(case.pk, "deletion_asked", by=user)
        if may_withdraw(case, user):
            advance(case.pk, "withdraw", by=user)
    return made


@transaction.atomic
def take_back_deletion(user: User) -> bool:
    """As long as nothing is purged. What was withdrawn stays withdrawn; False when nothing was asked for."""
    taken = Erasure.objects.filter(user=user, taken_back_at=None, done_at=None).update(taken_back_at=timezone.now())
    for case in own_cases(user) if taken else ():
        record(case.pk, "deletion_taken_back", by=user)
    return bool(taken)

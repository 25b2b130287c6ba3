"""Showing one number in full, for a reason that is written down before it is shown; so many an hour and a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from onboarding.models import Access, Case, Merchant, Person, SettlementAccount, User
from onboarding.services.errors import NotAllowed, Refused
from portal import words

WHY_NEEDED = _("Say why you need to see it: the reason is kept with your name.")
NOT_FOR_YOU = _("You may not see numbers in full. Ask a reviewer.")
NOTHING_THERE = _("There is no such number.")
TOO_MANY = _("You have seen {most} numbers in full in a short time; that is the limit. The next one: {day} {hour}.")
LIMITS = ((timedelta(hours=1), 30), (timedelta(days=1), 120))  # a reviewer's day needs fewer; a collector needs more
# what -> (model, column of the merchant in it, encrypted column)
NUMBERS: dict[str, tuple[type[models.Model], str, str]] = {
    "contact_mobile": (Merchant, "pk", "contact_mobile"),
    "id_number": (Person, "merchant", "id_number"),
    "mobile": (Person, "merchant", "mobile"),
    "account": (SettlementAccount, "merchant", "number"),
}


class NotThere(Refused):
    """This merchant has no such number."""


def may_unmask(user: User) -> bool:
    """Whether this person may ever see a number in full; others find no button and no page."""
    return user.works_here and user.has_perm("onboarding.view_person")


def unmask(case: Case, what: str, row_id: int, *, by: User, why: str, address: str | None = None) -> str:
    """The number `what` (a key of NUMBERS) of one row of the case's merchant, in full, with an Access row.

    Raises NotAllowed, NotThere, or Refused without a reason or beyond the limit.
    """
    value = asked_for(case, what, row_id, by=by)
    if not why.strip():
        raise Refused(WHY_NEEDED)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two windows at once do not share one look
        if wait := _full_until(by):
            raise Refused(wait)
        Access.objects.create(user=by, case=case, what=f"{what}:{row_id}", why=why.strip()[:200], address=address)
    return value


def asked_for(case: Case, what: str, row_id: int, *, by: User) -> str:
    """The number that unmask would show; nothing is written. Raises NotAllowed or NotThere."""
    if not may_unmask(by):
        raise NotAllowed(NOT_FOR_YOU)
    value = _number(case, what, row_id)
    if not value:
        raise NotThere(NOTHING_THERE)
    return value


def _full_until(by: User) -> Any | None:
    """The sentence that says when the next number may be seen; None while there is room."""
    kinds = models.Q()
    for what in NUMBERS:
        kinds |= models.Q(what__startswith=f"{what}:")
    for span, most in LIMITS:
        looks = Access.objects.filter(kinds, user=by, at__gt=timezone.now() - span).order_by("-at")
        if oldest := looks.values_list("at", flat=True)[most - 1 : most].first():
            then = oldest + span + timedelta(seconds=59)
            return format_lazy(TOO_MANY, most=most, day=words.day(then), hour=words.hour(then))
    return None


def _number(case: Case, what: str, row_id: int) -> str:
    if what not in NUMBERS:
        return ""
    model, owner, column = NUMBERS[what]
    row = model._default_manager.filter(**{owner: case.merchant_id}).filter(pk=row_id).first()
    return str(getattr(row, column) or "") if row else ""

"""Showing one number in full, for a reason that is written down before it is shown."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.models import Access, Case, Merchant, Person, SettlementAccount, User
from onboarding.services.errors import NotAllowed, Refused

WHY_NEEDED = _("Say why you need to see it: the reason is kept with your name.")
NOT_FOR_YOU = _("You may not see numbers in full. Ask a reviewer.")
NOTHING_THERE = _("There is no such number.")
# what -> (model, column of the merchant in it, encrypted column)
NUMBERS: dict[str, tuple[type[models.Model], str, str]] = {
    "contact_mobile": (Merchant, "pk", "contact_mobile"),
    "id_number": (Person, "merchant", "id_number"),
    "mobile": (Person, "merchant", "mobile"),
    "account": (SettlementAccount, "merchant", "number"),
}


def unmask(case: Case, what: str, row_id: int, *, by: User, why: str, address: str | None = None) -> str:
    """The number `what` (a key of NUMBERS) of one row of the case's merchant, in full, with an Access row.

    Raises NotAllowed, or Refused without a reason or without such a number.
    """
    if not (by.works_here and by.has_perm("onboarding.view_person")):
        raise NotAllowed(NOT_FOR_YOU)
    if not why.strip():
        raise Refused(WHY_NEEDED)
    value = _number(case, what, row_id)
    if not value:
        raise Refused(NOTHING_THERE)
    Access.objects.create(user=by, case=case, what=f"{what}:{row_id}", why=why.strip()[:200], address=address)
    return value


def _number(case: Case, what: str, row_id: int) -> str:
    if what not in NUMBERS:
        return ""
    model, owner, column = NUMBERS[what]
    row = model._default_manager.filter(**{owner: case.merchant_id}).filter(pk=row_id).first()
    return str(getattr(row, column) or "") if row else ""

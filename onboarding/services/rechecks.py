"""The blind re-check: drawn when machine or one reviewer decides, decided again by somebody who does not know how."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import Recheck, User
from onboarding.services.errors import NotNow, Refused
from onboarding.services.moves import record

Opinion = Recheck.Opinion
SOMEBODY_WAS_QUICKER = _("A colleague has decided this one already. Take the next.")
SAY_WHY = _("Say why: whoever compares the two opinions reads it.")


def open_ones(user: User) -> Any:
    """The re-checks that this reviewer may decide, the oldest first."""
    return Recheck.objects.visible_to(user).waiting().order_by("first_at", "pk")


def decide_recheck(recheck_id: int, opinion: str, *, by: User, note: str = "") -> Recheck:
    """Give the second opinion. Raises Recheck.DoesNotExist (not theirs), NotNow or Refused."""
    row: Recheck = Recheck.objects.visible_to(by).get(pk=recheck_id)
    if opinion != Opinion.APPROVE and not note.strip():
        raise Refused(SAY_WHY)
    with transaction.atomic():
        mine = Recheck.objects.filter(pk=row.pk, opinion="")
        if not mine.update(opinion=opinion, by=by, at=timezone.now(), note=note.strip()):
            raise NotNow(SOMEBODY_WAS_QUICKER)
        data = {"step": row.step, "agrees": opinion == row.first}
        record(row.case_id, "rechecked", by=by, data=data, public=False)
    return Recheck.objects.get(pk=row.pk)

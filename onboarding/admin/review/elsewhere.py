"""Other cases in which the same persons stand, with the reason why that may be lawful. Found by blind index."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onboarding.models import Case, Person

MOST = 20  # persons elsewhere that are looked at
SAME_NUMBER = _("the same identity number")
SAME_MOBILE = _("the same mobile number")
AGENCY = _("The same agency brought both in and may have left its own number.")
HANDLES = _("Handlers and accountants often act for several businesses.")
OWNS = _("An owner may hold shares in several businesses.")
RUNS = _("One person may run several businesses. Compare trade and address.")
SHARES = _("Families and shops share a telephone. Call it if nothing else speaks for that.")


@dataclasses.dataclass(frozen=True, slots=True)
class Elsewhere:
    """A case of another merchant. `here` and `there`: the role in this case and in that one."""

    case: Case
    shared: Any
    here: Any
    there: Any
    may_be: Any


def elsewhere(case: Case, people: list[Person]) -> list[Elsewhere]:
    """Newest first, one line per case. Two queries, none when nobody is named."""
    twins = _twins(case, people)
    cases = Case.objects.filter(merchant__in=[one.merchant_id for one in twins]).select_related("merchant")
    by_merchant: dict[int, list[Case]] = defaultdict(list)
    for row in cases.order_by("-pk")[: 2 * MOST] if twins else []:
        by_merchant[row.merchant_id].append(row)
    found: dict[int, Elsewhere] = {}
    for twin in twins:
        for row in by_merchant[twin.merchant_id]:
            found.setdefault(row.pk, _told(case, people, twin, row))
    return sorted(found.values(), key=lambda one: -one.case.pk)


def _twins(case: Case, people: list[Person]) -> list[Person]:
    numbers = {one.id_number_index for one in people} - {None}
    mobiles = {one.mobile_index for one in people} - {None}
    if not numbers and not mobiles:
        return []
    same = Q(id_number_index__in=numbers) | Q(mobile_index__in=mobiles)
    rows = list(Person.objects.filter(same).exclude(merchant=case.merchant_id).order_by("-pk")[:MOST])
    return sorted(rows, key=lambda row: row.id_number_index not in numbers)  # the same person before the same telephone


def _told(case: Case, people: list[Person], twin: Person, other: Case) -> Elsewhere:
    me = next((one for one in people if one.id_number_index and one.id_number_index == twin.id_number_index), None)
    if me:
        roles = {me.role, twin.role}
        may_be = HANDLES if Person.Role.HANDLER in roles else OWNS if Person.Role.BENEFICIAL_OWNER in roles else RUNS
        return Elsewhere(other, SAME_NUMBER, me.get_role_display(), twin.get_role_display(), may_be)
    me = next(one for one in people if one.mobile_index == twin.mobile_index)
    same_agency = case.partner_id is not None and case.partner_id == other.partner_id
    may_be = AGENCY if same_agency else SHARES
    return Elsewhere(other, SAME_MOBILE, me.get_role_display(), twin.get_role_display(), may_be)

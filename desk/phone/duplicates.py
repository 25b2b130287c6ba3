"""Is this merchant with us already? By mobile number, name and credit code, each through its index."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from onboarding.formats import mobile, text, uscc
from onboarding.models import Case, Membership, Person, User
from portal.crypto import blind_index

MOST = 6  # cases shown


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """A case that is there already, and by what it was found ("mobile", "uscc", "name")."""

    case: Case
    same: tuple[str, ...]
    visible: bool  # to the person who asks: a sales agent learns nothing about other people's merchants

    @property
    def reasons(self) -> list[Any]:
        return [REASONS[one] for one in self.same]

    @property
    def excludes(self) -> bool:
        """The same business at work: there is no second case beside it."""
        return "uscc" in self.same and not self.case.has_ended


REASONS: dict[str, Any] = {
    "mobile": _("same mobile number"),
    "uscc": _("same credit code"),
    "name": _("same name"),
}


def find(typed: Mapping[str, str], user: User) -> list[Known]:
    """Cases that fit what was typed so far (keys contact_mobile, business, uscc; unreadable values find nothing)."""
    number, code = mobile.read(typed.get("contact_mobile", "")), uscc.read(typed.get("uscc", ""))
    asked = _Asked(
        number=blind_index(number.value, "mobile") if number.ok else "",
        name=text.fold(typed.get("business", ""))[:200],
        code=code.value if code.ok else "",
    )
    rows = list(asked.rows().select_related("merchant").order_by("-pk")[:MOST])
    seen = set(Case.objects.visible_to(user).filter(pk__in=[one.pk for one in rows]).values_list("pk", flat=True))
    reached = set(asked.reached().filter(pk__in=[one.pk for one in rows]).values_list("pk", flat=True))
    return [Known(one, tuple(asked.same(one, one.pk in reached)), one.pk in seen) for one in rows]


@dataclasses.dataclass(frozen=True, slots=True)
class _Asked:
    """What to look for, in the form of the indexes; empty: not asked."""

    number: str
    name: str
    code: str

    def rows(self) -> QuerySet[Case]:
        if not (self.number or self.name or self.code):
            return Case.objects.none()
        return Case.objects.filter(self._mobile() | self._name() | self._code())

    def reached(self) -> QuerySet[Case]:
        """The cases whose contact, person or member has the number."""
        return Case.objects.filter(self._mobile())

    def same(self, case: Case, reached: bool) -> Iterator[str]:
        if self.number and reached:
            yield "mobile"
        if self.code and case.merchant.uscc == self.code:
            yield "uscc"
        if self.name and any(text.is_same(self.name, one) for one in (case.merchant.name, case.merchant.short_name)):
            yield "name"

    def _mobile(self) -> Q:
        if not self.number:
            return NOTHING
        persons = Person.objects.filter(mobile_index=self.number).values("merchant")
        members = Membership.objects.filter(user__mobile_index=self.number, active=True).values("merchant")
        contact = Q(merchant__contact_mobile_index=self.number)
        return contact | Q(merchant__in=persons) | Q(merchant__in=members)

    def _name(self) -> Q:
        if not self.name:
            return NOTHING
        return Q(merchant__name_index=self.name) | Q(merchant__short_name_index=self.name)

    def _code(self) -> Q:
        return Q(merchant__uscc=self.code) if self.code else NOTHING


NOTHING = Q(pk__in=[])

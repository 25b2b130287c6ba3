"""Finding cases: by number, licence code, mobile number or name; newest first, by key and never by counting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from onboarding.flow import ENDS
from onboarding.formats import mobile
from onboarding.formats.reading import clean
from onboarding.models import Case, Membership, Person
from onboarding.models.case import ALPHABET
from portal import by_key
from portal.crypto import blind_index

PER_PAGE = 30
FEW = 8
USCC_LENGTH = 18
Row = TypeVar("Row", bound=models.Model)


def matching(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """The cases that fit what somebody typed; all of them for nothing."""
    typed = clean(words)
    if not typed:
        return cases
    if ref := _ref(typed):
        return cases.filter(ref=ref)
    if len(typed) == USCC_LENGTH and typed.isascii() and typed.isalnum():
        return cases.filter(merchant__uscc=typed)
    number = mobile.read(words)
    if number.ok:
        return cases.filter(merchant__in=_reached_by(number.value))
    text = words.strip()
    return cases.filter(Q(merchant__name__icontains=text) | Q(merchant__short_name__icontains=text))


def filtered(cases: QuerySet[Case], wanted: dict[str, Any], user_id: int) -> QuerySet[Case]:
    """The cases that fit the whole search form."""
    rows = matching(cases, wanted["q"])
    for column, name in (("state", "state"), ("risk_tier", "tier")):
        if wanted[name]:
            rows = rows.filter(**{column: wanted[name]})
    return rows.filter(opened_by=user_id) if wanted["mine"] else rows


def late(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases past their promise."""
    return cases.exclude(state__in=ENDS).filter(due_at__lt=timezone.now())


def soonest(cases: QuerySet[Case]) -> list[Case]:
    """The few cases whose promise falls due first, late ones included."""
    rows = cases.exclude(state__in=ENDS).filter(due_at__isnull=False).order_by("due_at", "pk")
    return list(rows.select_related("merchant", "assigned_to")[:FEW])


def newest(cases: QuerySet[Case], before: int | None) -> tuple[list[Case], int | None]:
    """(one page newest first, the number to ask the next one with)."""
    rows = cases.select_related("merchant", "assigned_to").order_by("-pk")
    return cut(rows.filter(pk__lt=before) if before else rows)


def longest_late(cases: QuerySet[Case], asked: Mapping[str, Any]) -> by_key.Page:
    """The page that was asked for, the longest late first."""
    rows = late(cases).select_related("merchant", "assigned_to")
    return by_key.page(rows, [by_key.PROMISED], asked, PER_PAGE)


def cut(rows: QuerySet[Row]) -> tuple[list[Row], int | None]:
    """One page, and the key of its last row when there are more."""
    found = list(rows[: PER_PAGE + 1])
    return found[:PER_PAGE], found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None


def _ref(typed: str) -> str:
    """KT-7Q4M-2HX9 however it was typed; empty for anything else."""
    body = typed.removeprefix("KT")
    whole = typed.startswith("KT") and len(body) == 8 and all(letter in ALPHABET for letter in body)
    return f"KT-{body[:4]}-{body[4:]}" if whole else ""


def _reached_by(number: str) -> QuerySet[Any]:
    """Ids of merchants whose contact, person or member has this mobile number (E.164), by blind index."""
    index = blind_index(number, "mobile")
    persons = Person.objects.filter(mobile_index=index).values("merchant")
    members = Membership.objects.filter(user__mobile_index=index).values("merchant")
    return Case.objects.filter(
        Q(merchant__contact_mobile_index=index) | Q(merchant__in=persons) | Q(merchant__in=members)
    ).values("merchant")

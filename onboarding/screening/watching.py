"""Who of ours may be on a published watch-list: found by index, told apart by comparing, written down as hits."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction

from onboarding.formats.likeness import ORDER, SAME_NUMBER, Kind, Likeness, compare, keys
from onboarding.models import Case, Merchant, MerchantType, Person, WatchEntry, WatchHit, WatchIdentifier, WatchKey
from onboarding.models import WatchList as List
from onboarding.models.watchlist import NUMBER
from portal.crypto import blind_index

AT_ONCE = 900  # values of one query

COMPANY = "company"
Verdict = WatchHit.Verdict


@dataclasses.dataclass(frozen=True, slots=True)
class Subject:
    """A business or somebody named in it. `index`: the blind index of its number."""

    key: str
    kind: str
    name: str
    index: str | None
    merchant_id: int
    person_id: int | None = None
    role: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """A subject and an entry that may be one and the same; `alias`: by which of the entry's names."""

    subject: Subject
    entry: WatchEntry
    likeness: Likeness
    alias: int = 0


def subjects(merchant: Merchant, persons: Iterable[Person]) -> Iterator[Subject]:
    """Everybody of a merchant whom a list may name. A micro merchant is its operator and no business of its own."""
    if merchant.type != MerchantType.MICRO:
        index = blind_index(merchant.uscc, NUMBER) if merchant.uscc else None
        yield Subject(COMPANY, Kind.COMPANY, merchant.name, index, merchant.pk)
    for one in persons:
        yield Subject(f"person:{one.pk}", Kind.PERSON, one.name, one.id_number_index, merchant.pk, one.pk, one.role)


def published() -> list[int]:
    """Ids of the lists that count now."""
    return list(List.objects.filter(status=List.Status.PUBLISHED).values_list("pk", flat=True))


def matches(found: Collection[Subject], lists: Collection[int]) -> list[Match]:
    """Every subject with every entry of these lists that it may be. Three queries, however long the lists are."""
    if not lists or not found:
        return []
    numbers, near = _by_number(found, lists), _by_key(found, lists)
    ids = {entry for pairs in (numbers, near) for _subject, entry in pairs}
    entries = WatchEntry.objects.select_related("watchlist").in_bulk(ids)
    exact = [Match(subject, entries[entry], SAME_NUMBER) for subject, entry in sorted(numbers, key=_place)]
    named = (_named(subject, entries[entry]) for subject, entry in sorted(near - numbers, key=_place))
    return [*exact, *(one for one in named if one)]


Pair = tuple[Subject, int]
V = TypeVar("V")


def _place(pair: Pair) -> tuple[str, int]:
    return pair[0].key, pair[1]


def _by_number(found: Collection[Subject], lists: Collection[int]) -> set[Pair]:
    whose: dict[str, list[Subject]] = defaultdict(list)
    for subject in found:
        if subject.index:
            whose[subject.index].append(subject)
    rows = WatchIdentifier.objects.filter(entry__watchlist__in=lists)
    hits = (row for part in _parts(whose) for row in rows.filter(index__in=part).values_list("index", "entry"))
    return {(subject, entry) for index, entry in hits for subject in whose[index or ""]}


def _by_key(found: Collection[Subject], lists: Collection[int]) -> set[Pair]:
    whose: dict[int, list[Subject]] = defaultdict(list)
    for subject in found:
        for key in keys(subject.name, subject.kind):
            whose[key].append(subject)
    rows = WatchKey.objects.filter(watchlist__in=lists)
    hits = (row for part in _parts(whose) for row in rows.filter(key__in=part).values_list("key", "entry"))
    return {(subject, entry) for key, entry in hits for subject in whose[key]}


def _parts(values: Iterable[V]) -> Iterator[list[V]]:
    whole = list(values)
    return (whole[start : start + AT_ONCE] for start in range(0, len(whole), AT_ONCE))


def _named(subject: Subject, entry: WatchEntry) -> Match | None:
    """The strongest likeness to one of the entry's names."""
    if subject.kind != entry.kind:
        return None
    tried = ((compare(subject.name, name, entry.kind), alias) for alias, name in enumerate(entry.names))
    only_similar = entry.watchlist.nearness == List.Nearness.SIMILAR
    found = [(one, alias) for one, alias in tried if one and (one.is_similar or not only_similar)]
    if not found:
        return None
    likeness, alias = min(found, key=lambda pair: (ORDER.index(pair[0].strength), pair[1]))
    return Match(subject, entry, likeness, alias)


# Hits ------------------------------------------------------------------------------------------------------------


def open_hits(found: Iterable[Match], cases: dict[int, Case], due: datetime) -> int:
    """Write down what was found, each once; returns how many hits are new. `cases`: the case of each merchant id.

    Found again in a newer version, an open hit moves there and keeps its date. One that was decided stays decided as
    long as neither the entry nor the likeness has changed.
    """
    matched = list(found)
    rows = WatchHit.objects.filter(merchant__in={one.subject.merchant_id for one in matched}).select_related("entry")
    known: dict[tuple[int, str, str, str], list[WatchHit]] = defaultdict(list)
    for row in rows.order_by("pk") if matched else ():
        known[row.merchant_id, row.subject, row.code, row.number].append(row)
    return sum(_opened(one, known[_identity(one)], cases[one.subject.merchant_id], due) for one in matched)


def _identity(match: Match) -> tuple[int, str, str, str]:
    return match.subject.merchant_id, match.subject.key, match.entry.watchlist.code, match.entry.number


def _opened(match: Match, known: list[WatchHit], case: Case, due: datetime) -> bool:
    if any(_decided(row, match) for row in known):
        return False
    if waiting := next((row for row in known if row.verdict == Verdict.OPEN), None):
        WatchHit.objects.filter(pk=waiting.pk).update(entry=match.entry, **_likeness(match))
        return False
    return _written(match, case, due)


def _decided(row: WatchHit, match: Match) -> bool:
    """Whether somebody has said already what this match is."""
    if row.verdict == Verdict.CONFIRMED:
        return True
    same = (row.way, row.by, row.entry.since) == (match.likeness.way, match.likeness.by, match.entry.since)
    return row.verdict == Verdict.CLEARED and same


def _written(match: Match, case: Case, due: datetime) -> bool:
    subject, entry = match.subject, match.entry
    try:
        with transaction.atomic():
            WatchHit.objects.create(
                case=case, merchant_id=subject.merchant_id, person_id=subject.person_id, subject=subject.key,
                role=subject.role, entry=entry, code=entry.watchlist.code, number=entry.number, due_at=due,
                **_likeness(match),
            )  # fmt: skip
    except IntegrityError:  # the other job was quicker
        return False
    return True


def _likeness(match: Match) -> dict[str, object]:
    one = match.likeness
    return {"way": one.way.value, "by": one.by.value, "strength": one.strength.value, "alias": match.alias}

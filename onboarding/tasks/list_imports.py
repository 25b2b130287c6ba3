"""Reading uploaded watch-lists: every line is looked at before the first is kept; nothing counts until published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from onboarding.formats import watch_line
from onboarding.formats.likeness import keys
from onboarding.formats.sheet import BadSheet, lines
from onboarding.formats.watch_line import Fault, Listed
from onboarding.models import WatchEntry, WatchIdentifier, WatchKey, WatchList
from onboarding.tasks.claiming import claim, confirm, wait
from portal.storage import Missing, private_files

AT_ONCE = 500  # entries of one transaction
SHOWN = 200  # faults that are kept in the row; all are counted
Status = WatchList.Status
Content = tuple[object, ...]
_log = structlog.get_logger(__name__)


@shared_task(name="onboarding.import_lists", time_limit=WatchList.TIME_LIMIT, soft_time_limit=WatchList.TIME_LIMIT - 10)
def import_lists() -> int:
    """One file after the other; returns how many were read."""
    read = 0
    while claimed := claim(WatchList.objects.filter(status=Status.IMPORTING), 1):
        read += _read(claimed[0])
    return read


def _read(row: WatchList) -> bool:
    if row.attempts > WatchList.MAX_ATTEMPTS:  # it has killed its worker every time
        return _refuse(row, [{"line": 0, "code": "gave_up"}])
    try:
        listed, faults = parse(private_files.read(row.file, row.context))
        return _keep(row, listed, faults) if not _fatal(faults) else _refuse(row, faults)
    except BadSheet as bad:
        return _refuse(row, [{"line": 0, "code": f"file_{bad.code}"}])
    except Missing:
        return _refuse(row, [{"line": 0, "code": "file_missing"}])
    except Exception as error:  # one list with a fault of ours must not stop the others
        _log.error("list_import_failed", list=row.pk, error=type(error).__name__)  # no personal values
        confirm(row, due_at=wait(row.attempts))
        return False


def _fatal(faults: Sequence[Fault]) -> bool:
    return any(not fault.get("warn") for fault in faults)


def _refuse(row: WatchList, faults: list[Fault]) -> bool:
    """Nothing of it is kept but what was wrong."""
    WatchEntry.objects.filter(watchlist=row).delete()
    mine = confirm(row, status=Status.REFUSED, faults=faults[:SHOWN], faulty=len(faults), file="")
    return mine and _forget(row)


def _forget(row: WatchList) -> bool:
    private_files.delete(row.file)
    return True


# Reading ---------------------------------------------------------------------------------------------------------


def parse(data: bytes) -> tuple[list[Listed], list[Fault]]:
    """Everybody on the list, and every fault with its line. Raises BadSheet."""
    table = lines(data)
    number, headings = next(table)
    places, faults = watch_line.columns(headings)
    if faults:
        return [], [{"line": number, **fault} for fault in faults]
    return _parsed(table, places)


def _parsed(table: Iterator[tuple[int, list[str]]], places: dict[str, int]) -> tuple[list[Listed], list[Fault]]:
    listed: list[Listed] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    today = timezone.localdate()
    for number, cells in table:
        one, found = watch_line.read(cells, places, today)
        if one and (before := first.setdefault(one.number, number)) != number:
            found = [*found, {"code": "number_twice", "params": {"line": before}}]
        faults += [{"line": number, **fault} for fault in found]
        if one:
            listed.append(one)
    return listed, faults


# Keeping ---------------------------------------------------------------------------------------------------------


def _keep(row: WatchList, listed: list[Listed], faults: list[Fault]) -> bool:
    """Entries with their keys, batch by batch; what an earlier try left behind goes first."""
    WatchEntry.objects.filter(watchlist=row).delete()
    WatchList.objects.filter(pk=row.pk).update(total=len(listed), done=0)
    before = _published(row.code)
    counts = {"added": 0, "changed": 0, "gone": len(before.keys() - {one.number for one in listed})}
    for start in range(0, len(listed), AT_ONCE):
        _batch(row, listed[start : start + AT_ONCE], before, counts)
        WatchList.objects.filter(pk=row.pk).update(done=min(start + AT_ONCE, len(listed)))
    told = {"faults": faults[:SHOWN], "faulty": len(faults)}
    return confirm(row, status=Status.DRAFT, file="", **counts, **told) and _forget(row)


def _batch(
    row: WatchList, listed: list[Listed], before: dict[str, tuple[Content, int]], counts: dict[str, int]
) -> None:
    entries = [_entry(row, one, before, counts) for one in listed]
    with transaction.atomic():
        WatchEntry.objects.bulk_create(entries)
        pairs = list(zip(entries, listed, strict=True))
        numbers = [WatchIdentifier(entry=entry, value=value) for entry, one in pairs for value in one.identifiers]
        WatchIdentifier.objects.bulk_create(numbers)
        found = [WatchKey(watchlist=row, entry=entry, key=key) for entry in entries for key in entry_keys(entry)]
        WatchKey.objects.bulk_create(found, batch_size=5_000)


def entry_keys(entry: WatchEntry) -> set[int]:
    """The keys of all its names."""
    return {key for name in entry.names for key in keys(name, entry.kind)}


def _entry(row: WatchList, one: Listed, before: dict[str, tuple[Content, int]], counts: dict[str, int]) -> WatchEntry:
    old, since = before.get(one.number, (None, row.version))
    if old is None:
        counts["added"] += 1
    elif old != _content(one.kind, one.name, one.aliases, one.reason, one.listed_on, one.source, one.identifiers):
        counts["changed"] += 1
        since = row.version
    return WatchEntry(
        watchlist=row, number=one.number, kind=one.kind, name=one.name, aliases=list(one.aliases), reason=one.reason,
        listed_on=one.listed_on, source=one.source, since=since,
    )  # fmt: skip


def _published(code: str) -> dict[str, tuple[Content, int]]:
    """Number -> (what the published version says, since which version)."""
    rows = WatchEntry.objects.filter(watchlist__code=code, watchlist__status=Status.PUBLISHED).prefetch_related(
        "identifiers"
    )
    return {row.number: (_of_row(row), row.since) for row in rows.iterator(chunk_size=2_000)}


def _of_row(row: WatchEntry) -> Content:
    values = [one.value for one in row.identifiers.all()]
    return _content(row.kind, row.name, row.aliases, row.reason, row.listed_on, row.source, values)


def _content(*columns: Any) -> Content:
    *plain, identifiers = columns
    return (*(tuple(one) if isinstance(one, list) else one for one in plain), frozenset(identifiers))

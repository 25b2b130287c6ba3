"""Chains: each case's entries recomputed one after the other, and compared with the case's own row."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator

from django.db import transaction

from onboarding.models import Case, Entry

BATCH = 2000
NOTHING: tuple[float, Iterable[Entry]] = (math.inf, ())


def damaged_chains(ref: str = "") -> Iterator[str]:
    """One sentence per fault; `ref` looks at one case only. Streams: the memory does not grow with the tables.

    Works as well after a lawful purge: what is hashed is the sealed note, and destroying its key leaves that in place.
    """
    cases, entries = Case.objects.order_by("pk"), Entry.objects.order_by("case_id", "seq")
    if ref:
        cases, entries = cases.filter(ref=ref), entries.filter(case__ref=ref)
    chains = itertools.groupby(entries.iterator(BATCH), key=lambda entry: entry.case_id)
    number, chain = next(chains, NOTHING)
    for case in cases.iterator(BATCH):
        while number < case.pk:  # of a case that was opened while we read
            number, chain = next(chains, NOTHING)
        if any(faults(case, chain if number == case.pk else ())):
            yield from _once_more(case.pk)


def _once_more(case_id: int) -> Iterator[str]:
    """The faults of one case while nobody may move it: it may have moved between our two readings."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        found = list(faults(case, Entry.objects.filter(case=case).order_by("seq").iterator(BATCH)))
    yield from found


def faults(case: Case, chain: Iterable[Entry]) -> Iterator[str]:
    """What is wrong with one case: inside its chain, then between the chain and the case's row."""
    newest: Entry | None = None
    for entry in chain:
        yield from _links(case, newest, entry)
        newest = entry
    if newest is None:
        yield f"{case.ref} has no entries at all."
        return
    if (case.version, case.head) != (newest.seq, newest.digest):
        yield f"{case.ref}: the case counts {case.version} entries, but its timeline ends with entry {newest.seq}."
    if case.state != newest.target:
        yield f"{case.ref} is in the state {case.state}, but its newest entry says {newest.target}."


def _links(case: Case, before: Entry | None, entry: Entry) -> Iterator[str]:
    """How one entry hangs on the one before it."""
    seq, digest, state = (before.seq, before.digest, before.target) if before else (0, "", "")
    if entry.seq != seq + 1:
        yield f"{case.ref}: entries are missing before number {entry.seq}."
    elif entry.previous != digest:
        yield f"{case.ref}: entry {entry.seq} does not follow the one before it."
    elif entry.source != state:
        yield f"{case.ref}: entry {entry.seq} begins in another state than the one before it ended in."
    if entry.computed_digest() != entry.digest:
        yield f"{case.ref}: entry {entry.seq} was changed."

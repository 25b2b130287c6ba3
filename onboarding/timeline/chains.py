"""Chains: each case's entries recomputed one after the other, and compared with the case's own row."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

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
        yield _("%(case)s has no entries at all.") % {"case": case.ref}
        return
    if (case.version, case.head) != (newest.seq, newest.digest):
        yield _("%(case)s: the case counts %(version)s entries, but its timeline ends with entry %(seq)s.") % {
            "case": case.ref, "version": case.version, "seq": newest.seq,
        }  # fmt: skip
    if case.state != newest.target:
        yield _("%(case)s is in the state “%(state)s”, but its newest entry says “%(target)s”.") % {
            "case": case.ref, "state": case.state, "target": newest.target,
        }  # fmt: skip


def _links(case: Case, before: Entry | None, entry: Entry) -> Iterator[str]:
    """How one entry hangs on the one before it."""
    seq, digest, state = (before.seq, before.digest, before.target) if before else (0, "", "")
    values: dict[str, Any] = {"case": case.ref, "seq": entry.seq}
    if entry.seq != seq + 1:
        yield _("%(case)s: entries are missing before number %(seq)s.") % values
    elif entry.previous != digest:
        yield _("%(case)s: entry %(seq)s does not follow the one before it.") % values
    elif entry.source != state:
        yield _("%(case)s: entry %(seq)s begins in another state than the one before it ended in.") % values
    if entry.computed_digest() != entry.digest:
        yield _("%(case)s: entry %(seq)s was changed.") % values

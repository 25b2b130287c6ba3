"""Certificates of a purge: the tombstone says what was destroyed and when, over which head, under our signature."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from onboarding.models import Case, CaseKey, Entry
from portal import crypto

TOMBSTONE = "fact:purged"


def certificate(case: Case, reason: str, counts: dict[str, int], now: datetime) -> dict[str, Any]:
    """What the tombstone of a purge keeps: no personal value, and checkable with the public key alone."""
    told = {
        "case": case.ref, "reason": reason, "at": now.astimezone(UTC).isoformat(), "entries": case.version,
        "head": case.head, "destroyed": counts,
    }  # fmt: skip
    return {**told, "signature": crypto.sign(_signed(told))}


def _signed(told: dict[str, Any]) -> bytes:
    return b"kaitong purge " + json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def damaged_certificates(ref: str = "") -> Iterator[str]:
    """One sentence per tombstone that is not ours, and per key that was destroyed without one."""
    stones = Entry.objects.filter(verb=TOMBSTONE).select_related("case").order_by("pk")
    tombstone = Entry.objects.filter(case=OuterRef("case"), verb=TOMBSTONE)
    keys = CaseKey.objects.exclude(destroyed_at=None).annotate(told=Exists(tombstone)).filter(told=False)
    if ref:
        stones, keys = stones.filter(case__ref=ref), keys.filter(case__ref=ref)
    for stone in stones.iterator(2000):
        if not _is_ours(stone):
            yield f"{stone.case.ref}: the certificate of its purge (entry {stone.seq}) is not ours."
    for key in keys.select_related("case").order_by("pk").iterator(2000):
        yield f"{key.case.ref}: its key was destroyed, and no certificate says why."


def _is_ours(stone: Entry) -> bool:
    told = {name: value for name, value in stone.data.items() if name != "signature"}
    fits = (told.get("case"), told.get("head"), told.get("entries")) == (stone.case.ref, stone.previous, stone.seq - 1)
    return fits and crypto.verify(_signed(told), str(stone.data.get("signature", "")))

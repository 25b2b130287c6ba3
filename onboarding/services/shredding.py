"""Deleting sealed files: who lets go of one writes down its name, a job deletes it. A lost job loses nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from onboarding.models import Shredding
from portal.storage import private_files

GRACE = timedelta(minutes=15)  # somebody may have read the old name a moment ago


def shred(names: Iterable[str], *, later: bool = False) -> None:
    """Write down that these files have to go; call it in the transaction that lets go of them."""
    due = timezone.now() + (GRACE if later else timedelta())
    rows = [Shredding(name=name, due_at=due) for name in names if name]
    Shredding.objects.bulk_create(rows, ignore_conflicts=True)


def shred_due(now: datetime | None = None, most: int = 500) -> int:
    """Delete what is due; returns how many files. A file that is gone already is no error."""
    due = Shredding.objects.filter(due_at__lte=now or timezone.now()).order_by("pk")[:most]
    rows = list(due)
    for row in rows:
        private_files.delete(row.name)
        row.delete()
    return len(rows)

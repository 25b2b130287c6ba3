"""`manage.py purge`: destroy what may be kept no longer, now instead of at the next sweep."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from onboarding.services import purging
from onboarding.services.shredding import shred_due


class Command(BaseCommand):
    """Prints one line per case: its number and why; never a name."""

    help = "Purge forgotten drafts (DRAFT_DAYS) and cases that ended RETENTION_YEARS ago."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be purged")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = list(purging.due(now)) if options["dry_run"] else purging.purge_due(now)
        for one in found:
            self.stdout.write(f"{one.case.ref} {one.reason}")
        if options["dry_run"]:
            self.stdout.write(f"{len(found)} cases would be purged. Nothing was changed.")
            return
        while files := shred_due(now):
            self.stdout.write(f"{files} files deleted")
        self.stdout.write(self.style.SUCCESS(f"{len(found)} cases purged."))

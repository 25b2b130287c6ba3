"""`manage.py reindex`: bring the blind indexes to a changed INDEX_KEY, while the portal stands still."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from onboarding.services.indexing import forget_devices, index_columns, reindex, retrace


class Command(BaseCommand):
    """May be stopped and run again: what fits the new key already is left alone."""

    help = "Stop web and workers, set the new INDEX_KEY, run this, start again. Searching finds nothing in between."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help="rows read at once (default 500)")

    def handle(self, *args: Any, **options: Any) -> None:
        batch, broken = max(1, options["batch"]), 0
        for run in (*(reindex(field, batch) for field in index_columns()), retrace(batch)):
            for progress in list(run)[-1:]:
                broken += len(progress.broken)
                self.stdout.write(f"{progress.place}: {progress.done} written again, {len(progress.broken)} broken")
        self._devices()
        if broken:
            raise CommandError(f"{broken} values do not open under any key of DATA_KEYS and keep their old index.")
        self.stdout.write(self.style.SUCCESS("Every index fits INDEX_KEY."))

    def _devices(self) -> None:
        if gone := forget_devices():
            told = "their numbers are kept nowhere. A device is known again from its next form on."
            self.stdout.write(self.style.WARNING(f"onboarding.Trace, devices: {gone} taken out, {told}"))

"""`manage.py rotate_keys`: seal everything again under the newest data key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from onboarding.holdings import FILES, JSON_SECRETS
from onboarding.services import rotating
from onboarding.services.rotating import Progress
from portal.crypto import newest_key_id


class Command(BaseCommand):
    """May be stopped at any time and run again; the portal may run meanwhile, when it knows the newest key."""

    help = "Seal encrypted columns, keys of cases and private files again under the first of DATA_KEYS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=200, help="rows read at once (default 200)")
        parser.add_argument("--check", action="store_true", help="only count what each key still seals")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch must be at least 1.")
        broken = 0 if options["check"] else self._rotate(options["batch"])
        self._report()
        if broken:
            raise CommandError(f"{broken} values do not open under any key of DATA_KEYS: see above. They were left.")

    def _rotate(self, batch: int) -> int:
        broken = 0
        for steps in _places(batch):
            progress = None
            for progress in steps:
                self.stdout.write(f"{progress.place}: {progress.done} sealed again")
            if progress and progress.broken:
                broken += len(progress.broken)
                self.stderr.write(f"{progress.place}: rows {progress.broken[:20]} do not open")
        return broken

    def _report(self) -> None:
        used, newest = rotating.keys_in_use(), newest_key_id()
        for key_id in [entry.partition(":")[0].strip() for entry in settings.DATA_KEYS]:
            self.stdout.write(_sentence(key_id, used[key_id], is_newest=key_id == newest))


def _places(batch: int) -> Iterator[Iterator[Progress]]:
    """One walk per column, then one per kind of file."""
    yield from (rotating.rotate_column(column, batch) for column in rotating.columns())
    yield from (rotating.rotate_json(secrets, batch) for secrets in JSON_SECRETS)
    yield from (rotating.rotate_files(held, batch) for held in FILES)


def _sentence(key_id: str, count: int, *, is_newest: bool) -> str:
    if is_newest:
        return f"Key {key_id} is the newest and seals {count} values and files."
    if count:
        return f"Key {key_id} still seals {count} values and files: run this again."
    return f"Key {key_id} is used no more: take it out of DATA_KEYS once no backup needs it."

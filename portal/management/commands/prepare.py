"""manage.py prepare: tables, cache table, reference data and help articles. After every update; again is safe."""

from typing import Any

from django.core.management import BaseCommand, call_command

STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("migrate", {"interactive": False}),
    ("createcachetable", {}),
    ("load_reference", {}),
    ("load_articles", {}),
)


class Command(BaseCommand):
    help = "Brings the database up to date: migrations, cache table, reference data, help articles. Safe to repeat."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **options: Any) -> None:
        for name, more in STEPS:
            call_command(name, verbosity=options["verbosity"], **more)

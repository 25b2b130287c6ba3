"""Loads the sample catalogue and stock. `manage.py demo` does it by itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from devices import demo


class Command(BaseCommand):
    help = "Load three invented terminal models and twenty terminals on the shelf. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{len(demo.seed())} sample terminals are on the shelf.")

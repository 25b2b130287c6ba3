"""manage.py demo: people of every role and at least one case in every state. Again adds only what is missing."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.demo import cases


class Command(BaseCommand):
    help = "Demonstration people and cases. Their password is known to everybody: never in production."

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("The demonstration is for the embedded mode only: its passwords are known to everybody.")
        logging.disable(logging.INFO if options["verbosity"] < 2 else logging.NOTSET)  # hundreds of lines say nothing
        try:
            made = cases.make()
        finally:
            logging.disable(logging.NOTSET)
        self.stdout.write(f"{made} cases made.")

"""manage.py load_articles: the help articles of onboarding/data into the database. Again is safe."""

from typing import Any

from django.core.management.base import BaseCommand

from support.knowledge import load


class Command(BaseCommand):
    help = "Loads the help articles that are not there yet. Safe to repeat."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load()
        self.stdout.write("Help articles are loaded.")

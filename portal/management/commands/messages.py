"""`manage.py messages`: the translation catalogues from the sources, without gettext's tools.

manage.py messages                       update locale/ from the sources
manage.py messages --fragments DIR       the same, with translations from DIR/*.json ({english: chinese})
manage.py messages --compile             only write the .mo files
manage.py messages --check               say what is missing; exit code 1 when something is
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import BaseCommand, CommandError

from portal.management import catalogues, extraction
from portal.management.catalogues import LANGUAGES, Texts

APPS = ("portal", "onboarding", "devices", "support", "desk")
LENDERS = ("django/conf", "django/contrib/admin", "django/contrib/auth")  # whose Chinese stands in where we have none
SHOWN = 40  # faults that --check lists


class Command(BaseCommand):
    """Update, check or compile locale/."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fragments", type=Path, help="folder of JSON files {english: chinese}")
        parser.add_argument("--check", action="store_true", help="only say what is missing")
        parser.add_argument("--compile", action="store_true", help="only write the .mo files")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR) / "locale"
        if options["compile"]:
            catalogues.compile_all(root)
            return
        try:
            texts = extraction.everything(Path(settings.BASE_DIR), APPS)
        except extraction.BadText as error:
            raise CommandError(str(error)) from None
        if options["check"]:
            self.check_all(root, texts)
        else:
            self.update(root, texts, read_fragments(options["fragments"]))

    def update(self, root: Path, texts: Texts, known: dict[str, str]) -> None:
        """Write both catalogues, and list the fragments' keys that no source has: usually a slip of the pen."""
        lent = borrowed()
        for language in LANGUAGES:
            path = catalogues.path_of(root, language)
            catalogues.save(catalogues.updated(catalogues.load(path, language), texts, known, lent), path)
            left = list(catalogues.faults(catalogues.load(path, language), texts, language))
            self.stdout.write(f"{language}: {len(texts)} texts, {len(left)} faults")
        unused = sorted(set(known) - {catalogues.key_of(context, msgid) for context, msgid in texts})
        self.stdout.write("".join(f"in no source: {key!r}\n" for key in unused))

    def check_all(self, root: Path, texts: Texts) -> None:
        faults = [
            fault
            for language in LANGUAGES
            for fault in catalogues.faults(
                catalogues.load(catalogues.path_of(root, language), language), texts, language
            )
        ]
        self.stdout.write("\n".join(faults[:SHOWN]) or f"{len(texts)} texts, complete in {' and '.join(LANGUAGES)}.")
        if faults:
            raise CommandError(f"{len(faults)} faults in the translations. `manage.py messages` updates them.")


def read_fragments(folder: Path | None) -> dict[str, str]:
    """Every *.json of the folder as one mapping; the last one wins."""
    merged: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")) if folder else ():
        try:
            merged |= json.loads(path.read_text())
        except ValueError as error:
            raise CommandError(f"{path.name} is not valid JSON: {error}") from None
    return merged


def borrowed() -> dict[str, str]:
    """Django's own Chinese, for words like "Home" and "Log out" that our templates share with it."""
    merged: dict[str, str] = {}
    for folder in map(Path, LENDERS):
        path = Path(django.__file__).parent.parent / folder / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
        merged |= catalogues.plain(catalogues.load(path, "zh_Hans"))
    return merged

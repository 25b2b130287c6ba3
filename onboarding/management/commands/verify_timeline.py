"""`manage.py verify_timeline`: was anything in the timelines changed, added or cut off?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from onboarding.models import Anchor, Case, Entry
from onboarding.timeline import damaged_anchors, damaged_certificates, damaged_chains
from onboarding.timeline.anchors import cut_off


class Command(BaseCommand):
    """Prints one sentence per fault and ends with an error if there is one; changes nothing."""

    help = "Recompute every timeline and check the daily anchors; compare the last digest with the one you keep."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", default="", help="look at this case only, for example KT-7Q4M-2HX9")

    def handle(self, *args: Any, **options: Any) -> None:
        ref = options["case"].upper()
        if ref and not Case.objects.filter(ref=ref).exists():
            raise CommandError(f"There is no case {ref}.")
        faults = 0
        for sentence in damage(ref):
            self.stderr.write(sentence)
            faults += 1
        if faults:
            raise CommandError(f"The timelines are damaged: {faults} faults. Keep a copy of the database as it is now.")
        self.stdout.write(self.style.SUCCESS(f"Everything fits: {counted(ref)}."))


def damage(ref: str) -> Iterator[str]:
    """All faults; of one case the anchored heads are looked at, but not the anchors of everybody."""
    yield from damaged_chains(ref)
    yield from damaged_certificates(ref)
    yield from cut_off(ref) if ref else damaged_anchors()


def counted(ref: str) -> str:
    entries = Entry.objects.filter(case__ref=ref) if ref else Entry.objects.all()
    newest = Anchor.objects.order_by("-day").first()
    last = f"the anchor of {newest.day} is {newest.digest}" if newest else "there is no anchor yet"
    return f"{entries.count()} entries, {last}"

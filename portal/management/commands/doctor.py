"""`manage.py doctor`: what is well and what is wrong with this installation, in sentences."""

from typing import Any

from django.core.management import BaseCommand

from portal.management.checkup import QUESTIONS


class Command(BaseCommand):
    """One line per finding; exit code 1 when something is wrong."""

    help = "Say in sentences what is wrong with this installation."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [finding for question in QUESTIONS for finding in question()]
        for finding in findings:
            style = self.style.SUCCESS if finding.well else self.style.ERROR
            self.stdout.write(f"{style('well  ' if finding.well else 'wrong ')}{finding.sentence}")
        wrong = sum(not finding.well for finding in findings)
        self.stdout.write(f"\n{wrong} of {len(findings)} findings need somebody." if wrong else "\nAll is well.")
        if wrong:
            raise SystemExit(1)

"""manage.py draw_flowchart: writes docs/flowchart.svg (Chinese) and docs/flowchart.en.svg from the machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from onboarding.flowchart import whole_map

FILES = {"zh-hans": "docs/flowchart.svg", "en": "docs/flowchart.en.svg"}


class Command(BaseCommand):
    help = "Draws docs/flowchart.svg and docs/flowchart.en.svg from the machine (onboarding/flow.py)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for language, name in FILES.items():
            (settings.BASE_DIR / name).write_text(whole_map(language), encoding="utf-8")
            self.stdout.write(f"{name} is drawn.")

"""Free text that may hold numbers of people: long runs of digits keep their ends only."""

from __future__ import annotations

import re

NUMBER = re.compile(r"\d(?:[ \-]?\d){6,}[Xx]?")
LONG = 11  # characters of a mobile number: so long a number keeps three and four of them, a shorter one the last two


def masked_numbers(text: str) -> str:
    """The text with every run of seven digits and more masked: "call 13800138000" becomes "call 138****8000"."""
    return NUMBER.sub(lambda found: _masked(found.group()), text)


def _masked(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}" if len(number) >= LONG else f"****{number[-2:]}"

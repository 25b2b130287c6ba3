"""A typed value against the one on the paper, each field in its own way. Pure; keys as facts.read names them."""

from __future__ import annotations

from collections.abc import Callable

from onboarding.formats import comparing
from onboarding.formats.comparing import DIFFERENT, SAME, Comparison

LONG_TERM = "长期"  # what both sides write for a paper without an end
Compare = Callable[[str, str], Comparison]
COLUMNS: dict[str, Compare] = {
    "uscc": comparing.number,
    "id_number": comparing.number,
    "number": comparing.number,
    "registered_address": comparing.address,
}
NUMBERS = ("uscc", "id_number", "number")


def compare(field: str, typed: str, read: str) -> Comparison:
    """By the field's last part; dates and whatever has no tolerance of its own are the same or different."""
    column = field.rpartition(".")[2]
    if field in ("person.name", "handler.name", "owners.name") or column == "legal_representative":
        return comparing.person(typed, read)
    if column in ("name", "holder"):
        return comparing.company(typed, read)
    if column in COLUMNS:
        return COLUMNS[column](typed, read)
    return SAME if typed == read else DIFFERENT


def is_number(field: str) -> bool:
    """A number with a check digit: read well, it cannot be another by mistake."""
    return field.rpartition(".")[2] in NUMBERS

"""Columns that exist in both languages: which one the reader gets."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language


def suffix() -> str:
    """The columns of the active language: "zh" or "en"."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def pick(row: Any, column: str) -> str:
    """The text of `column` (`name` means name_zh or name_en) in the reader's language; Chinese where English is empty.

    `row` may be an object or a mapping.
    """
    read = row.get if isinstance(row, dict) else lambda name: getattr(row, name, "")
    return str(read(f"{column}_{suffix()}") or read(f"{column}_zh") or "")

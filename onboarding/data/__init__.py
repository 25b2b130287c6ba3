"""The reference tables that ship with Kaitong: read-only, UTF-8; README.md beside them tells source and licence.

They seed the tables that people edit. What an administrator changed is in the database, never here.
"""

import csv
import io
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@lru_cache(maxsize=32)
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def _parsed(name: str) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO(_text(name))))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file, in file order; fresh copies, so a caller may change them. FileNotFoundError if absent."""
    return [dict(row) for row in _parsed(name)]


def document(name: str) -> Any:
    """The content of a JSON file, a fresh copy. FileNotFoundError if absent."""
    return json.loads(_text(name))

"""What papers and fields are called, by the items that returns and requirements carry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onboarding.facts.kept import document_kinds
from onboarding.rules import application, identity
from onboarding.words import pick

FIELDS: dict[str, Any] = {**identity.FIELDS, **application.FIELDS}


def label_of(item: str) -> Any:
    """The words for a "field:…"; an unknown one by its own name."""
    bare = item.removeprefix("field:")
    return FIELDS.get(bare) or FIELDS.get(identity.name_of(bare)) or FIELDS.get(application.name_of(bare)) or bare


def labels(items: Iterable[str]) -> dict[str, str]:
    """Items ("document:…", "field:…") in the reader's words."""
    codes = {item: item.removeprefix("document:") for item in items}
    kinds = document_kinds()
    return {item: pick(kinds[code], "name") if code in kinds else str(label_of(item)) for item, code in codes.items()}

"""What the machine would read on a drawn paper: taken from the drawing, so that a demonstration stands in seconds."""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils import timezone

from desk.demo.papers import Specimen
from onboarding.facts.read import FIELDS
from onboarding.models import Document, Examination

DAYS = ("established_on", "valid_until", "id_valid_until", "id_valid_from", "birth")
DAY = re.compile(r"(\d{4})[年.](\d{1,2})[月.](\d{1,2})日?")


# The house's name of a field -> the drawings' name, where the two differ.
DRAWN = {
    "merchant.legal_representative": "person.name",
    "settlement.legal_representative": "person.name",
    "merchant.type": "licence.type",
}


def examine(document: Document, drawn: Specimen) -> None:
    """Mark the paper as examined, with what stands on it and where."""
    names = {field: name for name, field in FIELDS.get(document.kind, {}).items()}
    read = [_value(name, drawn, field) for field, name in names.items() if _drawn(field) in drawn.fields]
    Examination.objects.filter(document=document).update(
        result=Examination.Result.DONE, sealed=json.dumps(read, ensure_ascii=False), done_at=timezone.now()
    )


def _drawn(field: str) -> str:
    part, _dot, column = field.partition(".")
    return f"person.{column}" if part in ("handler", "owners") else DRAWN.get(field, field)


def _value(name: str, drawn: Specimen, field: str) -> dict[str, Any]:
    found = drawn.fields[_drawn(field)]
    width, height = drawn.image.size
    left, top, right, bottom = found.box
    box = (left / width, top / height, right / width, bottom / height)
    return {"field": name, "value": _normal(field, found.value), "page": 1, "box": box, "sure": 0.98, "mended": False}


def _normal(field: str, value: str) -> str:
    """As readers give it: days as 2024-03-18, the last one of a period, numbers without blanks."""
    if "长期" in value:
        return "长期"
    days = DAY.findall(value)
    if days and field.rpartition(".")[2] in DAYS:
        year, month, day = days[0 if field.endswith("_from") else -1]
        return f"{year}-{int(month):02d}-{int(day):02d}"
    if field.rpartition(".")[2] in ("uscc", "id_number", "number"):
        return "".join(value.split())
    return value

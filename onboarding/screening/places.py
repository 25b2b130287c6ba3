"""Where the photographs of the shop were taken, to a hundred metres, as their files say: against one another, and
against the province of the declared address.

No file has to say it; silence is no finding. No table of ours knows the place of a street: of a province it knows the
southernmost, northernmost, westernmost and easternmost degree, so a photograph may lie just across a border unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.data import rows
from onboarding.formats.places import Place, kilometres, placed
from onboarding.models import Application, Case, Document, Step
from onboarding.screening.registry import Outcome, check

FAR = 1.0  # kilometres
MARGIN = 0.2  # degrees, about 20 km: a shop at the border, a telephone that found a distant mast
Placed = tuple[Document, Place]


@check("places", Step.APPLICATION, _("Where the shop was photographed"))
def places(case: Case) -> Outcome:
    """Warnings: photos_far_apart {kind, other_kind, km} of the two that lie farthest apart; photo_elsewhere {kind}
    of the first one that was taken outside the province of the shop."""
    papers = Document.objects.filter(case=case, place__isnull=False).current().order_by("pk")
    known = [(row, place) for row in papers if (place := placed(row.place))]
    farthest = max(_ways(known), key=lambda found: found["km"], default=None)
    elsewhere = next(_elsewhere(known, _declared(case)), None) if known else None
    found = {"photos_far_apart": farthest, "photo_elsewhere": elsewhere}
    return Outcome.of(*({"code": code, "params": params} for code, params in found.items() if params))


def _declared(case: Case) -> str:
    """The two digits of the province in which the shop is said to be; empty while nobody said it."""
    code = Application.objects.filter(case=case).values_list("store__division_code", flat=True).first()
    return (code or "")[:2]


def _elsewhere(known: list[Placed], province: str) -> Iterator[dict[str, Any]]:
    if extent := _extents().get(province):
        south, north, west, east = extent
        for photo, (latitude, longitude) in known:
            inside = south - MARGIN <= latitude <= north + MARGIN and west - MARGIN <= longitude <= east + MARGIN
            if not inside:
                yield {"kind": photo.kind}


@cache
def _extents() -> dict[str, tuple[float, float, float, float]]:
    """Province -> (south, north, west, east) in degrees."""
    edges = ("south", "north", "west", "east")
    return {row["province"]: tuple(float(row[edge]) for edge in edges) for row in rows("provinces.csv")}  # type: ignore[misc]  # four edges


def _ways(placed: list[Placed]) -> Iterator[dict[str, Any]]:
    """The pairs that are FAR apart."""
    for number, (one, here) in enumerate(placed):
        for other, there in placed[number + 1 :]:
            if (way := kilometres(here, there)) > FAR:
                yield {"kind": one.kind, "other_kind": other.kind, "km": round(way, 1)}

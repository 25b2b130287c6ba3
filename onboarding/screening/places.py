"""Where the photographs of the shop were taken, against one another: to a hundred metres, as their files say.

No file has to say it; silence is no finding. The declared address is not compared: no table of ours knows coordinates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from onboarding.formats.places import Place, kilometres, placed
from onboarding.models import Case, Document, Step
from onboarding.screening.registry import Outcome, check

FAR = 1.0  # kilometres
Placed = tuple[Document, Place]


@check("places", Step.APPLICATION, _("Where the shop was photographed"))
def places(case: Case) -> Outcome:
    """One warning at most, of the two that lie farthest apart: photos_far_apart {kind, other_kind, km}."""
    rows = Document.objects.filter(case=case, place__isnull=False).current().order_by("pk")
    known = [(row, place) for row in rows if (place := placed(row.place))]
    farthest = max(_ways(known), key=lambda found: found["km"], default=None)
    return Outcome.of(*([{"code": "photos_far_apart", "params": farthest}] if farthest else []))


def _ways(placed: list[Placed]) -> Iterator[dict[str, Any]]:
    """The pairs that are FAR apart."""
    for number, (one, here) in enumerate(placed):
        for other, there in placed[number + 1 :]:
            if (way := kilometres(here, there)) > FAR:
                yield {"kind": one.kind, "other_kind": other.kind, "km": round(way, 1)}

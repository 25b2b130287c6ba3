"""The plot of the comparison: how much more than the cheapest each plan costs, by monthly takings; server-made."""

from __future__ import annotations

import dataclasses

from django.utils import timezone

from onboarding.application import plans
from onboarding.fees import yuan
from onboarding.words import pick

SHARES = (10, 25, 50, 100, 150, 200, 250)  # per cent of the takings that were typed
LEFT, RIGHT, TOP, BOTTOM = 64, 600, 24, 278
STYLES = ("a", "b", "c")


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One plan: points of the SVG path, where its name stands, and its cells of the table (fen a month)."""

    name: str
    css: str
    path: str
    label_y: float
    cells: list[tuple[int, bool]]  # fen a month, cheapest


@dataclasses.dataclass(frozen=True, slots=True)
class Plot:
    lines: list[Line]
    volumes: list[int]  # fen a month
    marks_x: list[tuple[float, str]]
    marks_y: list[tuple[float, str]]
    here: float

    @property
    def table(self) -> list[tuple[int, list[tuple[int, bool]]]]:
        """A row per volume: (fen a month, a cell per plan)."""
        return [(fen, [line.cells[place] for line in self.lines]) for place, fen in enumerate(self.volumes)]


def more_than_cheapest(
    offers: list[plans.Offer], takings: plans.Takings, fee_class: str, region: str, terminals: int
) -> Plot | None:
    """At most three plans that can be compared; None when there are fewer than two, or no takings."""
    fair = [one.plan for one in offers if one.cost.comparable and one.serves][: len(STYLES)]
    if len(fair) < 2 or not takings.total:
        return None
    scaled = [_scaled(takings, share) for share in SHARES]
    about = {"fee_class": fee_class, "region": region, "terminals": terminals, "start": timezone.localdate()}
    costs = [[plans.cost(plan, one, **about).month for one in scaled] for plan in fair]  # type: ignore[arg-type]
    least = [min(column) for column in zip(*costs, strict=True)]
    most = max(fen - low for row in costs for fen, low in zip(row, least, strict=True)) or 1
    places = [LEFT + (RIGHT - LEFT) * share / SHARES[-1] for share in SHARES]
    lines = []
    for plan, row, css in zip(fair, costs, STYLES, strict=False):
        heights = [BOTTOM - (BOTTOM - TOP) * (fen - low) / most for fen, low in zip(row, least, strict=True)]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(places, heights, strict=True))
        cells = [(fen, fen == low) for fen, low in zip(row, least, strict=True)]
        lines.append(Line(pick(plan, "name"), css, path, heights[-1], cells))
    here = LEFT + (RIGHT - LEFT) * 100 / SHARES[-1]
    marks_x = [(x, _whole(one.total)) for x, one in zip(places, scaled, strict=True) if one is not scaled[0]]
    marks_y = [(BOTTOM - (BOTTOM - TOP) * part / 2, _whole(most * part // 2)) for part in range(3)]
    return Plot(_apart(lines), [one.total for one in scaled], marks_x, marks_y, here)


def _scaled(takings: plans.Takings, share: int) -> plans.Takings:
    volumes = {product: fen * share // 100 for product, fen in takings.volumes.items()}
    return plans.Takings(volumes, takings.ticket_fen)


def _whole(fen: int) -> str:
    return yuan(fen).removesuffix(".00") if fen < 10_000 else yuan(fen)[:-3]


def _apart(lines: list[Line]) -> list[Line]:
    """Names that do not stand on each other."""
    placed: list[Line] = []
    for line in sorted(lines, key=lambda one: one.label_y):
        least = placed[-1].label_y + 18 if placed else float(TOP)
        placed.append(dataclasses.replace(line, label_y=max(line.label_y, least)))
    return placed

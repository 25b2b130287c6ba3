"""Pages of the other layouts as questions to the readers: which paper is asked for, what should be found on it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from PIL import Image

from bench.other_papers import LAYOUTS, Layout, photographed

Case = tuple[str, str, dict[str, str], bytes]  # layout, paper, field -> truth, the photograph
SIDES = ("resident_id_front", "resident_id_back")
PAPERS = {
    "licence": ("licence",), "id": SIDES, "front": SIDES[:1], "account": ("account_permit",),
    "ID, front": SIDES[:1], "ID, back": SIDES[1:], "bank card": ("bank_card",),
    "back": SIDES[1:], "card": ("bank_card",),
}  # fmt: skip


Spoil = Callable[[Image.Image, random.Random], bytes]


def cases(number: int, seed: int, layouts: tuple[Layout, ...] = LAYOUTS, spoil: Spoil = photographed) -> Iterator[Case]:
    """The questions to page `number`: one, or two where both sides of a card lie on one sheet."""
    layout, draw, kind = layouts[number % len(layouts)]
    dice = random.Random(f"{layout} {seed + number}")
    sheet, truth = draw(dice)
    picture = spoil(sheet.image, dice)
    for paper in PAPERS.get(layout, PAPERS[kind]):
        yield layout, paper, asked(paper, truth), picture


def asked(paper: str, truth: dict[str, str]) -> dict[str, str]:
    """The part of the truth that this paper bears, named as its reader names it."""
    meant = {field: "长期" if value == "long" else value for field, value in truth.items()}
    if paper == "bank_card":
        return {"number": meant.pop("account_number"), **meant}
    if paper not in SIDES:
        return meant
    return {field: value for field, value in meant.items() if (field == "valid_until") == (paper == SIDES[1])}

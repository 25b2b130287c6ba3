"""Which owner's card comes next: the first that was read and whose person is not in the list yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from onboarding.facts.read import Read, all_values
from onboarding.models import Case, Person

KIND = "beneficial_owner_id"
NUMBER = "owners.id_number"
Card = dict[str, Read]  # field of facts.read -> what was read


def next_one(case: Case, people: Collection[Person]) -> Card:
    """What stands on that card, both sides; empty when every card is somebody's in the list."""
    named = {one.id_number for one in people}
    return next((card for card in _cards(case) if card[NUMBER].value not in named), {})


def _cards(case: Case) -> Iterator[Card]:
    """Card by card. A side without a number that comes behind one with a number is the back of that card."""
    sides = _sides(case)
    for place, side in enumerate(sides):
        if NUMBER in side:
            back = sides[place + 1] if place + 1 < len(sides) else {}
            yield side if NUMBER in back else {**back, **side}


def _sides(case: Case) -> list[Card]:
    """What was read on each page of each file, in the order in which they stand."""
    found: dict[tuple[int, int], Card] = {}
    for one in all_values(case):
        if one.kind == KIND:
            found.setdefault((one.document_id, one.page), {})[one.field] = one
    return [found[key] for key in sorted(found)]

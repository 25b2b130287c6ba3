"""A typed value beside what a paper or the register says: the verdict in words, the difference letter by letter."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from onboarding.formats import comparing
from onboarding.formats.comparing import Comparison, Verdict

Compare = Callable[[str, str], Comparison]
# How a field is compared; a field that is not named here is compared as a number, sign by sign.
COMPARE: dict[str, Compare] = {
    "merchant.name": comparing.company,
    "merchant.short_name": comparing.company,
    "merchant.registered_address": comparing.address,
    "person.name": comparing.person,
    "handler.name": comparing.person,
    "merchant.legal_representative": comparing.person,
    "settlement.holder": comparing.company,
}
MOST_PLACES = 5  # places that are named where the signs themselves stay hidden


@dataclasses.dataclass(frozen=True, slots=True)
class Beside:
    """What another source has for a field. `parts`: (text, "same" | "left" | "right"), empty where the value is hidden.

    `sheet` is the page on which it was read, `sure` a percentage where the reader had its doubts, else None; `mended`:
    a sign was put right so that the check digit fits.
    """

    value: str
    verdict: Verdict
    why: Any = ""
    parts: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    sure: int | None = None
    mended: bool = False

    @property
    def differs(self) -> bool:
        return self.verdict == Verdict.DIFFERENT


def beside(field: str, typed: str, other: str, *, mask: Callable[[str], str] | None = None, **place: Any) -> Beside:
    """Compare what was typed with another source; with `mask` no sign of either is shown that the mask hides."""
    found = COMPARE.get(field, comparing.number)(typed, other)
    if mask:
        return Beside(mask(other), found.verdict, _places(typed, other) if not found.agrees else "", **place)
    parts = tuple(comparing.differences(typed, other)) if not found.agrees else ()
    reasons = [comparing.WHAT[reason] for reason in found.reasons]
    why = format_lazy(", ".join("{}" for _one in reasons), *reasons) if reasons else ""
    return Beside(other, found.verdict, why, parts, **place)


def _places(typed: str, other: str) -> Any:
    """Where two hidden numbers differ, without a digit of them."""
    if len(typed) != len(other):
        return _("another length")
    places = [place for place, (one, two) in enumerate(zip(typed, other, strict=True), 1) if one != two]
    named = ", ".join(map(str, places[:MOST_PLACES])) + (" …" if len(places) > MOST_PLACES else "")
    return format_lazy("{} {}", ngettext_lazy("differs at place", "differs at places", len(places)), named)

"""Whether a filing number belongs to an agency that may bring in merchants today. Firms only: no agent's name."""

from __future__ import annotations

import dataclasses
import datetime
import unicodedata

from onboarding.models import Division, Partner
from onboarding.words import suffix


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """`state`: "valid", "ended" (expired or no longer active), or "unknown"."""

    state: str
    number: str
    name: str = ""
    regions: tuple[str, ...] = ()
    until: datetime.date | None = None


def normal(number: str) -> str:
    """A number as it is compared: full width, blanks and small letters do not count."""
    return "".join(unicodedata.normalize("NFKC", number).upper().split())


def look_up(number: str) -> Answer:
    """Two queries at most; there are a few hundred agencies."""
    wanted = normal(number)
    found = Partner.objects.filter(filing_number__iexact=wanted).first()
    if found is None:
        return Answer("unknown", wanted)
    if not found.works:
        return Answer("ended", wanted, found.name)
    return Answer("valid", wanted, found.name, _names(found.regions), found.valid_until)


def _names(codes: list[str]) -> tuple[str, ...]:
    rows = Division.objects.in_bulk(codes)
    english = suffix() == "en"
    return tuple((rows[code].name_en if english else rows[code].name) if code in rows else code for code in codes)

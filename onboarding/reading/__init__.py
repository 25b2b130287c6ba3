"""Reading papers: which values stand on a photographed licence, identity card, account paper or bank card, and where.

`read(image, paper)` gives `{field: Found}`: the value as text, its box in pixels of `image`, and how sure (0 to 1). It
never decides anything: what was read is shown beside what was typed, and a person confirms it. Nothing leaves the
machine: the models are part of the package rapidocr. Without it `available()` is False and everything works by hand.

    engine        the only importer of the recogniser; one engine a process, one thread
    upright       turns a page that lies on its side or stands on its head
    faint         takes away a sentence written across a copy
    layout        lines with their places: rows, labels and the values beside and below them
    labels        the labels themselves, also with a slip or a letter lost
    extent        how far a value goes: rather nothing than the next field's
    texts         what a recogniser mixes up: dots, dates, digits; mended by check digits
    kinds         which paper a page is, by the words that only that paper bears
    licence resident_id account   one paper each: the labels it bears and what its values look like
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Final

from PIL import Image

from onboarding.reading import account, engine, licence, resident_id
from onboarding.reading.engine import available
from onboarding.reading.kinds import bears
from onboarding.reading.layout import Found, Page, Values
from onboarding.reading.upright import cleared, upright_lines

__all__ = ["Found", "PAPERS", "Seen", "Values", "available", "bears", "look", "read"]

BORDER: Final = 0.012  # share of the longer side
Reader = Callable[[Page], Values]
PAPERS: Final[dict[str, Reader]] = {
    "licence": licence.read,
    "resident_id_front": resident_id.read_front,
    "resident_id_back": resident_id.read_back,
    "account_permit": account.read_permit,
    "bank_card": account.read_card,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """A page whose lines were read once: on a picture of `size`, shrunk by so much.

    `quarter`: how it lies, in degrees clockwise (0, 90, 180, 270).
    """

    page: Page
    size: tuple[int, int]
    shrunk: float
    quarter: int

    @property
    def touches_border(self) -> bool:
        """Whether writing runs to the border of the picture, as where a side of the paper is missing."""
        width, height = self.size
        points = [point for line in self.page.lines for point in line.quad]
        near = BORDER * max(self.size)
        return any(min(x, y, width - x, height - y) < near for x, y in points)

    def values(self, paper: str) -> Values:
        """What stands on it if it is `paper` (a key of PAPERS); KeyError for another."""
        return {name: found.enlarged(1 / self.shrunk) for name, found in PAPERS[paper](self.page).items()}


def look(image: Image.Image) -> Seen:
    """Read every line of the picture, whichever way up it lies. About a second of processor time."""
    grey, shrunk = engine.without_red(image)
    grey, found = cleared(grey)
    lines, angle = upright_lines(grey, found)
    again = lambda line: engine.text_of(engine.strip(grey, line.quad, large=1.5))[0]  # noqa: E731
    return Seen(Page(lines, again), grey.size, shrunk, round(angle / 90) * 90 % 360)


def read(image: Image.Image, paper: str) -> Values:
    """The values of one page of `paper` (a key of PAPERS); KeyError for another. Empty where nothing was recognised."""
    return look(image).values(paper)

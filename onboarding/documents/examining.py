"""Examining one uploaded file: how good its pages are, which way up they lie, what stands on them.

Takes seconds, so it runs in a worker and outside any transaction. Without the recogniser the quality is still judged.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from typing import Any, Final

from PIL import Image

from onboarding import reading
from onboarding.documents import quality
from onboarding.documents.quality import Finding
from onboarding.models import Document, Page
from portal.storage import private_files

READ: Final[dict[str, tuple[str, ...]]] = {
    "business_licence": ("licence",),
    "registration_certificate": ("licence",),
    "id_portrait": ("resident_id_front",),
    "id_emblem": ("resident_id_back",),
    "handler_id": ("resident_id_front", "resident_id_back"),
    "beneficial_owner_id": ("resident_id_front", "resident_id_back"),
    "basic_account_proof": ("account_permit",),
    "general_account_proof": ("account_permit",),
    "bank_card": ("bank_card",),
}
"""Kind of document -> the papers (keys of reading.PAPERS) that one of its pages may be."""
SCENES: Final = frozenset({"shopfront", "street_view", "interior", "till", "stall_scene"})
MOST_PAGES: Final = 6  # of one file are examined: a paper that is read has two at most
SURE_ENOUGH: Final = 0.9  # what is read like this was sharp and bright enough, whatever else was measured
TURNS: Final = {90: 270, 180: 180, 270: 90}  # a page whose lines run down is shown turned back


@dataclasses.dataclass(slots=True)
class Examined:
    """Findings and values as `Examination` keeps them; `turns`: number of a page -> degrees that set it upright."""

    findings: list[dict[str, Any]]
    values: list[dict[str, Any]]
    turns: dict[int, int]


def examine(document: Document) -> Examined:
    """Look at the pages of this document. Raises portal.storage.Missing when a file is gone."""
    done = Examined([], [], {})
    for page in document.pages.all()[:MOST_PAGES]:
        with Image.open(io.BytesIO(private_files.read(page.file, page.context)), formats=["JPEG"]) as picture:
            _examine(document, page, picture.convert("RGB"), done)
    return done


def _examine(document: Document, page: Page, image: Image.Image, done: Examined) -> None:
    doubts = quality.judge(image, page.number, paper=document.kind not in SCENES)
    if document.kind in READ and reading.available():
        seen = reading.look(image)
        values, paper = _best(seen, READ[document.kind])
        done.values += [_row(name, one, page.number, image.size) for name, one in values.items()]
        doubts = list(_weighed(doubts, seen, values, paper, page.number))
        if seen.quarter and values:
            done.turns[page.number] = TURNS[seen.quarter]
    done.findings += [one.row for one in doubts]


def _best(seen: reading.Seen, papers: tuple[str, ...]) -> tuple[reading.Values, str]:
    """The values of the paper that explains most of the page."""
    return max(((seen.values(paper), paper) for paper in papers), key=lambda one: len(one[0]))


def _weighed(
    doubts: list[Finding], seen: reading.Seen, values: reading.Values, paper: str, page: int
) -> Iterator[Finding]:
    """Print that was read well is neither blurred nor dark; a page without any of the paper's words is another one."""
    well = [one for one in values.values() if one.sure >= SURE_ENOUGH]
    clear = len(well) >= max(2, len(values) // 2)
    for one in doubts:
        print_is_whole = one.code == "cut_off" and values and not seen.touches_border
        if not print_is_whole and not (clear and one.code in ("blurred", "dark", "small")):
            yield one
    if not seen.page.text:
        yield Finding("unreadable", page)
    elif not reading.bears(seen.page, paper, values):
        yield Finding("wrong_kind", page)


def _row(name: str, one: reading.Found, page: int, size: tuple[int, int]) -> dict[str, Any]:
    box = [round(min(max(side / size[at % 2], 0), 1), 4) for at, side in enumerate(one.box)]
    told = {"field": name, "value": one.value, "page": page, "box": box}
    return told | {"sure": round(one.sure, 3), "mended": one.mended}

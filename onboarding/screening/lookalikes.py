"""Pages of other merchants that show the same picture: found by quarters of their marks, then laid over each other."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from PIL import Image

from onboarding.models import Case, Document, Page, PageBand, PageMark
from onboarding.screening import alike, overlay
from portal.crypto import Undecryptable
from portal.storage import BadName, Missing, Unreachable, private_files

CANDIDATES = 200  # pages that share most quarters
COMPARED = 6  # of them, the nearest, laid over each other: a second each at most
LONGEST = 3  # pages of a document that are looked at


def of(document: Document) -> Iterator[Document]:
    """The documents of other merchants that hold a page of this one's, not byte for byte but to the eye."""
    for page in document.pages.order_by("number")[:LONGEST]:
        yield from _of_page(page, document)


def _of_page(page: Page, document: Document) -> Iterator[Document]:
    small = picture(page, page.thumbnail)
    if small is None:
        return
    keep(page, small)
    asked = alike.marks(small)
    large: Image.Image | None = None
    for one in _near(asked, document.case)[:COMPARED]:
        large = large or picture(page, page.file)
        theirs = picture(one.page, one.page.file)
        if large and theirs and _is_same(large, theirs, one):
            yield one.page.document


@dataclasses.dataclass(frozen=True, slots=True)
class Near:
    """A page that may be the same: bits that differ, how it lies, and where its middle may be."""

    distance: int
    flip: int
    tilt: bool
    windows: list[alike.Window]
    page: Page


def _is_same(large: Image.Image, theirs: Image.Image, one: Near) -> bool:
    mine = alike.lying(large)
    mine = alike.tilted(mine) if one.tilt else mine
    return overlay.is_same(mine, one.windows, alike.flipped(alike.lying(theirs), one.flip))


def _near(asked: alike.Asked, case: Case) -> list[Near]:
    """The nearest pages of other merchants, the nearest first."""
    rows = _candidates(alike.bands(asked.values()), case)
    found = [Near(*alike.nearest(asked, int(row.bits, 16)), row.page) for row in rows if row.bits]
    return sorted((one for one in found if one.distance <= alike.NEAR), key=lambda one: one.distance)


def _candidates(bands: Iterable[int], case: Case) -> list[PageMark]:
    """By index alone, however many pages there are: those that share most quarters."""
    sharing = PageBand.objects.filter(band__in=bands, page__version=alike.VERSION)
    sharing = sharing.exclude(page__page__document__case__merchant=case.merchant_id)
    most = sharing.values("page").annotate(shared=Count("pk")).order_by("-shared", "page")[:CANDIDATES]
    return list(
        PageMark.objects.filter(pk__in=[row["page"] for row in most]).select_related("page__document__case__merchant")
    )


def outdated() -> QuerySet[PageMark]:
    """Marks of an older version: not compared with anything until a worker has made them anew."""
    return PageMark.objects.filter(version__lt=alike.VERSION).exclude(bits=None)


def keep(page: Page, small: Image.Image | None) -> None:
    """Write down the mark of a page whose row waits for it or is of an older version; of a page without a picture:
    that there is none."""
    bits = alike.mark(small) if small else 0
    with transaction.atomic():
        due = PageMark.objects.filter(Q(bits=None) | Q(version__lt=alike.VERSION), page=page)
        if due.update(bits=f"{bits:0{alike.DIGITS}x}" if bits else "", version=alike.VERSION):
            PageBand.objects.filter(page=page.pk).delete()
            PageBand.objects.bulk_create(PageBand(page_id=page.pk, band=band) for band in alike.bands([bits]))


def picture(page: Page, name: str) -> Image.Image | None:
    """The page or its thumbnail in grey, our own encoding; None when the file is not there, or not just now."""
    try:
        return opened(page, name)
    except Unreachable:
        return None


def opened(page: Page, name: str) -> Image.Image | None:
    """The same; raises portal.storage.Unreachable when it may be there the next time."""
    try:
        return Image.open(io.BytesIO(private_files.read(name, page.context))).convert("L")
    except (Missing, BadName, Undecryptable, OSError):
        return None

"""Pages of other merchants that show the same picture: found by the bands of their marks, then laid over each other."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Count
from PIL import Image

from onboarding.models import Case, Document, Page, PageBand, PageMark
from onboarding.screening import alike
from portal.crypto import Undecryptable
from portal.storage import BadName, Missing, Unreachable, private_files

CANDIDATES = 20  # pages that share most bands
COMPARED = 5  # of them, the nearest, laid over each other: a second each at most
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
    for _distance, windows, other in _near(asked, document.case)[:COMPARED]:
        large = large or picture(page, page.file)
        theirs = picture(other, other.file)
        if large and theirs and alike.is_same(large, windows, theirs):
            yield other.document


def _near(asked: dict[alike.Window, int], case: Case) -> list[tuple[int, list[alike.Window], Page]]:
    """(bits that differ, where, page) of the nearest pages of other merchants, the nearest first."""
    rows = _candidates(alike.bands(asked.values()), case)
    found = [(*alike.nearest(asked, int(row.bits, 16)), row.page) for row in rows if row.bits]
    return sorted((one for one in found if one[0] <= alike.NEAR), key=lambda one: one[0])


def _candidates(bands: Iterable[int], case: Case) -> list[PageMark]:
    """By index alone, however many pages there are: those that share most bands."""
    sharing = PageBand.objects.filter(band__in=bands).exclude(page__page__document__case__merchant=case.merchant_id)
    most = sharing.values("page").annotate(shared=Count("pk")).order_by("-shared", "page")[:CANDIDATES]
    return list(
        PageMark.objects.filter(pk__in=[row["page"] for row in most]).select_related("page__document__case__merchant")
    )


def keep(page: Page, small: Image.Image | None) -> None:
    """Write down the mark of a page whose row waits for it; of a page without a picture: that there is none."""
    bits = alike.mark(small) if small else 0
    with transaction.atomic():
        waiting = PageMark.objects.filter(page=page, bits=None)
        if waiting.update(bits=f"{bits:025x}" if bits else ""):
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

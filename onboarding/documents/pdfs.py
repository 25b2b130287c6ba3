"""The pages of a PDF as pictures. Runs in the child process (`worker`): nothing of Django here."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from PIL import Image

from onboarding.documents.images import MEGA, PAGE_EDGE, THUMBNAIL_EDGE
from onboarding.documents.undecodable import Undecodable

MOST_PIXELS = 40 * MEGA  # of a picture inside: a page scanned at 600 dots per inch has 35 million
_PASSWORD = pypdfium2.raw.FPDF_ERR_PASSWORD
_IMAGE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE


def decode(data: bytes, max_pages: int) -> Iterator[Image.Image]:
    """Page by page as RGB pictures, the longer side PAGE_EDGE pixels; raises Undecodable."""
    document = _opened(data)
    try:
        pages = len(document)
        if not pages:
            raise Undecodable("broken")
        if pages > max_pages:
            raise Undecodable("too_many_pages", pages=pages, max_pages=max_pages)
        for number in range(pages):
            yield _drawn(document[number])
    except pypdfium2.PdfiumError:
        raise Undecodable("broken") from None
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Undecodable("encrypted" if error.err_code == _PASSWORD else "broken") from None


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    """Embedded pictures are judged by their stated size before they are decoded: a small file may hold a huge one."""
    for inside in page.get_objects(filter=[_IMAGE]):
        width, height = inside.get_px_size()
        if width * height > MOST_PIXELS:
            raise Undecodable("too_many_pixels")
    width, height = page.get_size()
    if not 0 < max(width, height) * THUMBNAIL_EDGE / 4 <= min(width, height) * PAGE_EDGE:  # a thread, not a page
        raise Undecodable("broken")
    drawn = page.render(scale=PAGE_EDGE / max(width, height), may_draw_forms=False)
    picture: Image.Image = drawn.to_pil().convert("RGB")
    drawn.close()
    page.close()
    return picture

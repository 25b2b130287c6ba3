"""The pages of a PDF as pictures."""

from __future__ import annotations

import threading

import pypdfium2
from PIL import Image

from onboarding.documents.images import MAX_PIXELS, PAGE_EDGE, THUMBNAIL_EDGE
from onboarding.documents.problems import Unusable

_one_at_a_time = threading.Lock()  # PDFium is not safe for threads
_PASSWORD = pypdfium2.raw.FPDF_ERR_PASSWORD
_IMAGE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE


def decode(data: bytes, max_pages: int) -> list[Image.Image]:
    """Every page as an RGB picture, its longer side PAGE_EDGE pixels; raises Unusable."""
    with _one_at_a_time:
        document = _opened(data)
        try:
            pages = len(document)
            if not pages:
                raise Unusable("broken")
            if pages > max_pages:
                raise Unusable("too_many_pages", pages=pages, max_pages=max_pages)
            return [_drawn(document[number]) for number in range(pages)]
        except pypdfium2.PdfiumError:
            raise Unusable("broken") from None
        finally:
            document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unusable("encrypted" if error.err_code == _PASSWORD else "broken") from None


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    """Embedded pictures are judged by their stated size before they are decoded: a small file may hold a huge one."""
    for inside in page.get_objects(filter=[_IMAGE]):
        width, height = inside.get_px_size()
        if width * height > MAX_PIXELS:
            raise Unusable("too_many_pixels")
    width, height = page.get_size()
    if min(width, height) * PAGE_EDGE < max(width, height) * THUMBNAIL_EDGE / 4:  # a thread, not a page
        raise Unusable("broken")
    drawn = page.render(scale=PAGE_EDGE / max(width, height), may_draw_forms=False)
    picture: Image.Image = drawn.to_pil().convert("RGB")
    return picture

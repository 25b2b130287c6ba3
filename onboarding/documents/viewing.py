"""Showing a page: opened from the sealed storage, with the watermark drawn over it, and written down."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from onboarding.documents import images
from onboarding.models import Access, Page, User
from portal.storage import private_files

FONT = Path(__file__).resolve().parent.parent / "fonts" / "NotoSansSC-Regular.ttf"
WORDS = "仅用于POS入网审核"  # in Chinese for every reader: it must be understood where a copy turns up
TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
ANGLE = 30  # degrees
LIGHTLY = 55  # of a thumbnail, seen at a third of its size: eight of them are half a page's weight
INK, LIGHT, DENSITY = (80, 80, 80), (255, 255, 255), 88  # of 255: the words below stay readable


def opened(page: Page, *, thumbnail: bool = False) -> bytes:
    """The page as JPEG with its watermark; raises portal.storage.Missing when the file is gone."""
    document = page.document
    data = private_files.read(page.thumbnail if thumbnail else page.file, page.context)
    quality = LIGHTLY if thumbnail else images.QUALITY
    return watermarked(data, f"{WORDS} · {document.case.ref}", page.turn, quality=quality)


def watermarked(data: bytes, words: str, turn: int = 0, *, quality: int = images.QUALITY) -> bytes:
    """A JPEG of ours, turned clockwise by `turn` degrees, with `words` drawn slantwise all over."""
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as picture:
        ground = picture.convert("RGB")
    ground = ground.transpose(TURNS[turn]) if turn in TURNS else ground
    stamp = _stamp(words, max(12, max(ground.size) // 32))
    for row, y in enumerate(range(-stamp.height // 2, ground.height, stamp.height)):
        for x in range(-(stamp.width // 2) * (row % 2), ground.width, stamp.width):
            ground.paste(LIGHT, (x + 2, y + 2), stamp)  # beside it in white: one of the two is seen on any ground
            ground.paste(INK, (x, y), stamp)
    return images.jpeg(ground, quality)


@lru_cache(maxsize=32)
def _stamp(words: str, size: int) -> Image.Image:
    """The words once, turned, as a mask."""
    font = ImageFont.truetype(FONT, size)
    left, top, right, bottom = font.getbbox(words)
    flat = Image.new("L", (int(right - left) + size, int(bottom - top) + size * 2))
    ImageDraw.Draw(flat).text((size // 2 - left, size - top), words, font=font, fill=DENSITY)
    return flat.rotate(ANGLE, expand=True, resample=Image.Resampling.BICUBIC)


def logged(page: Page, user: User, address: str | None, *, thumbnail: bool = False, why: str = "") -> Access:
    """Write down that `user` looked at this page."""
    what = f"{'thumbnail' if thumbnail else 'page'}:{page.document_id}/{page.number}"
    return Access.objects.create(user=user, case=page.document.case, what=what, why=why[:200], address=address)

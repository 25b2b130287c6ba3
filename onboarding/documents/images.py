"""A picture as it may be shown: turned upright, in plain RGB, without metadata, encoded anew from its pixels.

Nothing of Django here: bytes from outside are decoded in a child process (`worker`), which must start in a moment.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import ExifTags, Image, ImageCms

from onboarding.documents import whereabouts
from onboarding.documents.undecodable import Undecodable

MEGA = 1_000_000
MAX_PIXELS = 64 * MEGA  # a phone's largest ordinary setting is 50 million
# What fits into the memory of the child: a large JPEG is decoded at a fraction, other kinds only as a whole.
MOST_PIXELS = {"jpeg": MAX_PIXELS, "progressive": 30 * MEGA, "png": 40 * MEGA, "webp": 16 * MEGA, "heic": 26 * MEGA}
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
PAGE_EDGE = 2400  # pixels of the longer side, as shown
THUMBNAIL_EDGE = 320
QUALITY = 85
PILLOW_NAMES = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
STRIP = 64  # rows of the page that are made at a time
REACH = 1  # pixels of the page to each side that this filter looks at
FILTER = Image.Resampling.HAMMING  # as sharp as bicubic when a picture gets smaller, at a third of Lanczos's price
# Whatever a damaged file makes the decoders raise.
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, RuntimeError, OverflowError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def decode(
    data: bytes, kind: str, min_edge: int = 0, edge: int = PAGE_EDGE, *, placed: bool = False
) -> tuple[Image.Image, dict[str, str]]:
    """The upright RGB picture (at most `edge` pixels long) and its capture facts; raises Undecodable.

    `placed`: where it was taken is among them. The size is read from the header and judged before any pixel is decoded.
    """
    try:
        with Image.open(io.BytesIO(data), formats=[PILLOW_NAMES[kind]]) as picture:
            _judge(picture, kind, min_edge)
            facts = capture_facts(picture, placed=placed)
            if kind == "jpeg":
                picture.draft(picture.mode, _fitted(picture.size, edge))  # decodes large ones at a fraction
            orientation = picture.getexif().get(ExifTags.Base.Orientation)
            page = _page(picture, edge)
            return (page.transpose(UPRIGHT[orientation]) if orientation in UPRIGHT else page), facts
    except BOMBS:
        raise Undecodable("too_many_pixels") from None
    except DAMAGE:
        raise Undecodable("broken") from None


def _judge(picture: Image.Image, kind: str, min_edge: int) -> None:
    width, height = picture.size
    most = MOST_PIXELS["progressive" if kind == "jpeg" and picture.info.get("progressive") else kind]
    if width * height > most:
        raise Undecodable("too_many_pixels")
    if min(width, height) < min_edge:
        raise Undecodable("too_small", edge=min(width, height), min_edge=min_edge)


def _fitted(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """The size with its longer side brought down to `edge` pixels, never up."""
    longest = max(*size, edge)
    return max(1, size[0] * edge // longest), max(1, size[1] * edge // longest)


def _page(picture: Image.Image, edge: int) -> Image.Image:
    """In RGB and small, strip by strip: beside the decoded picture there is never a second one of its size."""
    picture.load()
    size = _fitted(picture.size, edge)
    convert = converter(picture)
    page = Image.new("RGB", size)
    for top in range(0, size[1], STRIP):
        page.paste(_strip(picture, size, top, min(top + STRIP, size[1]), convert), (0, top))
    return page


def _strip(
    picture: Image.Image, size: tuple[int, int], top: int, bottom: int, convert: Callable[[Image.Image], Image.Image]
) -> Image.Image:
    scale = picture.height / size[1]
    begin = max(0, int((top - REACH) * scale) - 1)
    end = min(picture.height, int((bottom + REACH) * scale) + 2)
    part = convert(picture.crop((0, begin, picture.width, end)))
    box = (0, top * scale - begin, part.width, min(bottom * scale - begin, part.height))
    return part.resize((size[0], bottom - top), FILTER, box=box)


def capture_facts(picture: Image.Image, *, placed: bool = False) -> dict[str, str]:
    """When it was taken and with which make of camera, as the file claims; where, only when `placed`."""
    exif = picture.getexif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    found = {
        "taken": inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime),
        "make": exif.get(ExifTags.Base.Make),
        "software": exif.get(ExifTags.Base.Software),
        "place": whereabouts.place(exif) if placed else "",
    }
    return {name: _text(value) for name, value in found.items() if _text(value)}


def _text(value: Any) -> str:
    return "".join(char for char in value if char.isprintable()).strip()[:60] if isinstance(value, str) else ""


def converter(picture: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """What brings this picture or a part of it into RGB: its profile applied, transparency on white, 16 bits to 8."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return _eight_bits
    if picture.has_transparency_data:
        return _on_white
    transform = _profile(picture) if picture.mode in ("RGB", "CMYK") else None
    return lambda part: _profiled(part, transform) if transform else part.convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """16-bit grey; Pillow's own conversion would clip everything above 255 to white."""
    return picture.convert("F").point(lambda value: value * (1 / 257) + 0).convert("L").convert("RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")


def _profile(picture: Image.Image) -> Any:
    """From the picture's colour profile to sRGB; None without one that fits."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), picture.mode, "RGB")
    except (ImageCms.PyCMSError, KeyError, *DAMAGE):
        return None  # the plain conversion is good enough to read


def _profiled(part: Image.Image, transform: Any) -> Image.Image:
    try:
        return ImageCms.applyTransform(part, transform) or part.convert("RGB")
    except (ImageCms.PyCMSError, *DAMAGE):
        return part.convert("RGB")


def shrunk(picture: Image.Image, edge: int) -> Image.Image:
    """A copy whose longer side has at most `edge` pixels."""
    copy = picture.copy()
    copy.thumbnail((edge, edge), FILTER)
    return copy


def jpeg(picture: Image.Image, quality: int = QUALITY) -> bytes:
    """Encoded anew from pixels alone: no EXIF, no profile, no comment. `quality` as libjpeg counts it, to 95."""
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def perceptual_hash(picture: Image.Image) -> str:
    """dHash: which of 8 x 8 spots is brighter than its right neighbour; 16 hex digits, "" for a blank picture."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.BOX)
    spots = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (spots[row * 9 + column] > spots[row * 9 + column + 1])
    return f"{bits:016x}" if bits else ""

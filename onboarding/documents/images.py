"""A picture as it may be shown: turned upright, in plain RGB, without metadata, encoded anew from its pixels."""

from __future__ import annotations

import io
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageOps

from onboarding.documents.problems import Unusable

pillow_heif.register_heif_opener()

MAX_PIXELS = 64_000_000  # a phone's largest ordinary setting is 50 million
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
PAGE_EDGE = 2400  # pixels of the longer side, as shown
THUMBNAIL_EDGE = 320
QUALITY = 85
PILLOW_NAMES = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
# Whatever a damaged file makes the decoders raise.
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, RuntimeError, OverflowError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)


def decode(data: bytes, kind: str, min_edge: int = 0) -> tuple[Image.Image, dict[str, str]]:
    """The upright RGB picture (at most PAGE_EDGE long) and its capture facts; raises Unusable.

    The size is read from the header and judged before any pixel is decoded.
    """
    try:
        with Image.open(io.BytesIO(data), formats=[PILLOW_NAMES[kind]]) as picture:
            _judge(picture.size, min_edge)
            facts = capture_facts(picture)
            if kind == "jpeg":
                picture.draft(picture.mode, (PAGE_EDGE, PAGE_EDGE))  # decodes large ones at a fraction
            return shrunk(plain(ImageOps.exif_transpose(picture)), PAGE_EDGE), facts
    except BOMBS:
        raise Unusable("too_many_pixels") from None
    except DAMAGE:
        raise Unusable("broken") from None


def _judge(size: tuple[int, int], min_edge: int) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise Unusable("too_many_pixels")
    if min(size) < min_edge:
        raise Unusable("too_small", edge=min(size), min_edge=min_edge)


def capture_facts(picture: Image.Image) -> dict[str, str]:
    """When it was taken and with which make of camera, as the file claims. Never where."""
    exif = picture.getexif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    found = {
        "taken": inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime),
        "make": exif.get(ExifTags.Base.Make),
        "software": exif.get(ExifTags.Base.Software),
    }
    return {name: _text(value) for name, value in found.items() if _text(value)}


def _text(value: Any) -> str:
    return "".join(char for char in value if char.isprintable()).strip()[:60] if isinstance(value, str) else ""


def plain(picture: Image.Image) -> Image.Image:
    """In RGB: its colour profile applied, transparency on white, 16 bits brought down to 8."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return _eight_bits(picture).convert("RGB")
    if picture.has_transparency_data:
        with_alpha = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(ground, with_alpha).convert("RGB")
    return _profiled(picture) if picture.mode in ("RGB", "CMYK") else picture.convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """16-bit grey; Pillow's own conversion would clip everything above 255 to white."""
    return picture.convert("F").point(lambda value: value * (1 / 257) + 0).convert("L")


def _profiled(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that does not fit: the plain conversion is good enough to read
    return picture.convert("RGB")


def shrunk(picture: Image.Image, edge: int) -> Image.Image:
    """A copy whose longer side has at most `edge` pixels."""
    copy = picture.copy()
    copy.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return copy


def jpeg(picture: Image.Image) -> bytes:
    """Encoded anew from pixels alone: no EXIF, no profile, no comment."""
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
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

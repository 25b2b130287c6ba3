"""What a file is by its first bytes: never by its name, and never by what the browser says."""

from __future__ import annotations

from django.utils.translation import pgettext

MEDIA_TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "pdf": "application/pdf",
}
LABELS = {"jpeg": "JPG", "png": "PNG", "webp": "WebP", "heic": "HEIC", "pdf": "PDF"}
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
PDF_WITHIN = 1024  # readers accept rubbish before the mark


def kind_of(data: bytes) -> str | None:
    """A key of MEDIA_TYPES, or None for everything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS and b"avif" not in data[8:64]:
        return "heic"
    return "pdf" if b"%PDF-" in data[:PDF_WITHIN] else None


def label(formats: list[str]) -> str:
    """The formats as people call them: JPG, PNG, PDF."""
    return pgettext("between formats", ", ").join(LABELS[one] for one in formats if one in LABELS)


def accept(formats: list[str]) -> str:
    """The same for the `accept` of a file control."""
    return ",".join(MEDIA_TYPES[one] for one in formats if one in MEDIA_TYPES)

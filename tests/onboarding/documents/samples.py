"""Files as people send them, drawn in the test."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from onboarding.documents import heics  # noqa: F401  (HEIC can be saved)


def picture(size=(1600, 1200), seed=0, mode="RGB") -> Image.Image:
    """A paper with something on it; another seed gives another picture."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for number in range(12):
        x = (number * 131 + seed * 37) % size[0]
        y = (number * 71 + seed * 53) % size[1]
        draw.rectangle([x, y, x + size[0] // 7, y + size[1] // 9], fill=(number * 20, (seed * 40) % 255, 90))
    return image.convert(mode)


def encoded(image=None, kind="JPEG", **options) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def upload(data: bytes, name="执照.jpg", media_type="image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, media_type)


def jpeg(seed=0, size=(1600, 1200), **options) -> SimpleUploadedFile:
    return upload(encoded(picture(size, seed), **options))


def pdf(pages=1, size=(595, 842), **options) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, **options)
    for number in range(pages):
        canvas.drawString(72, size[1] / 2, f"page {number + 1}")
        canvas.rect(100, 100, 200, 150, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()

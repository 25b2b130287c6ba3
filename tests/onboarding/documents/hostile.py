"""Files that mean harm or are merely odd, each made here. MARK stands in each where a place for it is: it must never
come out again."""

import io
import struct
import zipfile
import zlib

from PIL import ExifTags, Image, ImageDraw, PngImagePlugin
from pypdfium2 import PdfDocument
from reportlab.lib.pdfencrypt import StandardEncryption

from tests.onboarding.documents import samples

MARK = b"KAITONG-PAYLOAD-7f3a"
WORD = MARK.decode()
SCRIPT = b"<html><body><script>alert('" + MARK + b"')</script></body></html>"
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>" + MARK + b"</script></svg>"
SMALL = (640, 480)


# Pictures -------------------------------------------------------------------------------------------------------
def picture(mode="RGB", size=SMALL) -> Image.Image:
    return samples.picture(size, 3, mode)


def corner(size=SMALL) -> Image.Image:
    """Black in the upper left corner only."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle([0, 0, size[0] // 2, size[1] // 2], fill="black")
    return image


def exif(orientation=1) -> Image.Exif:
    made = Image.Exif()
    made[ExifTags.Base.Orientation] = orientation
    made[ExifTags.Base.ImageDescription] = WORD
    made.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
    made.get_ifd(ExifTags.IFD.GPSInfo)[2] = (39.0, 54.0, 20.0)
    made.get_ifd(ExifTags.IFD.GPSInfo)[29] = WORD
    return made


def turned(orientation: int) -> bytes:
    return samples.encoded(corner(), exif=exif(orientation))


def jpeg(**options) -> bytes:
    return samples.encoded(picture(), "JPEG", exif=exif(), comment=MARK, **options)


def animated(kind: str) -> bytes:
    frames = [samples.picture(SMALL, seed) for seed in range(4)]
    return samples.encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def many_pictures() -> bytes:
    """The multi-picture JPEG of a stereo or portrait camera."""
    frames = [samples.picture(SMALL, seed) for seed in range(3)]
    return samples.encoded(frames[0], "MPO", save_all=True, append_images=frames[1:])


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png(width: int, height: int, body=b"", depth=8, colour=2, extra=b"") -> bytes:
    """Written by hand: the header may promise what is not there."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [chunk(b"IHDR", head), extra, chunk(b"IDAT", body or zlib.compress(b"\0" * 9000)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def zeros(megabytes: int) -> bytes:
    """So many megabytes of zeros, deflated: a thousandth of it."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def bomb(edge: int) -> bytes:
    """A whole picture of zeros: as small as a file of edge x edge pixels can be."""
    packer = zlib.compressobj(9)
    row = bytes(1 + edge * 3)
    body = b"".join(packer.compress(row) for _ in range(edge)) + packer.flush()
    return png(edge, edge, body)


def stuffed_png(kind: bytes, megabytes=200) -> bytes:
    """A small picture beside a compressed text or profile that unpacks to 200 MB."""
    whole = samples.encoded(picture(), "PNG")
    return whole[:33] + chunk(kind, MARK + b"\0\0" + zeros(megabytes)) + whole[33:]


def told_png() -> bytes:
    """With words in it, a profile that is none, and EXIF."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", WORD, zip=True)
    info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{WORD}</x:xmpmeta>")
    return samples.encoded(picture(), "PNG", pnginfo=info, icc_profile=MARK * 20, exif=exif())


def palette() -> bytes:
    return samples.encoded(picture("P"), "PNG", transparency=0)


def grey16() -> bytes:
    return samples.encoded(Image.new("I;16", SMALL, 30_000), "PNG")


def rgb16() -> bytes:
    row = b"\0" + b"\x80\x10\x40\x20\x20\x10" * SMALL[0]
    return png(*SMALL, zlib.compress(row * SMALL[1]), depth=16)


def scans(count: int) -> bytes:
    """A progressive JPEG whose last pass is repeated again and again: work without end in a small file."""
    whole = samples.encoded(samples.picture((4000, 3000)), progressive=True)
    at = whole.rindex(b"\xff\xda")
    return whole[:at] + whole[at:-2] * count + b"\xff\xd9"


def heic(**options) -> bytes:
    return samples.encoded(picture(), "HEIF", **options)


# PDFs -----------------------------------------------------------------------------------------------------------
def raw_pdf(*objects: bytes, trailer=b"/Root 1 0 R") -> bytes:
    """Object 1 is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return out + head + table + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer, len(out))


def stream(body: bytes, words=b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(body), words) + body + b"\nendstream"


TREE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


SQUARE = b"1 0 0 rg 50 50 200 200 re f"


def page_pdf(box=b"0 0 595 842", content=SQUARE, catalogue=b"", page=b"", *more: bytes) -> bytes:
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        TREE,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] /Contents 4 0 R " + page + b" >>",
        stream(content),
        *more,
    )


def packed_pdf(times: int, megabytes: int) -> bytes:
    """A page whose content is zeros, packed once or several times over."""
    body = zeros(megabytes)
    for _ in range(times - 1):
        body = zlib.compress(body, 9)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", TREE]
    filters = b"/Filter [" + b"/FlateDecode " * times + b"]"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    return raw_pdf(*objects, page, stream(body, filters))


def picture_pdf(edge: int) -> bytes:
    """A page with one picture of zeros that states edge x edge pixels."""
    words = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/Filter /FlateDecode" % (edge, edge)
    )
    body = zeros(edge * edge * 3 // (1 << 20) + 1)
    return page_pdf(
        b"0 0 595 842", b"500 0 0 500 0 0 cm /I Do", b"", b"/Resources << /XObject << /I 5 0 R >> >>",
        stream(body, words),
    )  # fmt: skip


def cyclic_pdf() -> bytes:
    """A tree of pages whose branch is its own trunk."""
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 5 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 5 >>",
    )


def nested_forms(depth=12, width=12) -> bytes:
    """Each form draws the next one twelve times: 12 ** 12 squares."""
    forms = [
        stream(
            b"/F Do " * width if number < depth else b"0 0 9 9 re f",
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /F %d 0 R >> >>"
            % (min(number, depth) + 5),
        )
        for number in range(1, depth + 1)
    ]
    return page_pdf(
        b"0 0 595 842", b"/F Do " * width, b"", b"/Resources << /XObject << /F 5 0 R >> >>", *forms
    )  # fmt: skip


def filled_pdf() -> bytes:
    """With scripts, a launch, a file and a form of XML inside."""
    actions = (
        b"/OpenAction << /S /JavaScript /JS (app.alert\\('" + MARK + b"'\\)) >> "
        b"/AA << /WC << /S /Launch /F (" + MARK + b".exe) >> >> "
        b"/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>] >> >> "
        b"/AcroForm << /XFA 5 0 R /Fields [] >>"
    )
    return page_pdf(b"0 0 595 842", SQUARE, actions, b"", stream(MARK * 50))


def locked_pdf(user: str, owner: str) -> bytes:
    return samples.pdf(encrypt=StandardEncryption(user, owner, canPrint=0))


def many_pages(count: int) -> bytes:
    made = PdfDocument.new()
    for _ in range(count):
        made.new_page(595, 842)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", WORD)
    return out.getvalue()


ACCEPTED = "accepted"
WRONG, BROKEN, PIXELS, SMALLISH, HEAVY = "wrong_type", "broken", "too_many_pixels", "too_small", "too_heavy"

FILES = {
    # nothing in it, or something else under this name
    "zero bytes": (lambda: b"", {"empty"}),
    "one byte": (lambda: b"\xff", {WRONG}),
    "NUL bytes": (lambda: bytes(100_000), {WRONG}),
    "GIF": (lambda: samples.encoded(picture("P"), "GIF"), {WRONG}),
    "TIFF": (lambda: samples.encoded(picture(), "TIFF"), {WRONG}),
    "BMP": (lambda: samples.encoded(picture(), "BMP"), {WRONG}),
    "ICO": (lambda: samples.encoded(picture(size=(256, 256)), "ICO"), {WRONG}),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n" + MARK, {WRONG}),
    "zip": (archive, {WRONG}),
    "SVG": (lambda: SVG, {WRONG}),
    "HTML": (lambda: SCRIPT, {WRONG}),
    "program": (lambda: b"MZ" + bytes(300) + MARK, {WRONG}),
    "HTML behind the first bytes of a JPEG": (lambda: b"\xff\xd8\xff\xe0" + SCRIPT, {BROKEN}),
    "SVG behind the first bytes of a PNG": (lambda: b"\x89PNG\r\n\x1a\n" + SVG, {BROKEN}),
    "SVG behind the mark of a PDF": (lambda: b"%PDF-1.4\n" + SVG, {BROKEN}),
    # two things at once
    "JPEG with HTML behind it": (lambda: jpeg() + SCRIPT, {ACCEPTED}),
    "JPEG with a zip behind it": (lambda: jpeg() + archive(), {ACCEPTED}),
    "PNG with a PDF behind it": (lambda: samples.encoded(picture(), "PNG") + filled_pdf(), {ACCEPTED}),
    "PDF behind a GIF": (lambda: b"GIF89a" + MARK + filled_pdf(), {ACCEPTED, BROKEN}),
    "JPEG with a PDF in its comment": (lambda: samples.encoded(picture(), comment=filled_pdf()), {ACCEPTED}),
    # pictures
    "JPEG": (jpeg, {ACCEPTED}),
    "JPEG, progressive": (lambda: jpeg(progressive=True), {ACCEPTED}),
    "JPEG of four inks": (lambda: samples.encoded(picture("CMYK"), comment=MARK), {ACCEPTED}),
    "JPEG with a profile that is none": (lambda: jpeg(icc_profile=MARK * 500), {ACCEPTED}),
    "JPEG of several pictures": (many_pictures, {ACCEPTED}),
    "JPEG cut short": (lambda: jpeg()[:2000], {BROKEN}),
    "JPEG without its end": (lambda: jpeg()[:-2], {ACCEPTED, BROKEN}),
    "JPEG with a thousand passes": (lambda: scans(1000), {ACCEPTED, HEAVY, PIXELS, BROKEN, "too_big"}),
    "JPEG of 65500 x 1000": (lambda: samples.encoded(Image.new("L", (65500, 1000))), {PIXELS}),
    "JPEG of 20000 x 1": (lambda: samples.encoded(Image.new("RGB", (20000, 1))), {SMALLISH}),
    "PNG with words": (told_png, {ACCEPTED}),
    "PNG, animated": (lambda: animated("PNG"), {ACCEPTED}),
    "PNG of 16 bits, grey": (grey16, {ACCEPTED}),
    "PNG of 16 bits, colour": (rgb16, {ACCEPTED}),
    "PNG with a palette and holes": (palette, {ACCEPTED}),
    "PNG, grey with holes": (lambda: samples.encoded(picture("LA"), "PNG"), {ACCEPTED}),
    "PNG of one bit": (lambda: samples.encoded(picture("1"), "PNG"), {ACCEPTED}),
    "PNG cut short": (lambda: samples.encoded(picture(), "PNG")[:900], {BROKEN}),
    "PNG of one pixel": (lambda: samples.encoded(picture(size=(1, 1)), "PNG"), {SMALLISH}),
    "PNG of 20000 x 1": (lambda: samples.encoded(Image.new("RGB", (20000, 1)), "PNG"), {SMALLISH}),
    "PNG of no pixel": (lambda: png(0, 0), {BROKEN, SMALLISH}),
    "PNG that promises 2 thousand million a side": (lambda: png(2**31 - 1, 2**31 - 1), {PIXELS, BROKEN}),
    "PNG that promises 900 million pixels": (lambda: png(30_000, 30_000), {PIXELS}),
    "PNG bomb of 7000 x 7000": (lambda: bomb(7000), {PIXELS}),
    "PNG bomb just within": (lambda: bomb(6000), {ACCEPTED, PIXELS, HEAVY}),
    "PNG with 200 MB of text": (lambda: stuffed_png(b"zTXt"), {ACCEPTED, BROKEN, PIXELS}),
    "PNG with 200 MB of profile": (lambda: stuffed_png(b"iCCP"), {ACCEPTED, BROKEN, PIXELS}),
    "WebP": (lambda: samples.encoded(picture(), "WEBP", exif=exif()), {ACCEPTED}),
    "WebP, animated": (lambda: animated("WEBP"), {ACCEPTED}),
    "WebP cut short": (lambda: samples.encoded(picture(), "WEBP")[:900], {BROKEN}),
    "WebP that promises 16383 x 16383": (
        lambda: b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xfe\x3f\0" * 2, {PIXELS, BROKEN}
    ),
    "HEIC": (lambda: heic(exif=exif()), {ACCEPTED}),
    "HEIC cut short": (lambda: heic()[:1500], {BROKEN}),
    "HEIC of nothing": (lambda: heic()[:40], {BROKEN}),
    **{f"turned {number}": (lambda number=number: turned(number), {ACCEPTED}) for number in range(9)},
    # PDFs
    "PDF": (lambda: samples.pdf(3), {ACCEPTED}),
    "PDF with scripts and files": (filled_pdf, {ACCEPTED}),
    "PDF with a password": (lambda: locked_pdf("secret", "other"), {"encrypted"}),
    "PDF that only forbids": (lambda: locked_pdf("", "owner"), {ACCEPTED}),
    "PDF of 500 pages": (lambda: many_pages(500), {"too_many_pages"}),
    "PDF without a page": (lambda: raw_pdf(b"<< /Type /Catalog >>"), {BROKEN}),
    "PDF of 14400 points": (lambda: page_pdf(b"0 0 14400 14400"), {ACCEPTED}),
    "PDF of no points": (lambda: page_pdf(b"0 0 0 0"), {ACCEPTED, BROKEN}),
    "PDF of a thread": (lambda: page_pdf(b"0 0 14400 1"), {BROKEN}),
    "PDF of a million points": (lambda: page_pdf(b"0 0 1000000 1000000"), {ACCEPTED, BROKEN}),
    "PDF upside down": (lambda: page_pdf(b"595 842 0 0"), {ACCEPTED, BROKEN}),
    "PDF bomb": (lambda: packed_pdf(1, 500), {HEAVY, BROKEN, ACCEPTED}),
    "PDF bomb packed thrice": (lambda: packed_pdf(3, 1500), {HEAVY, BROKEN, ACCEPTED}),
    "PDF with a picture of 20000 x 20000": (lambda: picture_pdf(20_000), {PIXELS}),
    "PDF with a picture just within": (lambda: picture_pdf(6_000), {ACCEPTED, HEAVY, BROKEN}),
    "PDF that bites its tail": (cyclic_pdf, {ACCEPTED, BROKEN, HEAVY}),
    "PDF of forms in forms": (nested_forms, {HEAVY, BROKEN, ACCEPTED}),
    "PDF cut short": (lambda: samples.pdf(3)[:400], {BROKEN}),
    "PDF without its table": (lambda: samples.pdf(1).replace(b"xref", b"XXXX"), {ACCEPTED, BROKEN}),
    # beyond the limit
    "huge": (lambda: jpeg() + bytes(11 << 20), {"too_big"}),
}  # fmt: skip

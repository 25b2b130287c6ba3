"""Intake of one file: each format, each failure with its sentence, and one effect however often it is sent."""

import io
import time
import zlib

import pytest
from django.utils import translation
from PIL import ExifTags, Image
from reportlab.lib.pdfencrypt import StandardEncryption

from onboarding.documents import changes, images, intake
from onboarding.documents.items import may_fill
from onboarding.documents.problems import SENTENCES, Unusable
from onboarding.models import Case, Document, DocumentKind
from portal.gateways.antivirus import EICAR
from portal.models import Rehearsal
from portal.storage import private_files
from tests import make, people
from tests.onboarding.documents import samples


def take(case, kind, upload, by, **more):
    return intake.take(case, kind, upload, by=by, step="identity", **more)


def first_page(document) -> Image.Image:
    page = document.pages.first()
    context = intake.page_context(document.case_id, document.sha256, page.number)
    return Image.open(io.BytesIO(private_files.read(page.file, context)))


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (lambda: samples.encoded(kind="JPEG"), "image/jpeg"),
        (lambda: samples.encoded(kind="PNG"), "image/png"),
        (lambda: samples.encoded(kind="WEBP"), "image/webp"),
        (lambda: samples.encoded(kind="HEIF"), "image/heic"),
        (lambda: samples.pdf(), "application/pdf"),
        (lambda: samples.encoded(samples.picture(mode="CMYK"), "JPEG"), "image/jpeg"),
        (lambda: samples.encoded(samples.picture(mode="P"), "PNG"), "image/png"),
        (lambda: samples.encoded(samples.picture(mode="LA"), "PNG"), "image/png"),
        (lambda: samples.encoded(samples.picture(mode="1"), "PNG"), "image/png"),
    ],
)
def test_each_format_becomes_rgb_pages(case, licence, liu, data, media_type):
    document = take(case, licence, samples.upload(data(), "某.exe", "text/html"), liu)  # name and header do not count
    page = first_page(document)
    assert document.media_type == media_type
    assert (page.format, page.mode) == ("JPEG", "RGB")
    assert not page.getexif() and "icc_profile" not in page.info
    assert len(document.sha256) == 64 and len(document.perceptual_hash) in (0, 16)
    assert case.entries.filter(verb="fact:document_received").count() == 1


def test_sixteen_bits_are_brought_down_not_clipped(case, licence, liu):
    grey = Image.new("I;16", (1600, 1200), 30000)
    page = first_page(take(case, licence, samples.upload(samples.encoded(grey, "PNG")), liu))
    assert abs(page.getpixel((10, 10))[0] - 30000 // 257) < 4


def test_turned_upright_and_no_place_kept(case, licence, liu):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Camera\x00"
    exif[ExifTags.Base.DateTime] = "2026:11:20 10:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[2] = (39.0, 54.0, 0.0)
    document = take(case, licence, samples.upload(samples.encoded(exif=exif)), liu)
    page = document.pages.first()
    assert (page.width, page.height) == (1200, 1600)
    assert document.capture == {"taken": "2026:11:20 10:00:00", "make": "Camera"}
    assert not first_page(document).getexif()


@pytest.mark.duty("sealed-originals")
def test_original_is_sealed(case, licence, liu):
    data = samples.encoded()
    document = take(case, licence, samples.upload(data), liu)
    assert private_files.read(document.original, f"document:{case.pk}:{document.sha256}") == data
    with private_files.storage.open(document.original) as raw:
        assert data[:64] not in raw.read()


def encrypted_pdf():
    return samples.pdf(encrypt=StandardEncryption("secret", canPrint=0))


def png_bomb(width=30_000, height=30_000) -> bytes:
    """A header that promises 900 million pixels, and a little data."""

    def chunk(kind, body):
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: b"", "empty"),
        (lambda: b"GIF89a" + b"\0" * 500, "wrong_type"),
        (lambda: b"PK\x03\x04" + b"\0" * 500, "wrong_type"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "wrong_type"),
        (lambda: samples.encoded()[:4000], "broken"),
        (lambda: samples.encoded(kind="PNG")[:3000], "broken"),
        (lambda: samples.encoded(kind="HEIF")[:2000], "broken"),
        (lambda: b"\xff\xd8\xff" + b"rubbish" * 100, "broken"),
        (lambda: b"%PDF-1.7\nrubbish", "broken"),
        (encrypted_pdf, "encrypted"),
        (lambda: samples.pdf(pages=3), "too_many_pages"),
        (lambda: samples.encoded(samples.picture((900, 600))), "too_small"),
        (png_bomb, "too_many_pixels"),
        (lambda: b"\xff\xd8\xff" + b"\0" * (11 * 1024 * 1024), "too_big"),
        (lambda: EICAR + samples.encoded(), "infected"),
    ],
)
def test_refused_with_its_sentence_and_nothing_kept(case, licence, liu, files, data, code):
    began = time.monotonic()
    with pytest.raises(Unusable) as refusal:
        take(case, licence, samples.upload(data()), liu)
    assert refusal.value.code == code
    assert time.monotonic() - began < 3
    assert not Document.objects.exists() and files() == 0
    assert "%(" not in refusal.value.sentence


def test_no_file_at_all(case, licence, liu):
    with pytest.raises(Unusable, match="missing"):
        take(case, licence, None, liu)


def test_every_sentence_exists_in_both_languages():
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert all(str(sentence) for sentence in SENTENCES.values())


def test_a_scanner_without_an_answer_takes_nothing(case, licence, liu):
    Rehearsal.objects.create(gateway="antivirus", outcome="unavailable")
    with pytest.raises(Unusable, match="not_scanned"):
        take(case, licence, samples.jpeg(), liu)


def test_sent_twice_is_one_document(case, licence, liu, files):
    first = take(case, licence, samples.jpeg(), liu)
    there = files()
    assert there == 3  # original, page, thumbnail
    assert take(case, licence, samples.jpeg(), liu) == first
    assert Document.objects.count() == 1 and files() == there


def test_sent_twice_at_the_same_moment_is_one_document(case, licence, liu, files, monkeypatch):
    real, seen = intake._known, []

    def late(*args):
        seen.append(args)
        return None if len(seen) == 1 else real(*args)

    first = take(case, licence, samples.jpeg(), liu)
    there = files()
    monkeypatch.setattr(intake, "_known", late)  # the first look came too early
    assert take(case, licence, samples.jpeg(), liu) == first
    assert Document.objects.count() == 1 and files() == there


def test_another_picture_replaces_the_first(case, licence, liu):
    old, new = take(case, licence, samples.jpeg(1), liu), take(case, licence, samples.jpeg(2), liu)
    old.refresh_from_db()
    assert old.replaced_at and list(Document.objects.current()) == [new]
    assert old.perceptual_hash != new.perceptual_hash


def test_a_paper_of_two_sides_takes_two_files_and_no_third(case, liu):
    kind = DocumentKind.objects.get(pk="handler_id")
    made = [take(case, kind, samples.jpeg(seed), liu) for seed in (1, 2)]
    assert [document.part for document in made] == [1, 2]
    with pytest.raises(Unusable, match="full"):
        take(case, kind, samples.jpeg(3), liu)
    assert take(case, kind, samples.jpeg(3), liu, part=2).part == 2
    assert Document.objects.current().count() == 2


def test_removed_before_submission(case, licence, liu):
    document = take(case, licence, samples.jpeg(), liu)
    changes.remove(document, by=liu, step="identity")
    assert not Document.objects.current().exists()
    assert case.entries.filter(verb="fact:document_removed").exists()


def test_nothing_after_submission(case, licence, liu, files):
    document = take(case, licence, samples.jpeg(), liu)
    make.put(Case.objects.get(pk=case.pk), "identity_review")
    moved = Case.objects.get(pk=case.pk)
    for attempt in (
        lambda: take(moved, licence, samples.jpeg(5), liu),
        lambda: changes.remove(document, by=liu, step="identity"),
    ):
        with pytest.raises(Unusable, match="locked"):
            attempt()
    assert list(Document.objects.current()) == [document]


def test_near_pictures_have_one_hash_and_blank_ones_none():
    big = samples.picture((1600, 1200), 4)
    assert images.perceptual_hash(big) == images.perceptual_hash(big.resize((800, 600)))
    assert images.perceptual_hash(Image.new("RGB", (90, 90), "white")) == ""


def test_agents_may_bring_papers_reviewers_may_not(case):
    assert not may_fill(case, "identity", people.reviewer())
    assert may_fill(case, "identity", people.somebody("call_centre_agent"))
    assert not may_fill(case, "identity", people.stranger())

"""Whatever is sent gets a defined answer, soon and cheaply; what is served was made anew and carries nothing along."""

import io
import sys

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from onboarding.documents import decoding, intake, sniffing, viewing
from onboarding.documents.names import shown_name
from onboarding.documents.problems import SENTENCES, Unusable
from onboarding.models import Document
from portal.storage import private_files
from tests.onboarding.documents import hostile, memory, samples

MOST_SECONDS = 5
MOST_BYTES = 300 * 1024 * 1024
CHINESE = range(0x4E00, 0x9FFF)
PLAIN_SEGMENTS = {0xC0, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0}  # frame, Huffman, scan, quantisation, restart, JFIF


@pytest.fixture
def anything(licence):
    """A kind that takes every format and up to ten pages."""
    licence.formats, licence.max_pages, licence.min_short_edge, licence.max_mb = list(sniffing.MEDIA_TYPES), 10, 0, 10
    return licence


def segments(jpeg: bytes):
    """The marker of each segment up to the first scan."""
    at = 2
    while jpeg[at] == 0xFF:
        yield jpeg[at + 1]
        if jpeg[at + 1] == 0xDA:
            return
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")


def is_fresh(jpeg: bytes) -> bool:
    """An ordinary JPEG of ours: no EXIF, profile or comment, nothing behind its end, no trace of the payload."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        picture.load()
        clean = picture.format == "JPEG" and picture.mode == "RGB" and not picture.getexif()
        clean = clean and not {"icc_profile", "comment", "exif", "xmp"} & set(picture.info)
    whole = jpeg.endswith(b"\xff\xd9") and jpeg.count(b"\xff\xd9") == 1
    return clean and whole and set(segments(jpeg)) <= PLAIN_SEGMENTS and hostile.MARK not in jpeg


def outcome(case, kind, by, data: bytes, name="执照.jpg"):
    """(code or "accepted", document or None)."""
    try:
        return hostile.ACCEPTED, intake.take(case, kind, samples.upload(data, name), by=by, step="identity")
    except Unusable as problem:
        sentences = {}
        for language in ("en", "zh-hans"):
            with translation.override(language):
                sentences[language] = problem.sentence
        assert all(sentence and "%(" not in sentence for sentence in sentences.values())
        return problem.code, None


@pytest.mark.parametrize("what", hostile.FILES)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_defined_answer_soon_and_cheaply(case, anything, liu, files, what):
    make, expected = hostile.FILES[what]
    data = make()
    with memory.watched() as use:
        code, document = outcome(case, anything, liu, data)
    assert code in expected
    assert use.seconds <= MOST_SECONDS
    assert use.most <= MOST_BYTES, f"{use.most >> 20} MB, of it {use.decoder >> 20} in the decoder"
    if document is None:
        assert not Document.objects.exists() and files() == 0
        return
    pages = list(document.pages.select_related("document__case"))
    assert pages and document.original_name == "执照.jpg"
    for page in pages:
        assert all(is_fresh(private_files.read(name, page.context)) for name in (page.file, page.thumbnail))
        assert is_fresh(viewing.opened(page)) and is_fresh(viewing.opened(page, thumbnail=True))


@pytest.mark.parametrize("orientation", range(9))
def test_turned_upright(orientation):
    made = decoding.decode(hostile.turned(orientation), "jpeg").pages[0]
    with Image.open(io.BytesIO(made.page)) as page:
        wide = page.width > page.height
        dark = [page.getpixel((page.width * x // 4, page.height * y // 4))[0] < 80 for y in (1, 3) for x in (1, 3)]
    places = {0: 0, 1: 0, 2: 1, 3: 3, 4: 2, 5: 0, 6: 1, 7: 3, 8: 2}  # of the black corner, row by row
    assert dark.index(True) == places[orientation] and sum(dark) == 1
    assert wide == (orientation < 5)


def test_only_the_first_frame_is_shown(case, anything, liu):
    code, document = outcome(case, anything, liu, hostile.animated("WEBP"))
    assert code == hostile.ACCEPTED and document.pages.count() == 1


NAMES = [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\liu\\执照.jpg", "执照.jpg"),
    ("gpj.\u202eexe.执照", "gpj.exe.执照"),
    ("a\0b\r\n.jpg", "ab.jpg"),
    ("<img src=x onerror=alert(1)>.jpg", "<img src=x onerror=alert(1)>.jpg"),
    ("面馆🍜.jpg", "面馆🍜.jpg"),
    ("\ud800.jpg", ".jpg"),
    ("", ""),
    (None, ""),
]


@pytest.mark.parametrize(("sent", "shown"), NAMES)
def test_names_are_for_reading_only(sent, shown):
    assert shown_name(sent) == shown


def test_a_long_name_keeps_its_end():
    name = shown_name("照" * 300 + ".jpg")
    assert len(name) == 200 and name.endswith("照.jpg") and "…" in name


@pytest.mark.parametrize(
    "name", ["../../x.jpg", "a\0b.jpg", "\u202egpj.exe", "x" * 300 + ".jpg", "面馆🍜.jpg", "\ud800.jpg"]
)
def test_any_name_can_be_kept(case, anything, liu, name):
    upload = samples.upload(hostile.jpeg())
    upload._name = name  # past Django, which would tidy it
    document = intake.take(case, anything, upload, by=liu, step="identity")
    assert Document.objects.get(pk=document.pk).original_name == shown_name(name)


SMALL = dict.fromkeys(("JPEG", "PNG", "WEBP", "HEIF", "PDF"))


def small(kind: str) -> bytes:
    """An honest file of a few kilobytes, made once."""
    if SMALL[kind] is None:
        SMALL[kind] = samples.pdf() if kind == "PDF" else samples.encoded(samples.picture((160, 120)), kind)
    return SMALL[kind]


@st.composite
def mutated(draw) -> bytes:
    """An honest file with bytes changed, cut out or put in."""
    data = bytearray(small(draw(st.sampled_from(sorted(SMALL)))))
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        how = draw(st.sampled_from(["change", "cut", "insert", "double"]))
        if how == "change":
            data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
        elif how == "cut":
            del data[at : at + draw(st.integers(1, 200))]
        elif how == "insert":
            data[at:at] = draw(st.binary(max_size=40))
        else:
            data[at:at] = data[at : at + draw(st.integers(1, 400))]
    return bytes(data)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=mutated())
def test_no_mutation_raises_anything_else(data):
    kind = sniffing.kind_of(data)
    if kind is None:
        return
    try:
        made = decoding.decode(data, kind, max_pages=3)
    except Unusable as problem:
        assert problem.code in SENTENCES
    else:
        assert all(is_fresh(page.page) and is_fresh(page.thumbnail) for page in made.pages)


# The child process ----------------------------------------------------------------------------------------------
SAY = "import sys; sys.stdin.buffer.read(); "


@pytest.mark.parametrize(
    ("program", "code"),
    [
        (SAY + "import os; os.abort()", "broken"),
        (SAY + "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_heavy"),
        (SAY + "\nwhile True: pass", "too_heavy"),
        (SAY, "broken"),
        (SAY + "print('no JSON')", "broken"),
        (SAY + "print('[]')", "broken"),
        (SAY + 'print(\'{"problem": "made up", "values": {}}\')', "broken"),
        (SAY + 'print(\'{"pages": [], "capture": {}, "hash": ""}\')', "broken"),
        (SAY + 'print(\'{"pages": [{"page": 5, "small": 5, "width": 9, "height": 9}]}\\n<html><html>\')', "broken"),
        (SAY + "import itertools\nfor _ in itertools.count(): sys.stdout.write('x' * 65536)", "too_heavy"),
        ("raise SystemExit(3)", "broken"),
    ],
)
def test_whatever_the_child_does_there_is_an_answer(monkeypatch, program, code):
    monkeypatch.setattr(decoding, "COMMAND", [sys.executable, "-c", program])
    monkeypatch.setattr(decoding, "SECONDS", 1.0)
    with memory.watched() as use, pytest.raises(Unusable) as refusal:
        decoding.decode(hostile.jpeg() * 200, "jpeg")
    assert refusal.value.code == code
    assert use.seconds < MOST_SECONDS and use.most < MOST_BYTES


def test_the_child_gets_no_secrets(monkeypatch):
    told = SAY + (
        "import os, json; code = 'full' if any('KEY' in name for name in os.environ) else 'empty';"
        "print(json.dumps({'problem': code, 'values': {}}))"
    )
    monkeypatch.setenv("DATA_KEYS", "not for children")
    monkeypatch.setattr(decoding, "COMMAND", [sys.executable, "-c", told])
    with pytest.raises(Unusable, match="empty"):
        decoding.decode(hostile.jpeg(), "jpeg")


def test_too_many_at_once_are_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(decoding, "WAIT", 0.01)
    for _ in range(decoding.AT_ONCE):
        decoding._turns.acquire()
    try:
        with pytest.raises(Unusable, match="busy"):
            decoding.decode(hostile.jpeg(), "jpeg")
    finally:
        for _ in range(decoding.AT_ONCE):
            decoding._turns.release()

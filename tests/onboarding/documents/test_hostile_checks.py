"""Whatever intake lets in, no machine check crashes on it or hangs: each ends with an answer, within its time."""

import signal
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from onboarding import reading
from onboarding.documents import decoding, examining, intake, quality, sniffing
from onboarding.documents.doubts import DOUBTS
from onboarding.documents.problems import Unusable
from onboarding.models import Case, Document, Examination, PageMark
from onboarding.screening import CHECKS, NoAnswer, alike, lookalikes, overlay
from onboarding.screening.words import sentence
from onboarding.tasks import examine, marks
from onboarding.tasks.limits import TooSlow
from tests import make, people
from tests.onboarding.documents import hostile, samples
from tests.onboarding.documents.test_hostile_files import mutated

EXAMINED_IN, CHECKED_IN, READ_IN = 10, 20, 30  # seconds of the processor; the jobs' own limits are 60, 45 and 60
MOST = alike.QUARTERS * alike.QUARTER  # bits of a mark
LET_IN = [what for what, (_make, expected) in hostile.FILES.items() if hostile.ACCEPTED in expected]


@contextmanager
def processor(seconds: float):
    """Stops what takes more of the processor, however busy the machine is."""

    def ring(_signal, _frame):
        raise TooSlow

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.fixture
def anything(licence):
    """A kind that takes every format and up to ten pages, kept so: the checks read it from the table."""
    licence.formats, licence.max_pages, licence.min_short_edge, licence.max_mb = list(sniffing.MEDIA_TYPES), 10, 0, 10
    licence.save()
    return licence


@pytest.fixture
def cases(case, liu):
    """Two merchants who send the same file."""
    other = people.stranger()
    return [(case, liu), (make.case("identity", by=other, of=make.merchant(name="虚构市别家面馆有限公司")), other)]


@pytest.fixture
def no_recogniser(monkeypatch):
    monkeypatch.setattr(reading, "available", lambda: False)


def taken(cases, kind, data: bytes) -> list[Document]:
    """The documents; none where intake said no."""
    try:
        return [intake.take(case, kind, samples.upload(data), by=by, step="identity") for case, by in cases]
    except Unusable:
        return []


def outcome(name: str, case: Case):
    """What the check says; no answer is an answer too. Whatever else it raises fails the test, and so does time."""
    with processor(CHECKED_IN):
        try:
            return CHECKS[name].run(Case.objects.select_related("merchant").get(pk=case.pk))
        except NoAnswer:
            return None


@pytest.mark.parametrize("what", LET_IN)
def test_every_check_has_an_answer(cases, anything, no_recogniser, what):
    documents = taken(cases, anything, hostile.FILES[what][0]())
    if not documents:  # some are let in by one version of a decoder and not by another
        assert not Document.objects.exists() and not Examination.objects.exists()
        return
    with processor(EXAMINED_IN):
        assert examine() == len(documents)
    for row in Examination.objects.all():
        assert row.result == "done" and {one["code"] for one in row.findings} <= set(DOUBTS)
    with processor(EXAMINED_IN):
        assert marks() == sum(document.pages.count() for document in documents)
    assert not PageMark.objects.filter(bits=None).exists()
    with processor(CHECKED_IN):
        found = [(one, list(lookalikes.of(one))) for one in Document.objects.select_related("case")]
    assert all(other.case_id != one.case_id for one, others in found for other in others)
    for name in CHECKS:
        result = outcome(name, cases[0][0])
        assert result is None or all("%(" not in str(sentence(one)) for one in result.findings), name


# Pictures as no decoder of ours would hand them on ------------------------------------------------------------------


def noise(size):
    return Image.effect_noise(size, 120).convert("RGB")


def stripes(size, step=2):
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for x in range(0, size[0], step * 2):
        draw.rectangle([x, 0, x + step - 1, size[1]], fill="black")
    return picture


SIZES = [
    (1, 1),
    (1, 2),
    (2, 1),
    (2, 2),
    (3, 3),
    (7, 5),
    (1, 3000),
    (3000, 1),
    (2, 4000),
    (4000, 3),
    (99, 99),
    (1600, 9),
]
PICTURES = {
    **{f"{mode} of {w} x {h}": (lambda w=w, h=h, mode=mode: samples.picture((w, h), 3, mode) if min(w, h) > 9
       else Image.new(mode, (w, h), 1)) for w, h in SIZES for mode in ("RGB", "L")},
    **{mode: (lambda mode=mode: samples.picture((640, 480), 3).convert(mode))
       for mode in ("1", "P", "CMYK", "RGBA", "LA", "I", "F", "YCbCr", "HSV")},
    "16 bits": lambda: Image.new("I;16", (300, 300), 30_000),
    "black": lambda: Image.new("RGB", (1600, 1200)),
    "white": lambda: Image.new("RGB", (1600, 1200), "white"),
    "noise": lambda: noise((1600, 1200)),
    "stripes": lambda: stripes((1600, 1200)),
}  # fmt: skip


@pytest.mark.parametrize("what", PICTURES)
@pytest.mark.parametrize("paper", [True, False])
def test_the_quality_of_any_picture(what, paper):
    with processor(EXAMINED_IN):
        found = quality.judge(PICTURES[what](), paper=paper)
    assert {one.code for one in found} <= set(DOUBTS)
    assert all(str(DOUBTS[one.code].sentence) % one.params for one in found)


@pytest.mark.parametrize("what", PICTURES)
def test_the_mark_of_any_picture(what):
    picture = PICTURES[what]().convert("L")
    with processor(CHECKED_IN):
        bits, asked = alike.mark(picture), alike.marks(picture)
        assert 0 <= bits < 1 << MOST and len(alike.bands([bits])) <= alike.QUARTERS
        _distance, flip, _tilt, windows = alike.nearest(asked, bits)
        mine, other = alike.lying(picture), alike.lying(samples.picture((1600, 1200), 5).convert("L"))
        assert overlay.is_same(mine, windows, alike.flipped(other, flip)) is False
        assert overlay.is_same(other, windows, alike.flipped(mine, flip)) is False


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=mutated())
def test_a_file_with_faults_that_still_opens(data):
    kind = sniffing.kind_of(data)
    try:
        made = decoding.decode(data, kind, max_pages=2) if kind else None
    except Unusable:
        return
    for page in made.pages if made else ():
        judged_and_marked(page.page)


def judged_and_marked(jpeg: bytes) -> None:
    picture = samples.opened(jpeg)
    with processor(EXAMINED_IN):
        assert {one.code for one in quality.judge(picture)} <= set(DOUBTS)
        assert 0 <= alike.mark(picture.convert("L")) < 1 << MOST


@settings(max_examples=60)
@given(width=st.integers(1, 60), height=st.integers(1, 60), data=st.binary(min_size=1, max_size=60))
def test_small_pictures_of_anything(width, height, data):
    whole = (data * (width * height * 3 // len(data) + 1))[: width * height * 3]
    picture = Image.frombytes("RGB", (width, height), whole)
    assert {one.code for one in quality.judge(picture)} <= set(DOUBTS)
    assert 0 <= alike.mark(picture.convert("L")) < 1 << MOST


# The recogniser: about a second a page, so a handful ----------------------------------------------------------------

READ = ["RGB of 1 x 1", "RGB of 4000 x 3", "black", "noise", "stripes"]


@pytest.mark.slow
@pytest.mark.skipif(not reading.available(), reason="the recogniser is left out here (OCR=0)")
@pytest.mark.parametrize("what", READ)
def test_the_recogniser_has_an_answer(what):
    with processor(READ_IN):
        seen = reading.look(PICTURES[what]().convert("RGB"))
        assert all(isinstance(seen.values(paper), dict) for papers in examining.READ.values() for paper in papers)

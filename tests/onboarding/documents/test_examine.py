"""Examining uploads: outside any transaction, once, and whatever happens the merchant goes on."""

import io
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone
from PIL import Image

from desk.demo import numbers
from desk.demo.papers import About, identity, licences
from onboarding import reading
from onboarding.documents import changes, examining, intake
from onboarding.documents.examining import Examined
from onboarding.facts.read import read_values, turned
from onboarding.models import Case, DocumentKind, Examination
from onboarding.tasks import examine
from onboarding.tasks import examining as job
from tests.onboarding.documents import samples

pytestmark = pytest.mark.django_db
NOTHING = Examined([], [], {})
ABOUT = About(
    7, "enterprise", "虚构市远帆有限公司", "远帆", "刘小满", numbers.resident_id(7), "虚构市样例路18号",
    uscc=numbers.credit_code(7, "enterprise"),
)  # fmt: skip
needs_recogniser = pytest.mark.skipif(not reading.available(), reason="the recogniser is left out here (OCR=0)")


@pytest.fixture
def taken(case, files, liu):
    """`taken(image, kind)`: a file that was just uploaded."""

    def take(image=None, kind="business_licence"):
        out = io.BytesIO()
        (image or samples.picture()).convert("RGB").save(out, "JPEG", quality=85)
        row = DocumentKind.objects.get(pk=kind)
        return intake.take(case, row, samples.upload(out.getvalue()), by=liu, step="identity")

    return take


def later() -> None:
    long_ago = timezone.now() - timedelta(minutes=30)
    Examination.objects.filter(result="due").update(due_at=long_ago)
    Examination.objects.exclude(leased_until=None).update(leased_until=long_ago)


def row() -> Examination:
    return Examination.objects.get()


def test_an_upload_is_due_with_its_row_and_rings_once_committed(taken, monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr(intake, "ring", lambda *said: rung.append(said))
    with django_capture_on_commit_callbacks(execute=True):
        document = taken()
        assert (row().document, row().result, rung) == (document, "due", [])
    assert rung == [("onboarding.examine", document.pk)]


@pytest.mark.django_db(transaction=True)
def test_it_works_outside_any_transaction(taken, monkeypatch):
    seen = []
    monkeypatch.setattr(job.examining, "examine", lambda document: seen.append(connection.in_atomic_block) or NOTHING)
    taken()
    assert examine() == 1
    assert (seen, row().result) == ([False], "done")


def test_the_one_that_somebody_waits_for_comes_first(taken, monkeypatch):
    order = []
    monkeypatch.setattr(job.examining, "examine", lambda document: order.append(document.kind) or NOTHING)
    taken()
    second = taken(samples.picture(seed=5), "id_portrait")
    assert examine(second.pk) == 2 and order == ["id_portrait", "business_licence"]


def test_a_fault_is_tried_again_and_ends_as_not_examined(taken, monkeypatch):
    def broken(document):
        raise RuntimeError

    monkeypatch.setattr(job.examining, "examine", broken)
    taken()
    assert examine() == 0 and row().result == "due" and row().due_at > timezone.now()
    later()
    assert examine() == 1 and row().result == "failed" and row().findings == []


def test_a_killed_worker_leaves_it_to_another_and_not_for_ever(taken, monkeypatch):
    taken()
    for _time in range(Examination.MAX_ATTEMPTS):
        assert job.claim(job.waiting(), 1) and examine() == 0  # its worker is gone, the lease still runs
        later()
    monkeypatch.setattr(job.examining, "examine", lambda document: pytest.fail("it kills workers"))
    assert examine() == 1 and row().result == "failed"


def test_out_of_time_twice_is_not_examined(taken, monkeypatch):
    def slow(document):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(job.examining, "examine", slow)
    taken()
    for result in ("due", "failed"):
        with pytest.raises(SoftTimeLimitExceeded):
            examine()
        later()
        assert row().result == result


def test_without_the_recogniser_the_picture_is_judged_alone(taken, monkeypatch):
    monkeypatch.setattr(reading, "available", lambda: False)
    monkeypatch.setattr(reading, "look", lambda image: pytest.fail("nothing to read with"))
    taken(samples.picture().convert("L"))
    examine()
    assert {one["code"] for one in row().findings} >= {"grey_copy"} and row().sealed is None


def test_a_missing_file_is_no_fault_of_the_merchants(taken, monkeypatch):
    document = taken()
    document.pages.update(file="gone")
    examine()
    later()
    examine()
    assert row().result == "failed" and not row().is_doubtful


@needs_recogniser
def test_a_licence_on_its_side_is_read_turned_and_found_again(taken, case):
    specimen = licences.licence(ABOUT, 3)
    document = taken(specimen.image.transpose(Image.Transpose.ROTATE_270))
    examine()
    read = read_values(Case.objects.get(pk=case.pk))
    assert read["merchant.uscc"].value == ABOUT.uscc and read["merchant.name"].value == ABOUT.name
    assert (row().findings, document.pages.get().turn) == ([], 270)
    left, top, right, bottom = specimen.fields["merchant.uscc"].box
    width, height = specimen.image.size
    box = read["merchant.uscc"].box
    assert box[0] <= (left + right) / 2 / width <= box[2] and box[1] <= (top + bottom) / 2 / height <= box[3]
    assert ABOUT.uscc not in str(Examination.objects.values_list("findings", flat=True))


@needs_recogniser
def test_another_paper_is_said_to_be_another(taken):
    taken(identity.emblem(ABOUT, 3).image)
    examine()
    assert [one["code"] for one in row().findings] == ["wrong_kind"]


@needs_recogniser
def test_nothing_to_read_is_said(taken):
    taken(samples.picture())
    examine()
    assert "unreadable" in {one["code"] for one in row().findings}


def test_what_was_read_is_sealed_in_the_database(taken):
    taken()
    values = (
        '[{"field": "name", "value": "虚构市远帆有限公司", "page": 1, "box": [0, 0, 1, 1], "sure": 1, "mended": false}]'
    )
    Examination.objects.update(sealed=values)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM onboarding_examination")
        assert "远帆" not in cursor.fetchone()[0]
    assert row().read[0]["value"] == "虚构市远帆有限公司"


def test_a_taken_out_paper_is_not_read(taken, case, liu):
    document = taken()
    Examination.objects.update(
        result="done",
        sealed='[{"field": "name", "value": "远帆", "page": 1, "box": [0, 0, 1, 1], "sure": 1, "mended": false}]',
    )
    assert read_values(case)["merchant.name"].value == "远帆"
    changes.remove(document, by=liu, step="identity")
    assert read_values(Case.objects.get(pk=case.pk)) == {}


def test_boxes_turn_with_the_page():
    box = (0.1, 0.2, 0.3, 0.25)
    assert turned(turned(box, 90), 270) == pytest.approx(box)
    assert turned(turned(box, 180), 180) == pytest.approx(box)
    assert turned(box, 90) == pytest.approx((0.75, 0.1, 0.8, 0.3))


def test_every_kind_that_is_read_has_names_for_its_fields():
    from onboarding.facts.read import FIELDS

    assert set(examining.READ) == set(FIELDS)

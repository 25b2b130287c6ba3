"""Uploads in pieces: they go on where they stopped, count once, belong to one person, and are limited and swept."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from onboarding import holdings
from onboarding.documents import intake, pieces
from onboarding.documents.problems import Unusable
from onboarding.models import Document, DocumentKind, Merchant, Upload, UploadPiece
from onboarding.tasks import uploads
from portal.models import Rehearsal
from portal.storage import private_files
from tests import people
from tests.onboarding.documents import samples

PIECE = 40_000
KEY = "120000-1764000000000-abc"


@pytest.fixture
def data():
    made = samples.encoded(samples.picture((1600, 1200), 2), "PNG", compress_level=0)[: 1 << 20]
    return samples.encoded(samples.picture((1600, 1200), 2)) + made[:100_000]  # a JPEG with a tail: several pieces


@pytest.fixture
def shop(client, liu):
    client.force_login(liu)
    return client


def place(case, key=KEY, kind="business_licence"):
    return reverse("identity_document_piece", args=[case.ref, kind, key])


def send(client, case, data, offset, key=KEY, size=None, name="执照.jpg", length=PIECE):
    query = f"?offset={offset}&size={len(data) if size is None else size}&name={name}"
    body = data[offset : offset + length]
    return client.post(place(case, key) + query, body, content_type="application/octet-stream")


def send_all(client, case, data, key=KEY):
    answer = client.get(place(case, key)).json()
    while "done" not in answer and "problem" not in answer:
        answer = send(client, case, data, answer["offset"], key).json()
    return answer


def test_piece_by_piece_to_one_document(shop, case, data, files):
    assert send_all(shop, case, data)["done"] == reverse("identity_document", args=[case.ref, "business_licence"])
    document = Document.objects.get()
    assert document.original_name == "执照.jpg"
    assert private_files.read(document.original, document.context) == data
    assert not UploadPiece.objects.exists() and files() == 3  # original, page, thumbnail


def test_goes_on_where_it_stopped(shop, case, data):
    assert send(shop, case, data, 0).json() == {"offset": PIECE}
    assert shop.get(place(case)).json() == {"offset": PIECE}
    page = shop.get(reverse("identity_document", args=[case.ref, "business_licence"])).content.decode()
    assert "执照.jpg" in page and "data-waiting" in page
    assert "done" in send_all(shop, case, data)


def test_a_piece_sent_twice_counts_once(shop, case, data, files):
    for _ in range(2):
        assert send(shop, case, data, 0).json() == {"offset": PIECE}
    assert files() == 1


def test_a_gap_is_not_taken(shop, case, data):
    assert send(shop, case, data, PIECE).json() == {"offset": 0}
    assert not UploadPiece.objects.exists()


def test_the_last_piece_again_is_the_same_paper(shop, case, data):
    send_all(shop, case, data)
    last = len(data) // PIECE * PIECE
    assert "done" in send(shop, case, data, last).json()
    assert Document.objects.count() == 1


def test_taken_out_it_may_come_again(shop, case, data):
    send_all(shop, case, data)
    document = Document.objects.get()
    shop.post(reverse("identity_document_remove", args=[case.ref, document.kind, document.pk]))
    assert "done" in send_all(shop, case, data)
    assert Document.objects.current().count() == 1


def test_sealed_while_it_waits(shop, case, data):
    send(shop, case, data, 0)
    piece = UploadPiece.objects.get()
    with private_files.storage.open(piece.file) as raw:
        assert data[:200] not in raw.read()
    assert private_files.read(piece.file, piece.context) == data[:PIECE]
    assert piece.file in holdings.sealed_files(case)


@pytest.mark.parametrize("who", [people.stranger, people.technician])
def test_strangers_find_nothing(client, case, data, who):
    client.force_login(who())
    assert client.get(place(case)).status_code == 404
    assert send(client, case, data, 0).status_code == 404


def test_a_colleague_does_not_go_on_with_it(shop, case, data):
    send(shop, case, data, 0)
    shop.force_login(people.somebody("call_centre_agent"))
    assert shop.get(place(case)).json() == {"offset": 0}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"size": 99_999_999}, Unusable("too_big", max_mb=10)),
        ({"size": 0, "length": 0}, Unusable("empty")),
        ({"size": 10}, Unusable("broken")),
        ({"size": "x"}, Unusable("broken")),
        ({"size": "9" * 400}, Unusable("broken")),
        ({"length": 0}, Unusable("broken")),
    ],
)
def test_refused_before_anything_is_kept(shop, case, data, files, change, sentence):
    answer = send(shop, case, data, 0, **change)
    assert answer.status_code in (400, 422) and answer.json()["problem"] == sentence.sentence
    assert files() == 0 and not Upload.objects.exists()


def test_a_wrong_type_is_said_after_the_first_piece(shop, case, files):
    answer = send(shop, case, b"GIF89a" + bytes(100_000), 0)
    assert answer.status_code == 422 and files() == 0


def test_a_piece_beyond_the_limit(shop, case, data):
    data = data * 20
    assert send(shop, case, data, 0, length=pieces.MOST_PIECE + 1).status_code == 400
    assert not UploadPiece.objects.exists()


def test_a_broken_file_leaves_nothing(shop, case, files):
    data = b"\xff\xd8\xff" + b"rubbish" * 20_000
    assert send_all(shop, case, data)["problem"] == Unusable("broken").sentence
    assert files() == 0 and shop.get(place(case)).json() == {"offset": 0}


def test_a_scanner_that_is_away_costs_no_second_upload(shop, case, data):
    Rehearsal.objects.create(gateway="antivirus", outcome="unavailable")
    assert send_all(shop, case, data)["problem"] == Unusable("not_scanned").sentence
    Rehearsal.objects.all().delete()
    assert shop.get(place(case)).json() == {"offset": len(data)}
    assert "done" in send(shop, case, data, len(data) // PIECE * PIECE).json()


def test_the_oldest_makes_room(shop, case, data, files):
    for number in range(pieces.MOST_OPEN + 2):
        send(shop, case, data, 0, key=f"a-key-of-its-own-{number}")
    assert Upload.objects.count() == files() == pieces.MOST_OPEN
    assert not Upload.objects.filter(key="a-key-of-its-own-0").exists()


def test_what_nobody_goes_on_with_is_swept(shop, case, data, files, settings):
    send(shop, case, data, 0)
    uploads()
    assert files() == 1
    Upload.objects.update(touched_at=timezone.now() - datetime.timedelta(hours=settings.UPLOAD_HOURS, minutes=1))
    uploads()
    assert files() == 0 and not Upload.objects.exists()


def test_purged_with_its_case(shop, case, data):
    send(shop, case, data, 0)
    holdings.forget_case(case)
    assert not Upload.objects.exists()


def test_a_file_in_pieces_takes_the_place_that_was_asked_for(shop, case, data, liu):
    Merchant.objects.update(beneficial_owner_exempt=False)
    kind = DocumentKind.objects.get(pk="beneficial_owner_id")
    one, two = (intake.take(case, kind, samples.jpeg(number), by=liu, step="identity") for number in (1, 2))
    for offset in range(0, len(data), PIECE):
        query = f"?offset={offset}&size={len(data)}&name=x.jpg&part={one.part}"
        body = data[offset : offset + PIECE]
        shop.post(place(case, KEY, kind.pk) + query, body, content_type="application/octet-stream")
    current = Document.objects.filter(case=case, replaced_at=None).order_by("part")
    assert [row.pk for row in current][1:] == [two.pk] and current[0].pk != one.pk

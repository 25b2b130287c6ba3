"""The page of a paper while it is examined and after: progress, doubt, keeping it anyway."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from onboarding.documents import intake
from onboarding.models import Document, DocumentKind, Examination, Merchant
from tests import people
from tests.onboarding.documents import samples

BLURRED = [{"code": "blurred", "page": 1, "params": {}}]


@pytest.fixture
def document(case, licence, files, liu):
    return intake.take(case, licence, samples.jpeg(), by=liu, step="identity")


@pytest.fixture
def web(client, liu):
    client.force_login(liu)
    client.cookies["django_language"] = "en"
    return client


def found(document, findings=(), **more):
    Examination.objects.filter(document=document).update(result="done", findings=list(findings), **more)


def place(document, what="", *more):
    return reverse(f"identity_document{what}", args=[document.case.ref, document.kind, *more])


def shown(web, document, what="") -> str:
    return web.get(place(document, what)).content.decode()


def test_while_it_is_examined_the_page_asks_again_and_lets_go_on(web, document):
    page = shown(web, document)
    assert "Being checked" in page and "<progress" in page and f'hx-get="{place(document, "_files")}"' in page
    assert "htmx-2" in page and "Go on" in page
    part = shown(web, document, "_files")
    assert "Being checked" in part and "<html" not in part and "hx-get" in part
    found(document)
    part = shown(web, document, "_files")
    assert "Good" in part and "hx-get" not in part and "Being checked" not in part


def test_a_worker_that_is_away_stops_nobody(web, document):
    Document.objects.update(uploaded_at=timezone.now() - timedelta(minutes=10))
    page = shown(web, document)
    assert "Received" in page and "Being checked" not in page and "hx-get" not in page


def test_a_doubt_is_said_with_its_remedy_and_an_example(web, document):
    found(document, BLURRED)
    page = shown(web, document)
    assert "The picture is blurred" in page and "Tap on the print" in page and "<svg viewBox" in page
    assert "Choose another" in page and "Submit it anyway" in page


def test_keeping_it_anyway_is_written_down_once(web, document):
    found(document, BLURRED)
    for _time in range(2):
        assert web.post(place(document, "_keep", document.pk)).status_code == 302
    assert Examination.objects.get().kept_anyway_at
    assert document.case.entries.filter(verb="fact:document_kept").count() == 1
    page = shown(web, document)
    assert "Kept as it is" in page and "Submit it anyway" not in page and "Whoever reviews it sees why" in page


def test_a_good_picture_has_nothing_to_keep(web, document):
    found(document)
    web.post(place(document, "_keep", document.pk))
    assert Examination.objects.get().kept_anyway_at is None


def test_a_failed_examination_looks_like_a_received_file(web, document):
    Examination.objects.update(result="failed")
    page = shown(web, document)
    assert "Received" in page and "Submit it anyway" not in page


def test_what_we_do_not_know_says_nothing(web, document):
    found(document, [{"code": "listed_person", "page": 1, "params": {}}])
    assert "listed_person" not in shown(web, document)


def test_strangers_neither_see_nor_keep(client, document):
    found(document, BLURRED)
    client.force_login(people.stranger())
    assert client.get(place(document, "_files")).status_code == 404
    assert client.post(place(document, "_keep", document.pk)).status_code == 404
    assert Examination.objects.get().kept_anyway_at is None


def test_a_look_changes_nothing(web, document):
    assert web.get(place(document, "_keep", document.pk)).status_code == 405
    assert web.post(place(document, "_files")).status_code == 405


def test_another_one_takes_the_place_of_the_doubtful_file_and_of_no_other(web, case, liu):
    Merchant.objects.update(beneficial_owner_exempt=False)
    kind = DocumentKind.objects.get(pk="beneficial_owner_id")
    one, two = (intake.take(case, kind, samples.jpeg(number), by=liu, step="identity") for number in (1, 2))
    found(one, BLURRED)
    assert f'href="?part={one.part}#id_file"' in shown(web, one)
    html = web.get(f"{place(one)}?part={one.part}").content.decode()
    assert f'name="part" value="{one.part}"' in html and f'data-part="{one.part}"' in html
    assert "takes the place of" in html and "Add it as another page" in html
    web.post(place(one), {"file": samples.jpeg(3), "part": one.part})
    current = Document.objects.filter(case=case, replaced_at=None).order_by("part")
    assert current.count() == 2 and not current.filter(pk=one.pk).exists() and current.last().pk == two.pk


@pytest.mark.parametrize("part", ["9", "", "x", "-1"])
def test_the_place_of_no_file_is_another_page(web, document, part):
    html = web.get(f"{place(document)}?part={part}").content.decode()
    assert "takes the place of" not in html and "data-part" not in html

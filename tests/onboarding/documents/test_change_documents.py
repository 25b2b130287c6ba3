"""Turning a page, taking a paper out and putting it back: while it may be changed, by those who may, written down."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from onboarding.documents import changes, intake, viewing
from onboarding.documents.problems import Unusable
from onboarding.models import Access, Case, Document, Page
from portal.storage import private_files
from tests import make, people
from tests.onboarding.documents import hostile, samples

STEP = "identity"


@pytest.fixture
def document(case, licence, liu):
    licence.min_short_edge = 0
    return intake.take(case, licence, samples.upload(samples.encoded(hostile.corner((640, 480)))), by=liu, step=STEP)


@pytest.fixture
def shop(client, liu):
    client.force_login(liu)
    return client


def url(verb: str, document, *more) -> str:
    return reverse(f"identity_document_{verb}", args=[document.case.ref, document.kind, document.pk, *more])


def page_of(document) -> Page:
    return document.pages.select_related("document__case").get()


def dark_corner(page) -> tuple[bool, bool]:
    """(is it at the right, is it at the bottom) as it is shown."""
    with Image.open(io.BytesIO(viewing.opened(page))) as shown:
        grey = shown.convert("L").resize((2, 2), Image.Resampling.BOX)
        spots = grey.tobytes()
    return bool(spots.index(min(spots)) % 2), spots.index(min(spots)) > 1


@pytest.mark.parametrize(
    ("to", "place", "size"),
    [(90, (True, False), (480, 640)), (180, (True, True), (640, 480)), (270, (False, True), (480, 640))],
)
def test_a_page_is_shown_turned_and_kept_as_it_was(shop, document, to, place, size):
    page, original = page_of(document), private_files.read(document.original, document.context)
    assert dark_corner(page) == (False, False)
    assert shop.post(url("turn", document, 1), {"to": to}).status_code == 302
    turned = page_of(document)
    assert dark_corner(turned) == place and turned.shown_size == size
    assert (turned.file, turned.width) == (page.file, page.width)
    assert private_files.read(document.original, document.context) == original
    assert document.case.entries.filter(verb="fact:document_turned").count() == 1


def test_turning_twice_by_a_double_click_is_once(shop, document):
    for _ in range(2):
        shop.post(url("turn", document, 1), {"to": 90})
    assert page_of(document).turn == 90
    assert document.case.entries.filter(verb="fact:document_turned").count() == 1


@pytest.mark.parametrize("to", ["45", "", "-90", "90.0", "9" * 5000])
def test_only_quarters(shop, document, to):
    assert shop.post(url("turn", document, 1), {"to": to}).status_code == 404
    assert page_of(document).turn == 0


def test_no_such_page(shop, document):
    assert shop.post(url("turn", document, 2), {"to": 90}).status_code == 404


@pytest.mark.parametrize("verb", ["turn", "remove", "restore"])
@pytest.mark.parametrize("who", [people.stranger, people.technician])
def test_404_for_strangers(client, document, verb, who):
    client.force_login(who())
    more = [1] if verb == "turn" else []
    assert client.post(url(verb, document, *more), {"to": 90}).status_code == 404
    assert page_of(document).turn == 0 and Document.objects.current().exists()


def test_nothing_after_it_was_handed_in(document, liu, licence):
    make.put(Case.objects.get(pk=document.case_id), "identity_review")
    for attempt in (
        lambda: changes.turn(page_of(document), 90, by=liu, step=STEP),
        lambda: changes.remove(document, by=liu, step=STEP),
        lambda: changes.restore(document, licence, by=liu, step=STEP),
    ):
        with pytest.raises(Unusable, match="locked"):
            attempt()
    assert page_of(document).turn == 0 and list(Document.objects.current()) == [document]


def test_taken_out_nobody_sees_it_until_it_is_put_back(shop, document, liu):
    shown = reverse("document_page", args=[document.pk, 1])
    answer = shop.post(url("remove", document), follow=True)
    assert url("restore", document) in answer.content.decode()
    for reader in (liu, people.reviewer(), people.administrator()):
        shop.force_login(reader)
        assert shop.get(shown).status_code == shop.get(reverse("document", args=[document.pk])).status_code == 404
    assert not Access.objects.exists()
    shop.force_login(liu)
    answer = shop.post(url("restore", document), follow=True)
    assert url("remove", document) in answer.content.decode() and shop.get(shown).status_code == 200
    facts = document.case.entries.values_list("verb", flat=True)
    assert {"fact:document_removed", "fact:document_restored"} <= set(facts)


def test_its_place_was_taken_meanwhile(shop, document, case, licence, liu):
    shop.post(url("remove", document))
    newer = intake.take(case, licence, samples.jpeg(7), by=liu, step=STEP)
    answer = shop.post(url("restore", document), follow=True)
    assert str(Unusable("full").sentence) in answer.content.decode()
    assert list(Document.objects.current()) == [newer]


def test_what_was_replaced_stays_for_reviewers(client, document, case, licence, liu):
    newer = intake.take(case, licence, samples.jpeg(7), by=liu, step=STEP)
    client.force_login(people.reviewer())
    place = reverse("document", args=[newer.pk])
    assert reverse("document", args=[document.pk]) in client.get(place).content.decode()
    assert client.get(reverse("document_page", args=[document.pk, 1])).status_code == 200
    client.force_login(liu)
    assert reverse("document", args=[document.pk]) not in client.get(place).content.decode()

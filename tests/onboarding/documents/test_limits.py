"""What may be sent stands beside the control before anybody chooses; each refusal has its sentence on the page."""

import json

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.urls import reverse
from django.utils import translation

from onboarding.documents import limits
from onboarding.documents.problems import Unusable
from onboarding.models import Document, DocumentKind
from portal.gateways.antivirus import EICAR
from portal.uploads import Bounded
from tests.onboarding.documents import hostile, samples

LANGUAGES = ["en", "zh-hans"]
FORMATS = {"en": "JPG, PNG, HEIC, PDF", "zh-hans": "JPG、PNG、HEIC、PDF"}


@pytest.fixture
def shop(client, liu):
    client.force_login(liu)
    return client


@pytest.fixture
def place(case):
    return reverse("identity_document", args=[case.ref, "business_licence"])


def shown(client, place, language, file=None, **more) -> str:
    """The page after sending `file`, or before it."""
    client.cookies["django_language"] = language
    answer = client.get(place) if file is None else client.post(place, {**({"file": file} if file else {}), **more})
    assert answer.status_code == 200
    return answer.content.decode()


REFUSALS = {
    "missing": (lambda: "", {}),
    "empty": (lambda: samples.upload(b""), {}),
    "wrong_type": (lambda: samples.upload(b"GIF89a" + bytes(500)), {"formats": FORMATS}),
    "too_big": (lambda: samples.upload(hostile.jpeg() + bytes(11 << 20)), {"max_mb": 10}),
    "encrypted": (lambda: samples.upload(hostile.locked_pdf("secret", "other")), {}),
    "broken": (lambda: samples.upload(samples.encoded()[:4000]), {}),
    "too_many_pages": (lambda: samples.upload(hostile.many_pages(500)), {"pages": 500, "max_pages": 1}),
    "infected": (lambda: samples.upload(EICAR + samples.encoded()), {}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", REFUSALS)
def test_each_refusal_has_its_sentence(shop, place, licence, language, code):
    make, values = REFUSALS[code]
    with translation.override(language):
        if code == "wrong_type":
            values = {"formats": limits.sniffing.label(limits.of(licence).formats)}
        sentence = Unusable(code, **values).sentence
    page = shown(shop, place, language, make())
    assert sentence in page and 'role="alert"' in page
    assert not Document.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limits_stand_there_before_one_chooses(shop, place, licence, language):
    with translation.override(language):
        sentence = limits.of(licence).sentence
    page = shown(shop, place, language)
    assert sentence in page and "10 MB" in sentence and "PDF" in sentence
    assert 'accept="image/jpeg,' in page


def test_the_house_narrows_what_a_kind_allows(shop, place, settings):
    settings.UPLOAD_FORMATS, settings.UPLOAD_MAX_MB, settings.UPLOAD_MAX_PAGES = ["png"], 2, 1
    for kind in DocumentKind.objects.all():
        allowed = limits.of(kind)
        assert (allowed.max_mb, allowed.max_pages) == (2, 1) and set(allowed.formats) <= {"png"}
    with translation.override("zh-hans"):
        refusal = str(Unusable("wrong_type", formats="PNG").sentence)
    assert refusal in shown(shop, place, "zh-hans", samples.jpeg())
    assert "PNG" in shown(shop, place, "zh-hans") and 'accept="image/png"' in shown(shop, place, "zh-hans")


@pytest.mark.parametrize("part", ["9" * 5000, "-1", "٣", "1.5", "999"])
def test_an_odd_part_is_no_fault(shop, place, part):
    assert shop.post(place, {"file": samples.jpeg(), "part": part}).status_code == 302


def test_what_is_beyond_the_limit_is_not_kept(settings, monkeypatch, shop, place):
    settings.UPLOAD_MAX_MB = 1
    kept = []
    monkeypatch.setattr(MemoryFileUploadHandler, "receive_data_chunk", lambda self, data, start: kept.append(len(data)))
    page = shown(shop, place, "en", samples.upload(hostile.jpeg() + bytes(8 << 20)))
    assert "larger than 1 MB" in page
    assert sum(kept) <= 1 << 20


def test_a_file_within_the_limit_passes_untouched():
    handler = Bounded()
    handler.new_file("file", "a.jpg", "image/jpeg", 10)
    assert handler.receive_data_chunk(b"x" * 10, 0) == b"x" * 10 and handler.file_complete(10) is None


def test_addresses_for_scripts_answer_in_json(shop, place):
    answer = shop.get(f"{place}pieces/an-unknown-key/")
    assert json.loads(answer.content) == {"offset": 0}

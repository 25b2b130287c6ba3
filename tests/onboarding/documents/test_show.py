"""Showing pages: only to those who see the case, watermarked, without traces in a browser, each look written down."""

import io

import pytest
from django.urls import reverse
from PIL import Image, ImageChops

from onboarding.documents import intake, viewing
from onboarding.models import Access
from tests import people
from tests.onboarding.documents import samples


@pytest.fixture
def document(case, licence, liu):
    return intake.take(case, licence, samples.jpeg(), by=liu, step="identity")


@pytest.fixture(params=["document_page", "document_thumbnail"])
def url(request, document):
    return reverse(request.param, args=[document.pk, 1])


@pytest.mark.parametrize(
    "who", [people.reviewer, people.senior_reviewer, people.risk_officer, lambda: people.somebody("auditor")]
)
def test_staff_see_it_and_it_is_written_down(client, url, case, who):
    user = who()
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    row = Access.objects.get()
    assert (row.user, row.case_id) == (user, case.pk)
    assert row.what.startswith(("page:", "thumbnail:"))


def test_its_own_merchant_sees_it(client, url, liu):
    client.force_login(liu)
    assert client.get(url).status_code == 200
    assert Access.objects.filter(user=liu).count() == 1


@pytest.mark.parametrize("who", [people.stranger, people.technician, lambda: people.somebody("warehouse_clerk"), None])
def test_404_for_everybody_else(client, url, who):
    if who:
        client.force_login(who())
    answer = client.get(url)
    missing = client.get(reverse("document_page", args=[999_999, 1]))
    assert answer.status_code == missing.status_code == (404 if who else 302)  # without an account: sign in first
    assert not Access.objects.exists()


def test_no_such_page(client, document, liu):
    client.force_login(liu)
    assert client.get(reverse("document_page", args=[document.pk, 2])).status_code == 404


def test_only_get(client, url, liu):
    client.force_login(liu)
    assert client.post(url).status_code == 405


def test_headers(client, url, liu):
    client.force_login(liu)
    answer = client.get(url)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "filename" not in answer["Content-Disposition"]


def test_watermark_is_drawn(client, document, liu):
    client.force_login(liu)
    shown = Image.open(io.BytesIO(client.get(reverse("document_page", args=[document.pk, 1])).content)).convert("RGB")
    plain = samples.picture()
    assert shown.size == plain.size
    changed = ImageChops.difference(shown, plain).convert("L").point(lambda value: 255 if value > 40 else 0)
    assert sum(changed.histogram()[255:]) > shown.width * shown.height // 200
    assert changed.getbbox()[2] - changed.getbbox()[0] > shown.width * 0.9  # all over, not in a corner


def test_words_can_be_drawn():
    assert viewing._stamp(f"{viewing.WORDS} · KT-2345-6789", 24).getbbox()


def test_a_lost_file_is_404(client, document, liu):
    intake.private_files.delete(document.pages.first().file)
    client.force_login(liu)
    assert client.get(reverse("document_page", args=[document.pk, 1])).status_code == 404


def test_all_pages_on_one_page(client, document, liu):
    place = reverse("document", args=[document.pk])
    assert client.get(place).status_code == 302
    client.force_login(people.stranger())
    assert client.get(place).status_code == 404
    client.force_login(liu)
    assert reverse("document_page", args=[document.pk, 1]) in client.get(place).content.decode()

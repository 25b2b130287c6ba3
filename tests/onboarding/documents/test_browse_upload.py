"""An upload in a real browser whose network goes away half way: it goes on by itself, and after the page was closed."""

import os
import time

import pytest
from django.urls import reverse
from PIL import ExifTags, Image

from onboarding.documents import intake
from onboarding.models import Document, DocumentKind, Examination, Merchant, Upload
from tests.onboarding.documents import samples

PATTERN = "**/pieces/**"
LEFT = """new Promise((done) => { const opening = indexedDB.open('kaitong-files', 1); opening.onsuccess = () => {
  const files = opening.result.transaction('files').objectStore('files');
  files.count().onsuccess = (event) => done(event.target.result); }; })"""


@pytest.fixture
def large(tmp_path):
    """A JPEG of a little more than 2 MB, in five pieces."""
    path = tmp_path / "营业执照.jpg"
    path.write_bytes(samples.encoded(samples.picture((1600, 1200), 3)) + bytes(2_200_000))
    os.utime(path, (1_764_000_000, 1_764_000_000))
    return path


@pytest.fixture
def open_page(new_page, case, liu, live_server, client):
    client.force_login(liu)
    session = client.cookies["sessionid"].value

    def make(kind="business_licence", query="", **options):
        page = new_page(width=360, height=800, **options)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(reverse("identity_document", args=[case.ref, kind]) + query)
        return page

    return make


def cut_after(page, posts: int):
    """Let so many pieces through, then the network is gone until `page.unroute`. Counts the pieces that passed."""
    passed = []

    def route(one):
        if len(passed) >= posts:
            return one.abort("internetdisconnected")
        if one.request.method == "POST":
            passed.append(one.request.url)
        return one.continue_()

    page.route(PATTERN, route)
    return passed


def received(page) -> None:
    page.wait_for_selector(".upload.good img.thumb[src*=thumbnails]")


def test_it_goes_on_by_itself(open_page, large):
    page = open_page()
    passed = cut_after(page, 2)
    page.set_input_files("input[type=file]", str(large))
    page.wait_for_function(
        "() => { const words = document.querySelector('[data-offline]');"
        " return words.textContent === words.dataset.offline.replace('{n}', '1.0').replace('{m}', '2.1'); }"
    )
    assert len(passed) == 2 and Upload.objects.get().received == 1024 * 1024
    assert 0 < page.locator("progress").evaluate("bar => bar.value") < 100
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.unroute(PATTERN)
    page.evaluate("dispatchEvent(new Event('online'))")
    received(page)
    assert Document.objects.count() == 1 and Document.objects.get().size == large.stat().st_size


def test_it_goes_on_after_the_page_was_closed(open_page, large):
    page = open_page()
    cut_after(page, 3)
    page.set_input_files("input[type=file]", str(large))
    page.wait_for_function("() => document.querySelector('progress').value > 60")
    page.close()
    again = open_page()
    assert again.locator("[data-waiting]").is_visible()
    passed = cut_after(again, 99)
    again.set_input_files("input[type=file]", str(large))
    received(again)
    assert "offset=1572864" in passed[0] and Document.objects.count() == 1


def test_a_lost_last_reply_makes_one_document(open_page, large):
    page = open_page()
    lost = []

    def route(one):
        is_last = one.request.method == "POST" and "offset=2097152" in one.request.url
        if is_last and not lost:
            lost.append(one.fetch())  # it arrives, its answer does not
            return one.abort("connectionreset")
        return one.continue_()

    page.route(PATTERN, route)
    page.set_input_files("input[type=file]", str(large))
    received(page)
    assert lost[0].ok and Document.objects.count() == 1


def test_too_large_is_said_without_sending(open_page, tmp_path):
    page = open_page()
    passed = cut_after(page, 99)
    path = tmp_path / "大.jpg"
    path.write_bytes(bytes(11 << 20))
    page.set_input_files("input[type=file]", str(path))
    page.wait_for_selector("#problem", state="visible")
    assert "10 MB" in page.inner_text("#problem") and not passed


def test_without_javascript_the_form_sends_it(open_page, large):
    page = open_page(java_script_enabled=False)
    page.set_input_files("input[type=file]", str(large))
    began = time.monotonic()
    page.click("form[data-pieces] button")
    received(page)
    assert Document.objects.count() == 1 and time.monotonic() - began < 15


def test_a_large_photograph_is_shrunk_on_the_phone(open_page, tmp_path):
    path = tmp_path / "相片.jpg"
    grain = Image.effect_noise((4000, 3000), 24).convert("RGB")
    taken = Image.Exif()
    taken[ExifTags.Base.Orientation] = 6  # the camera was held upright: a quarter turn
    taken[ExifTags.Base.DateTime] = "2026:11:20 10:30:00"
    drawn = Image.blend(samples.picture((4000, 3000), 5), grain, 0.5)
    path.write_bytes(samples.encoded(drawn, quality=90, exif=taken))
    assert 1024 * 1024 < path.stat().st_size < 10 * 1024 * 1024
    page = open_page()
    page.set_input_files("input[type=file]", str(path))
    received(page)
    document = Document.objects.get()
    shown = document.pages.get()
    assert document.size < path.stat().st_size / 2 and (shown.width, shown.height) == (1800, 2400)
    assert document.capture["taken"] == "2026:11:20 10:30:00"  # the camera's own facts came along
    assert document.original_name == "相片.jpg"


def test_a_chosen_file_is_kept_when_the_page_is_left(open_page, large):
    """In the same browser nobody has to choose again."""
    page = open_page()
    cut_after(page, 2)
    page.set_input_files("input[type=file]", str(large))
    page.wait_for_function("() => document.querySelector('progress').value > 40")
    page.goto("/")
    page.unroute(PATTERN)
    page.go_back()
    received(page)
    assert Document.objects.get().size == large.stat().st_size
    assert page.evaluate(LEFT) == 0


def test_a_kept_file_still_takes_the_place_it_was_chosen_for(open_page, large, case, liu):
    Merchant.objects.update(beneficial_owner_exempt=False)
    kind = DocumentKind.objects.get(pk="beneficial_owner_id")
    one, two = (intake.take(case, kind, samples.jpeg(number), by=liu, step="identity") for number in (1, 2))
    page = open_page(kind=kind.pk, query=f"?part={one.part}")
    cut_after(page, 2)
    page.set_input_files("input[type=file]", str(large))
    page.wait_for_function("() => document.querySelector('[data-progress] progress').value > 40")
    page.goto("/")
    page.unroute(PATTERN)
    with page.expect_response(lambda answer: "offset=2097152" in answer.url):
        page.goto(reverse("identity_document", args=[case.ref, kind.pk]))  # not the address that names the part
    current = Document.objects.filter(kind=kind.pk, replaced_at=None)
    assert set(current.values_list("part", "size")) == {(one.part, large.stat().st_size), (two.part, two.size)}


def test_a_doubt_comes_by_itself_and_may_be_kept(open_page, large):
    page = open_page()
    page.set_input_files("input[type=file]", str(large))
    page.wait_for_selector(".upload progress")
    Examination.objects.update(result="done", findings=[{"code": "blurred", "page": 1, "params": {}}])
    page.click("text=/Submit it anyway|仍然提交/")
    page.wait_for_load_state()
    assert Examination.objects.get().kept_anyway_at

"""The identity step in a real browser, on a phone: answers, a refused and a good file, a look at it, handing in."""

import pytest
from django.urls import reverse

from onboarding.models import Case, Document
from tests import people
from tests.onboarding.documents import samples


@pytest.fixture
def phone(new_page, filled, liu, live_server, client):
    client.force_login(liu)
    page = new_page(width=360, height=800)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def test_from_answers_to_handing_in(phone, filled, tmp_path):
    good, bad = tmp_path / "照片.jpg", tmp_path / "坏.jpg"
    bad.write_bytes(b"rubbish" * 40)
    phone.goto(reverse("identity_business", args=[filled.ref]))
    phone.fill("#id_registered_address", "虚构市听雨区新路 9 号")
    phone.click("main form button[type=submit]")
    phone.wait_for_url("**/documents/business_licence/")  # the next thing that is missing
    for seed, kind in enumerate(("business_licence", "id_portrait", "id_emblem")):
        phone.goto(reverse("identity_document", args=[filled.ref, kind]))
        phone.set_input_files("input[type=file]", str(bad))
        phone.wait_for_selector(".upload.bad")
        good.write_bytes(samples.encoded(samples.picture(seed=seed)))
        phone.set_input_files("input[type=file]", str(good))
        phone.wait_for_selector(".upload.good img")
        assert phone.evaluate("document.querySelector('.upload.good img').decode().then(() => true)")
        assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    phone.click(".upload.good a.btn")
    phone.wait_for_selector(".viewer img")
    phone.goto(reverse("identity_check", args=[filled.ref]))
    phone.click("form[action$=submit_identity\\/] button")
    phone.wait_for_url(f"**{filled.get_absolute_url()}")
    assert Case.objects.get(pk=filled.pk).state.startswith("identity_")
    assert Document.objects.current().count() == 3


def test_a_reviewer_reads_the_overview(client, filled):
    client.force_login(people.reviewer())
    assert client.get(reverse("identity", args=[filled.ref])).status_code == 200

"""What is typed and not saved is there again: in another browser, for the same person, on the same page only."""

from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from onboarding.models import Merchant
from tests import people

KEEP = "/me/draft/keep_draft/"
TYPED = {"name": "虚构市小满面馆", "registered_address": "样例路 18 号", "is_long_term": "on", "uscc": "9111"}


@pytest.fixture
def path(case):
    return reverse("identity_business", args=[case.ref])


def keep(client, path, **fields):
    body = urlencode({"path": path, **(fields or TYPED)})
    return client.post(KEEP, body, content_type="application/x-www-form-urlencoded").status_code


def test_another_device_shows_what_was_typed(signed_in, liu, path, case):
    assert keep(signed_in, path) == 204
    other = Client()
    other.force_login(liu)
    page = other.get(path)
    assert (
        page.context["restored"] and "样例路 18 号" in page.content.decode() and 'value="9111"' in page.content.decode()
    )
    assert page.context["form"]["is_long_term"].value() is True
    assert Merchant.objects.get(pk=case.merchant_id).name == "", "nothing is saved by typing"


def test_another_page_shows_nothing_of_it(signed_in, path, case):
    keep(signed_in, path)
    assert not signed_in.get(reverse("identity_person", args=[case.ref])).context["restored"]


def test_saving_ends_it(signed_in, path):
    keep(signed_in, path)
    whole = {**TYPED, "uscc": "91110000600037341L", "established_on": "2024-03-18"}
    assert signed_in.post(path, whole).status_code == 302
    assert not signed_in.get(path).context["restored"]


def test_a_stranger_keeps_nothing_and_sees_nothing(signed_in, path, client):
    keep(signed_in, path)
    other = Client()
    other.force_login(people.stranger())
    assert keep(other, path) == 404 and other.get(path).status_code == 404


@pytest.mark.parametrize("place", ["", "/home/", "https://example.com/", "/admin/", "/nowhere/", "x" * 5000])
def test_only_pages_with_answers_are_kept(signed_in, place, db):
    assert keep(signed_in, place) == 404


def test_it_is_sealed(signed_in, path, liu):
    keep(signed_in, path)
    stored = cache.get(f"draft:{liu.pk}:{path}")
    assert stored and "样例路" not in str(stored)


def test_a_colleague_of_the_same_merchant_does_not_see_it(signed_in, path, case):
    keep(signed_in, path)
    colleague = people.merchant()
    case.merchant.memberships.create(user=colleague, role="manager")
    other = Client()
    other.force_login(colleague)
    answer = other.get(path)
    assert answer.status_code != 200 or not answer.context["restored"]


def test_a_page_with_two_forms_gives_each_its_own_back(signed_in, case):
    owners = reverse("identity_owners", args=[case.ref])
    keep(signed_in, owners, **{"owner-name": "刘股东", "owner-share": "30"})
    page = signed_in.get(owners)
    assert page.context["restored"] and page.context["form"]["name"].value() == "刘股东"
    assert page.context["promise"]["exempt"].value() == case.merchant.beneficial_owner_exempt


def test_a_message_that_was_not_sent_is_back(signed_in, filled):
    place = reverse("open_ticket", args=[filled.ref])
    typed = {"priority": "P2", "subject": "打印不清楚", "text": "字很淡"}
    keep(signed_in, place, **typed)
    page = signed_in.get(place)
    assert page.context["restored"] and "字很淡" in page.content.decode()
    assert signed_in.post(place, typed).status_code == 302
    assert not signed_in.get(place).context["restored"]


def test_a_closed_tab_loses_nothing(new_page, liu, path, case):
    page = new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", liu.email)
    page.fill("[name=password]", people.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/home/")
    page.goto(path)
    page.fill("[name=name]", "虚构市小满面馆")
    with page.expect_response(lambda answer: answer.url.endswith(KEEP)) as waiting:
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert waiting.value.status == 204
    page.goto(path)
    expect(page.locator("[name=name]")).to_have_value("虚构市小满面馆")

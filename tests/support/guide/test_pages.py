"""Each page of the guide is there for everybody, in both languages, and says what the tables say."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from onboarding.fees import COST_FLOOR, fee
from onboarding.models import FeePlan, Promise
from support.guide import durations, example
from support.guide.chapters import CHAPTERS, place
from tests import people

pytestmark = pytest.mark.django_db
NAMES = ["guide", *(one.name for one in CHAPTERS)]
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("who", [None, "merchant", "reviewer", "technician", "sales_agent"])
@pytest.mark.parametrize("name", NAMES)
def test_opens_for_everybody(client, name, who):
    if who:
        client.force_login(getattr(people, who)())
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_is_in_the_language_that_was_chosen(client, name):
    chinese = client.get(reverse(name), headers={"accept-language": "zh-CN"}).content.decode()
    english = client.get(reverse(name), headers={"accept-language": "en"}).content.decode()
    assert 'lang="zh-Hans"' in chinese and '<html lang="en"' in english
    assert HAN.search(chinese)


def test_the_language_switch_keeps_the_page(client):
    page = reverse("guide_list") + "?type=micro&premises=mobile&mcc=5814"
    assert f'value="{page.replace("&", "&amp;")}"' in client.get(page).content.decode()


@pytest.mark.parametrize("one", CHAPTERS, ids=lambda one: one.name)
def test_each_chapter_leads_to_the_next(client, one):
    here, page = place(one.name), client.get(reverse(one.name)).content.decode()
    after = reverse(here.after.name) if here.after else reverse("start")
    assert f'class="to" href="{after}"' in page
    assert 'aria-current="page"' in page


def test_a_page_that_is_no_chapter():
    with pytest.raises(KeyError):
        place("guide_nothing")


def test_times_are_the_promises(client):
    Promise.objects.filter(subject="identity_review", tier="low").update(target_hours=6)
    page = client.get(reverse("guide_steps"), headers={"accept-language": "en"}).content.decode()
    assert "within 6 working hours" in page
    assert len(durations.stages()) == 8


@pytest.mark.parametrize(
    ("hours", "clock", "said"),
    [
        (4, "working", "4 working hours"),
        (8, "working", "1 working day"),
        (72, "calendar", "3 days"),
        (2, "calendar", "2 hours"),
    ],
)
def test_hours_in_words(hours, clock, said):
    with translation.override("en"):
        assert durations.length(hours, clock) == said


def test_the_example_is_what_the_calculator_bills():
    rows = example.rows()
    assert rows and all(row.payments for row in rows)
    for row in rows:
        for paid in row.payments:
            assert paid.fee <= fee(paid.amount, paid.rate_ppm)
            assert paid.capped == (paid.fee < fee(paid.amount, paid.rate_ppm))
    assert any(paid.capped for row in rows for paid in row.payments)
    assert [line["rate"] for line in example.floor()] == [one.rate_ppm for one in COST_FLOOR.values()]


def test_nobody_is_ranked():
    shown = [row.plan.pk for row in example.rows()]
    assert shown == [
        pk for pk in FeePlan.objects.order_by("institution", "pk").values_list("pk", flat=True) if pk in shown
    ]


def test_search_engines_read_the_public_pages_only(client):
    rules, places = client.get("/robots.txt"), client.get("/sitemap.xml").content.decode()
    assert rules["Content-Type"].startswith("text/plain")
    assert "Allow: /guide/" in rules.content.decode() and "Disallow: /\n" in rules.content.decode()
    assert all(reverse(name) in places for name in NAMES)
    assert "/admin" not in places


def test_links_to_the_guide_stand_on_the_front_page_and_in_every_foot(client):
    front = client.get("/").content.decode()
    assert reverse("guide_prepare") in front
    client.force_login(people.reviewer())
    assert f'href="{reverse("guide")}"' in client.get(reverse("desk")).content.decode()

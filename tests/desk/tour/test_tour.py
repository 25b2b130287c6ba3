"""The guided tour: whom to sign in as, what to do, where to look; only in the demonstration."""

import pytest
from django.urls import reverse

from desk.demo import people as demo
from desk.tour.tries import TOURS
from onboarding.rules import Who
from tests import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_role_has_its_stops(client, settings, language):
    settings.EMBEDDED = True
    page = client.get(reverse("tour"), headers={"accept-language": language}).content.decode()
    assert all(login in page for _role, login, _password in demo.PEOPLE)
    assert {one.id for one in TOURS} >= {who.value for who in demo.STAFF}


def test_it_is_not_there_where_real_parties_are_connected(client, settings):
    settings.EMBEDDED = False
    assert client.get(reverse("tour")).status_code == 404


def test_the_banner_leads_to_it(client, settings):
    settings.EMBEDDED = True
    assert f'href="{reverse("tour")}"' in client.get("/").content.decode()


@pytest.mark.parametrize("tour", TOURS, ids=lambda one: one.id)
def test_each_role_may_open_what_its_tour_names(client, settings, tour):
    settings.EMBEDDED = True
    settings.STAFF_SECOND_FACTOR = False
    if tour.login:
        staff = demo.staff()
        user = staff[Who(tour.id)] if tour.id in {who.value for who in staff} else people.merchant()
        client.force_login(user)
    for stop in tour.stops:
        if stop.page and stop.page != "home":
            assert client.get(reverse(stop.page), follow=True).status_code == 200, stop.page

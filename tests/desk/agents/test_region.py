"""A sales agent fills in an application for a shop in the regions of the agency, and for no other; the merchant may."""

import pytest
from django.urls import reverse

from onboarding import services
from onboarding.application import services as application
from onboarding.models import Case, Partner, Store
from onboarding.pages import missing_now
from onboarding.services import Missing, NotAllowed, NotNow
from tests import make, people
from tests.onboarding.application.conftest import answer

pytestmark = pytest.mark.django_db
HANGZHOU, SHANGHAI = ("330106", "330000", "330100"), ("310115", "310000", "310100")


@pytest.fixture
def agent():
    return people.sales_agent(partner=people.make_partner(region_codes="330100"))


@pytest.fixture
def case(agent):
    """Brought in by the agent and taken over by its owner, at the application."""
    made = make.case("application", by=people.liu())
    made.opened_by, made.partner, made.channel = agent, agent.partner, "agent"
    made.save(update_fields=["opened_by", "partner", "channel"])
    make.person(made.merchant)
    return Case.objects.select_related("merchant").get(pk=made.pk)


@pytest.fixture
def enter(client):
    def enter(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return enter


def put_shop(client, case, place):
    code, province, city = place
    address = reverse("application_address", args=[case.ref]) + f"?province={province}&city={city}"
    return client.post(address, {"division_code": code, "address": "样例路 18 号 1 层"})


def owner(case):
    return case.merchant.memberships.get().user


def test_inside_of_the_region_it_is_kept(case, agent, enter):
    assert put_shop(enter(agent), case, HANGZHOU).status_code == 302
    assert Store.objects.get().division_code == HANGZHOU[0]


def test_outside_it_is_told_at_the_field_and_nothing_typed_is_lost(case, agent, enter):
    refused = put_shop(enter(agent), case, SHANGHAI)
    assert refused.status_code == 200 and not Store.objects.exists()
    assert "outside of the regions of your agency" in str(refused.context["form"].errors["division_code"])
    page = refused.content.decode()
    assert "样例路 18 号 1 层" in page and f'value="{SHANGHAI[0]}" selected' in page
    with pytest.raises(NotNow, match="outside of the regions"):
        values = {"division_code": SHANGHAI[0], "division_name": "上海市 浦东新区", "address": "样例路 18 号"}
        application.keep(case.pk, "store.address", values, by=agent)


def test_the_merchant_may_put_the_shop_anywhere(case, enter):
    assert put_shop(enter(owner(case)), case, SHANGHAI).status_code == 302
    assert Store.objects.get().division_code == SHANGHAI[0]


def test_the_agent_cannot_complete_what_lies_outside_and_the_merchant_can(case, agent, enter):
    answer(case)
    Store.objects.update(division_code=SHANGHAI[0])
    told = [one for one in services.missing(case, "submit_application", agent) if one.code == "outside_region"]
    assert [(one.who, one.page, one.field) for one in told] == [
        ("sales_agent", "application_address", "field:store.address")
    ]
    assert "outside_region" in [one.code for one in missing_now(case, agent)]
    with pytest.raises(Missing, match="outside of the regions of your agency"):
        services.advance(case.pk, "submit_application", by=agent)
    for other in (owner(case), people.call_centre_agent()):
        assert "outside_region" not in [one.code for one in services.missing(case, "submit_application", other)]
    page = enter(agent).get(case.get_absolute_url()).content.decode()
    assert "outside of the regions of your agency" in page and reverse("application_address", args=[case.ref]) in page
    assert "outside of the regions" not in enter(owner(case)).get(case.get_absolute_url()).content.decode()


def test_inside_nothing_is_missing_for_the_agent_that_is_not_for_the_merchant(case, agent):
    answer(case)
    codes = [one.code for one in services.missing(case, "submit_application", agent)]
    assert codes == [one.code for one in services.missing(case, "submit_application", owner(case))]


@pytest.mark.parametrize("change", [{"active": False}, {"valid_until": "2020-01-01"}])
def test_a_lapsed_agency_enters_nothing(case, agent, enter, change):
    Partner.objects.update(**change)
    answer_ = put_shop(enter(people.fresh(agent)), case, HANGZHOU)
    assert answer_.status_code == 302 and not Store.objects.exists(), "the page is closed to them"
    with pytest.raises(NotAllowed, match="no longer registered"):
        services.advance(case.pk, "submit_application", by=people.fresh(agent))
    assert put_shop(enter(owner(case)), case, HANGZHOU).status_code == 302 and Store.objects.exists()


def test_a_region_that_was_taken_away_binds_at_once(case, agent, enter):
    put_shop(enter(agent), case, HANGZHOU)
    Partner.objects.update(region_codes="110000")
    assert "outside_region" in [one.code for one in services.missing(case, "submit_application", people.fresh(agent))]

"""Sales agents of an agency in good standing bring in merchants of its regions and see only their own."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding.flow import VERBS
from onboarding.models import Case, Partner
from onboarding.rules import Who
from onboarding.services import barred
from tests import make, people
from tests.onboarding.members import handing

pytestmark = pytest.mark.django_db
GOOD = {"type": "sole_trader", "contact_name": "沙金客户", "contact_mobile": "13912345678", "told": "on",
        "region": "330100"}  # fmt: skip


@pytest.fixture
def agent(client):
    user = people.sales_agent()
    client.force_login(user)
    return user


def bring_in(client, **changed):
    return client.post("/agent/new/", {**GOOD, **changed})


def test_a_case_on_site_keeps_agent_and_agency(client, agent):
    answer = bring_in(client)
    case = Case.objects.get()
    assert answer.url == reverse("members", args=[case.ref])
    assert (case.channel, case.opened_by, case.partner) == ("agent", agent, agent.partner)
    handing.claim(Client(), "+8613912345678")
    assert Case.objects.get().channel == "agent" and client.get("/agent/").context["rows"][0].taken_over
    assert bring_in(client).url == answer.url and Case.objects.count() == 1


def test_home_and_menu_lead_to_the_own_list(client, agent):
    assert client.get("/home/").url == "/agent/"
    page = client.get("/agent/").content.decode()
    assert "/agent/new/" in page and client.get("/agent/new/").status_code == 200


@pytest.mark.parametrize("region", ["310100", "330200", "000000", "", "x"])
def test_another_region_is_refused_at_the_field(client, agent, region):
    form = bring_in(client, region=region).context["form"]
    assert set(form.errors) == {"region"} and not Case.objects.exists()


@pytest.mark.parametrize("change", ["ended", "inactive", "none"])
def test_an_agency_that_may_not_act(client, agent, change):
    bring_in(client)
    case = make.put(Case.objects.get(), "identity") or Case.objects.get()
    assert barred(case, VERBS["submit_identity"], people.fresh(agent)) is None
    if change == "ended":
        Partner.objects.update(valid_until=timezone.localdate() - datetime.timedelta(days=1))
    elif change == "inactive":
        Partner.objects.update(active=False)
    else:
        type(agent).objects.filter(pk=agent.pk).update(partner=None)
    assert client.get("/agent/new/").status_code == bring_in(client, contact_mobile="13900000001").status_code == 403
    assert Case.objects.count() == 1 and client.get("/agent/").status_code == 200
    assert barred(case, VERBS["submit_identity"], people.fresh(agent))


def test_the_last_day_still_counts(client, agent):
    Partner.objects.update(valid_until=timezone.localdate())
    assert bring_in(client).status_code == 302


def test_only_the_own_cases(client, agent):
    bring_in(client)
    other = Client()
    other.force_login(people.sales_agent(partner=agent.partner))
    case = Case.objects.get()
    assert list(other.get("/agent/").context["rows"]) == []
    for name in ("case", "members", "registration"):
        assert client.get(reverse(name, args=[case.ref])).status_code == 200
        assert other.get(reverse(name, args=[case.ref])).status_code == 404


def test_other_peoples_merchants_are_hinted_at_and_not_shown(client, agent):
    case = make.case("live")
    answer = bring_in(client, contact_mobile="13800138000")
    page = answer.content.decode()
    assert answer.status_code == 200 and answer.context["hidden"] and not answer.context["known"]
    assert case.ref not in page and "小满面馆" not in page
    assert case.ref not in client.post("/agent/duplicates/", {"contact_mobile": "13800138000"}).content.decode()


def test_nobody_reviews_what_they_brought_in(client):
    both = people.sales_agent("reviewer", "senior_reviewer")
    client.force_login(both)
    bring_in(client)
    case = make.put(Case.objects.get(), "identity_review") or Case.objects.get()
    stranger = people.senior_reviewer()
    for verb in ("approve_identity", "recommend_identity", "return_identity", "reject"):
        assert barred(case, VERBS[verb], both) and barred(case, VERBS[verb], stranger) is None


@pytest.mark.parametrize("role", [who.value for who in Who if who not in (Who.SYSTEM, Who.SALES_AGENT)])
def test_only_sales_agents(client, role):
    client.force_login(people.somebody(role))
    for url in ("/agent/", "/agent/new/"):
        assert client.get(url).status_code == 404
    assert bring_in(client).status_code == 404


def test_strangers_sign_in_first(client):
    assert client.get("/agent/").status_code == client.get("/agent/new/").status_code == 302


def test_agencies_are_a_table_of_the_operations(client):
    manager = people.operations_manager()
    client.force_login(manager)
    row = {"name": "新外包", "filing_number": "WB-9", "valid_until": "2099-01-01", "active": "on"}
    add = reverse("admin:onboarding_partner_add")
    assert client.post(add, {**row, "region_codes": "330106, 12"}).context["errors"]
    assert client.post(add, {**row, "region_codes": "330000，310100"}).status_code == 302
    assert Partner.objects.get().regions == ["330000", "310100"] and Partner.objects.get().covers("330106")
    assert client.get(reverse("admin:onboarding_partner_changelist")).status_code == 200
    client.force_login(people.reviewer())
    assert client.get(add).status_code in (302, 403)

"""Is this agent genuine? The answer names a firm, never a person, and nobody can copy the list."""

import datetime

import pytest

from onboarding.models import Partner
from tests import people

pytestmark = pytest.mark.django_db
PAGE = "/guide/agent/"


@pytest.fixture
def partner() -> Partner:
    values = {"name": "示例外包服务有限公司", "region_codes": "110000 330000", "valid_until": datetime.date(2099, 1, 1)}
    return Partner.objects.create(filing_number="WB-TEST-0001", **values)


def ask(client, number: str, language: str = "en"):
    return client.post(PAGE, {"number": number}, headers={"accept-language": language})


@pytest.mark.parametrize("typed", ["WB-TEST-0001", " wb-test-0001 ", "ＷＢ－ＴＥＳＴ－０００１", "WB-TEST- 0001"])
def test_a_valid_agency_with_its_regions(client, partner, typed):
    answer = ask(client, typed, "zh-CN")
    assert answer.context["answer"].state == "valid"
    assert "示例外包服务有限公司" in answer.content.decode()
    assert "浙江" in answer.content.decode()


def test_no_agent_is_named(client, partner):
    agent = people.sales_agent(partner=partner, name="沙金")
    page = ask(client, "WB-TEST-0001").content.decode()
    assert agent.name not in page and agent.email not in page


@pytest.mark.parametrize("change", [{"active": False}, {"valid_until": datetime.date(2020, 1, 1)}])
def test_an_agency_that_may_not_act_any_more(client, partner, change):
    Partner.objects.update(**change)
    answer = ask(client, "WB-TEST-0001")
    assert answer.context["answer"].state == "ended"
    assert "Sign nothing" in answer.content.decode()


def test_an_unknown_number_says_what_to_do(client):
    page = ask(client, "WB-0").content.decode()
    assert "We do not know this number" in page and "tel:" in page and 'value="WB-0"' in page


def test_a_very_long_number_gets_a_sentence(client):
    answer = ask(client, "9" * 200)
    assert answer.status_code == 200 and "at most 60" in answer.content.decode()


def test_after_ten_questions_it_asks_to_wait(client, partner):
    assert [ask(client, f"WB-{n}").status_code for n in range(10)] == [200] * 10
    refused = ask(client, "WB-TEST-0001")
    assert refused.status_code == 429
    assert "too often" in refused.content.decode() and "示例外包" not in refused.content.decode()


def test_the_page_itself_is_not_counted(client):
    assert [client.get(PAGE).status_code for _ in range(15)] == [200] * 15


def test_nothing_typed_gets_a_sentence(client):
    answer = ask(client, " ")
    assert answer.status_code == 200 and "Enter the filing number" in answer.content.decode()
    assert answer.context.get("answer") is None

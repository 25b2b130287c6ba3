"""Going live: nothing missing, by itself at low risk, by a reviewer otherwise; failing sends the technician again."""

import pytest

from onboarding import services
from onboarding.models import Case
from onboarding.rules import CaseFacts, Facts, requirements
from onboarding.rules.golive import GoLiveFacts
from onboarding.rules.training import TrainingFacts
from tests import make, people

pytestmark = pytest.mark.django_db
CASE = CaseFacts(1, "KT-TEST-0000", "acceptance", 1, "enterprise", "low", "web", 1)


def codes(verb: str, **known) -> set[str]:
    parts = {GoLiveFacts: GoLiveFacts(**known), TrainingFacts: TrainingFacts(), **others()}
    return {one.code for one in requirements(verb, Facts(CASE, parts))}


def others() -> dict:
    """The facts that other apps ask for, all fulfilled."""
    from devices import rules

    return getattr(rules, "ALL_DONE", {})


def test_what_is_missing_is_said_one_by_one():
    assert {"unsigned", "no_mid"} <= codes("go_live")
    assert not {"unsigned", "no_mid"} & codes("go_live", signed=True, has_mid=True)


def test_higher_risk_waits_for_a_person():
    assert codes("go_live:system", by_machine=False) == {"go_live_by_person"}
    assert not codes("go_live:system", by_machine=True)


@pytest.fixture
def nothing_missing(monkeypatch):
    monkeypatch.setattr("onboarding.services.moves.requirements", lambda verb, facts: [])
    monkeypatch.setattr("onboarding.golive.views.missing", lambda case, verb: [])


def test_a_reviewer_switches_live_from_the_page(client, nothing_missing):
    case = make.case("acceptance")
    client.force_login(people.reviewer())
    assert "go_live" in client.get(f"/cases/{case.ref}/acceptance/").content.decode()
    client.post(f"/cases/{case.ref}/go_live/")
    assert Case.objects.get(pk=case.pk).state == "live"


def test_failing_needs_words_and_sends_back(client, nothing_missing, monkeypatch):
    monkeypatch.setattr("onboarding.services.moves.SYSTEM_VERBS", {})
    case = make.case("acceptance")
    client.force_login(people.reviewer())
    assert client.post(f"/cases/{case.ref}/fail_acceptance/", {"note": " "}).status_code == 200
    assert Case.objects.get(pk=case.pk).state == "acceptance"
    client.post(f"/cases/{case.ref}/fail_acceptance/", {"note": "撤销失败"})
    assert Case.objects.get(pk=case.pk).state == "installation"


def test_a_merchant_sees_what_is_missing_and_no_buttons(client):
    owner = people.liu()
    case = make.case("acceptance", by=owner)
    client.force_login(owner)
    shown = client.get(f"/cases/{case.ref}/acceptance/").content.decode()
    assert "fail_acceptance" not in shown and f"/cases/{case.ref}/agreement/" in shown
    assert client.post(f"/cases/{case.ref}/go_live/").status_code == 302
    assert Case.objects.get(pk=case.pk).state == "acceptance"


def test_the_machine_goes_live_by_itself_at_low_risk(nothing_missing):
    assert services.settle(make.case("acceptance").pk) == ["go_live"]

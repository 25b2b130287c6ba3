"""Giving a case to somebody else: who may, with a reason, and both are told on their page."""

import pytest

from onboarding import services
from onboarding.models import Case, Entry, Word, unsealed
from onboarding.services import NotAllowed, NotNow, Refused
from tests import make, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def senior():
    return people.senior_reviewer(name="沈又青")


def body(answer) -> str:
    return answer.content.decode()


def test_both_are_told_on_their_page(case, reviewer, colleague, senior, signed_in, at, page_of):
    services.claim(case.pk, by=reviewer)
    client = signed_in(senior)
    answer = client.post(at("reassign", case), {"to": colleague.pk, "reason": "陈知秋今天休假"}, follow=True)
    assert "何望舒 has the case now and is told." in body(answer)
    assert Case.objects.get(pk=case.pk).assigned_to == colleague
    assert "陈知秋今天休假" in body(answer), "in the timeline"
    for user in (reviewer, colleague):
        page = body(signed_in(user).get(page_of(case)))
        assert "沈又青" in page and "陈知秋今天休假" in page
    entry = Entry.objects.get(case=case, verb="fact:reassigned")
    assert not entry.public and unsealed([entry]) == {entry.seq: "陈知秋今天休假"}
    assert entry.data == {"from": reviewer.pk, "to": colleague.pk}


def test_the_merchant_hears_nothing(case, liu, colleague, senior, signed_in):
    services.reassign(case.pk, to=colleague, by=senior, reason="何望舒接手")
    assert "何望舒" not in body(signed_in(liu).get(case.get_absolute_url()))


def test_a_reason_is_needed_and_what_was_chosen_stays(case, colleague, senior, signed_in, at):
    answer = signed_in(senior).post(at("reassign", case), {"to": colleague.pk, "reason": " "})
    assert answer.status_code == 422
    assert f'value="{colleague.pk}" selected' in body(answer)
    assert Case.objects.get(pk=case.pk).assigned_to is None


@pytest.mark.parametrize("role", ["reviewer", "auditor", "risk_officer"])
def test_others_may_not(role, case, colleague, signed_in, at):
    somebody = people.somebody(role)
    with pytest.raises(NotAllowed):
        services.reassign(case.pk, to=colleague, by=somebody, reason="x")
    answer = signed_in(somebody).post(at("reassign", case), {"to": colleague.pk, "reason": "x"}, follow=True)
    assert "Only a senior reviewer or an operations manager" in body(answer)
    assert not Word.objects.exists()


def test_an_operations_manager_may(case, colleague):
    services.reassign(case.pk, to=colleague, by=people.operations_manager(), reason="x")
    assert Case.objects.get(pk=case.pk).assigned_to == colleague


def test_only_to_somebody_who_may_decide_it(case, reviewer, senior):
    services.add_member(case.merchant, reviewer)
    for user in (people.fresh(reviewer), people.somebody("auditor")):
        with pytest.raises(Refused, match="may not decide this case"):
            services.reassign(case.pk, to=user, by=senior, reason="x")
    services.claim(case.pk, by=senior)
    with pytest.raises(Refused, match="has this case already"):
        services.reassign(case.pk, to=senior, by=senior, reason="x")


def test_only_under_review(liu, colleague, senior):
    case = make.case("application", by=liu)
    with pytest.raises(NotNow):
        services.reassign(case.pk, to=colleague, by=senior, reason="x")


def test_nobody_is_told_what_they_did_themselves(case, senior):
    services.reassign(case.pk, to=senior, by=senior, reason="我来办")
    assert not Word.objects.exists()

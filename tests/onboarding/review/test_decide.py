"""Every decision through its own address: by the right person, the wrong one, and whoever entered the case."""

import pytest
from django.urls import reverse

from onboarding import services
from onboarding.flow import VERBS
from onboarding.models import Case, Consent, Entry, Notice, ReviewPolicy
from tests import make, people

pytestmark = pytest.mark.django_db

MOVES = [
    ("approve_identity", "identity_review", "application"),
    ("recommend_identity", "identity_review", "identity_second_review"),
    ("confirm_identity", "identity_second_review", "application"),
    ("return_identity", "identity_review", "identity_returned"),
    ("return_identity", "identity_second_review", "identity_returned"),
    ("approve_application", "application_review", "signing"),
    ("recommend_application", "application_review", "application_second_review"),
    ("confirm_application", "application_second_review", "signing"),
    ("return_application", "application_review", "application_returned"),
    ("return_application", "application_second_review", "application_returned"),
    ("reject", "identity_review", "rejected"),
    ("reject", "application_second_review", "rejected"),
    ("reopen", "rejected", "identity"),
]
ANSWERS = {"reject": {"reason": "declined", "note": "为何"}, "reopen": {"note": "为何"}}


def standing(liu, verb: str, state: str, by) -> Case:
    case = make.case(state, by=liu)
    make.person(case.merchant)
    for purpose in ("privacy", "identity", "sharing"):
        Consent.objects.create(case=case, purpose=purpose, version="1", language="en", text_sha256="0" * 64)
    if verb.startswith("return"):
        step = verb.removeprefix("return_")
        item = "document:business_licence" if step == "identity" else "field:store.mcc"
        services.mark(case.pk, item, "blurred" if step == "identity" else "mcc_mismatch", by=by)
    return case


def state_of(case) -> str:
    return Case.objects.get(pk=case.pk).state


@pytest.mark.parametrize(("verb", "source", "target"), MOVES)
def test_it_works(verb, source, target, liu, signed_in, at, page_of):
    judge = people.senior_reviewer() if verb == "reopen" else people.reviewer()
    case = standing(liu, verb, source, judge)
    answer = signed_in(judge).post(at(verb, case), ANSWERS.get(verb, {}), follow=True)
    assert answer.redirect_chain == [(page_of(case), 302)]
    assert state_of(case) == target
    assert Entry.objects.filter(case=case, verb=verb, actor=judge).count() == 1


@pytest.mark.parametrize(("verb", "source", "target"), MOVES)
def test_twice_is_once(verb, source, target, liu, signed_in, at):
    judge = people.senior_reviewer() if verb == "reopen" else people.reviewer()
    case = standing(liu, verb, source, judge)
    client, answers = signed_in(judge), {**ANSWERS.get(verb, {}), "seen": f"{source}-1"}
    client.post(at(verb, case), answers)
    client.post(at(verb, case), answers)
    assert state_of(case) == target
    assert Entry.objects.filter(case=case, verb=verb).count() == 1
    entry = Entry.objects.get(case=case, verb=verb)
    assert Notice.objects.filter(entry=entry).count() <= 2


@pytest.mark.parametrize("verb", dict.fromkeys(verb for verb, *_more in MOVES))
def test_asking_changes_nothing(verb, liu, reviewer, signed_in, at):
    source = next(source for name, source, _target in MOVES if name == verb)
    judge = people.senior_reviewer() if verb == "reopen" else reviewer
    case = standing(liu, verb, source, judge)
    answer = signed_in(judge).get(at(verb, case))
    assert answer.status_code == 200
    assert state_of(case) == source


@pytest.mark.parametrize(("verb", "source", "_target"), MOVES)
@pytest.mark.parametrize("role", ["auditor", "support_agent", "warehouse_clerk"])
def test_a_wrong_role_reads_who_decides(verb, source, _target, role, liu, reviewer, signed_in, at):
    case = standing(liu, verb, source, reviewer)
    answer = signed_in(people.somebody(role)).post(at(verb, case), ANSWERS.get(verb, {}), follow=True)
    assert "This is done by:" in answer.content.decode()
    assert state_of(case) == source


@pytest.mark.parametrize(("verb", "source", "_target"), MOVES)
def test_nobody_decides_what_they_entered(verb, source, _target, signed_in, at):
    judge = people.somebody("reviewer", "senior_reviewer", "merchant")
    case = make.case(source, by=judge)
    answer = signed_in(judge).post(at(verb, case), ANSWERS.get(verb, {}), follow=True)
    assert str(services.permissions.NAMED_IN_IT) in answer.content.decode()
    assert state_of(case) == source


@pytest.mark.parametrize("verb", dict.fromkeys(verb for verb, *_more in MOVES))
def test_merchants_and_strangers_never_come_here(verb, liu, reviewer, signed_in, at, client):
    source = next(source for name, source, _target in MOVES if name == verb)
    case = standing(liu, verb, source, reviewer)
    for visitor in (client, signed_in(liu), signed_in(people.stranger())):
        answer = visitor.post(at(verb, case), ANSWERS.get(verb, {}))
        assert answer.status_code == 302
        assert "login" in answer["location"]
    assert state_of(case) == source


@pytest.mark.parametrize("step", ["identity", "application"])
def test_four_eyes(step, liu, reviewer, colleague, signed_in, at):
    case = make.case(f"{step}_review", by=liu, risk_tier="medium")
    first, second = signed_in(reviewer), signed_in(colleague)
    refused = first.post(at(f"approve_{step}", case), follow=True)
    assert "needs two reviewers" in refused.content.decode()
    first.post(at(f"recommend_{step}", case))
    again = first.post(at(f"confirm_{step}", case), follow=True)
    assert "You gave the first opinion" in again.content.decode()
    assert state_of(case) == f"{step}_second_review"
    second.post(at(f"confirm_{step}", case))
    assert state_of(case) in ("application", "signing")


@pytest.mark.duty("hard-gates")
def test_a_hard_gate_blocks_with_a_sentence(case, reviewer, signed_in, at):
    make.check(case, "risk_list", "failed", findings=[{"code": "listed", "params": {"subject": "company"}}])
    answer = signed_in(reviewer).post(at("approve_identity", case), follow=True)
    assert "A check that must pass has not passed" in answer.content.decode()
    assert state_of(case) == "identity_review"


def test_a_decision_on_an_older_round_is_not_taken(case, reviewer, signed_in, at):
    make.put(case, "identity_review", round=2)
    answer = signed_in(reviewer).post(at("approve_identity", case), {"seen": "identity_review-1"}, follow=True)
    assert "A colleague changed this case a moment ago" in answer.content.decode()
    assert state_of(case) == "identity_review"


@pytest.mark.parametrize("answers", [{}, {"reason": "declined"}, {"note": "为何"}, {"reason": "blurred", "note": "x"}])
def test_a_rejection_needs_reason_and_note(answers, case, reviewer, signed_in, at):
    answer = signed_in(reviewer).post(at("reject", case), answers)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert state_of(case) == "identity_review"


def test_an_internal_reason_stays_inside(case, liu, reviewer, signed_in, at):
    answers = {"reason": "list_hit_person", "note": "名单第 7 条"}
    signed_in(reviewer).post(at("reject", case), answers)
    entry = Entry.objects.get(case=case, verb="reject")
    assert entry.data == {"reason": "declined"}
    page = signed_in(liu).get(reverse("case", args=[case.ref])).content.decode()
    for word in ("list_hit_person", "risk list", "名单", "declined"):
        assert word not in page


def test_go_on_when_the_policy_wants_two_even_at_low_risk(case, reviewer, signed_in, page_of):
    ReviewPolicy.objects.filter(merchant_type="enterprise").update(second_review_from="low")
    bar = signed_in(reviewer).get(page_of(case)).context["decisions"]
    assert [one.verb.name for one in bar] == ["recommend_identity", "return_identity", "reject"]


def test_every_decision_has_an_address(at, case):
    for verb in {verb for verb, *_more in MOVES}:
        assert at(verb, case).endswith(f"/{verb}/")
        assert verb in VERBS

"""Every verb from every state: allowed, refused with a sentence, refused to the wrong person."""

import pytest

from onboarding import flow, services
from onboarding.flow import VERBS, State
from onboarding.models import Case, Entry
from onboarding.rules import Who
from onboarding.services import permissions
from tests import make, people

pytestmark = pytest.mark.django_db

# The machine as it was agreed, written apart from flow.py: verb -> {source: target}.
CHECKING = {f"{step}_{stage}" for step in ("identity", "application") for stage in ("review", "second_review")}
AFTER_ORDER = ("delivery", "installation", "training", "acceptance")
BEFORE_ORDER = tuple(str(state) for state in State)[: list(State).index(State.DELIVERY)]
SUSPENDABLE = (
    "identity_second_review", "identity_returned", "application", "application_screening", "application_review",
    "application_second_review", "application_returned", "signing", "ordering", *AFTER_ORDER, "live",
)  # fmt: skip
AGREED = {
    "complete_registration": {"registration": "identity"},
    "submit_identity": {"identity": "identity_screening", "identity_returned": "identity_screening"},
    "finish_identity_screening": {"identity_screening": "identity_review"},
    "pass_identity": {"identity_screening": "application"},
    "approve_identity": {"identity_review": "application"},
    "recommend_identity": {"identity_review": "identity_second_review"},
    "confirm_identity": {"identity_second_review": "application"},
    "return_identity": {"identity_review": "identity_returned", "identity_second_review": "identity_returned"},
    "submit_application": {"application": "application_screening", "application_returned": "application_screening"},
    "finish_application_screening": {"application_screening": "application_review"},
    "pass_application": {"application_screening": "signing"},
    "approve_application": {"application_review": "signing"},
    "recommend_application": {"application_review": "application_second_review"},
    "confirm_application": {"application_second_review": "signing"},
    "return_application": {
        "application_review": "application_returned",
        "application_second_review": "application_returned",
    },
    "sign_agreement": {"signing": "ordering"},
    "revise_application": {"signing": "application"},
    "place_order": {"ordering": "delivery"},
    "cancel_order": {"delivery": "ordering"},
    "confirm_delivery": {"delivery": "installation"},
    "complete_installation": {"installation": "training"},
    "complete_training": {"training": "acceptance"},
    "go_live": {"acceptance": "live"},
    "fail_acceptance": {"acceptance": "installation"},
    "suspend": dict.fromkeys(SUSPENDABLE, "suspended"),
    "resume": {"suspended": "live"},  # the tests suspend from live
    "close": {"live": "closing", "suspended": "closing"},
    "finish_closing": {"closing": "closed"},
    "reject": dict.fromkeys(CHECKING, "rejected"),
    "reopen": {"rejected": "identity", "withdrawn": "identity"},
    "withdraw": {**dict.fromkeys(BEFORE_ORDER, "withdrawn"), **dict.fromkeys(AFTER_ORDER, "closing")},
    "amend_application": dict.fromkeys(("ordering", *AFTER_ORDER), "application"),
}


@pytest.fixture(autouse=True)
def nothing_is_missing(monkeypatch):
    """Requirements are proved step by step elsewhere; here the doors alone are tried, and the system waits."""
    monkeypatch.setattr("onboarding.services.moves.requirements", lambda verb, facts: [])
    monkeypatch.setattr("onboarding.services.moves.SYSTEM_VERBS", {})


def actor(verb: str, case: Case, owner):
    """Somebody who may fire `verb`."""
    who = VERBS[verb].who[0]
    if who is Who.SYSTEM:
        return services.SYSTEM
    return owner if who is Who.MERCHANT else people.somebody(who.value)


def at(state: str, owner) -> Case:
    return make.case(state, by=owner, suspended_from="live" if state == "suspended" else "")


def test_the_machine_has_the_agreed_verbs():
    assert set(VERBS) == set(AGREED)


@pytest.mark.parametrize("verb", sorted(AGREED))
def test_every_verb_from_every_state(verb):
    owner = people.liu()
    for state in State:
        case = at(state, owner)
        by = actor(verb, case, owner)
        target = AGREED[verb].get(str(state))
        if target is None:
            with pytest.raises(services.NotNow) as refused:
                services.advance(case.pk, verb, by=by, note="why")
            assert str(refused.value), "a refusal is a sentence"
            assert Case.objects.get(pk=case.pk).state == state
        else:
            before = case.version
            moved = services.advance(case.pk, verb, by=by, note="why")
            newest = Entry.objects.filter(case=case).last()
            assert (moved.state, newest.verb, newest.source, newest.target) == (target, verb, state, target)
            assert moved.version == newest.seq == before + 1


@pytest.mark.parametrize("verb", sorted(AGREED))
def test_every_verb_by_every_role(verb):
    """Only the people named at the verb may fire it; a merchant only for the own business."""
    source = next(iter(AGREED[verb]))
    owner, allowed = people.liu(), {who.value for who in VERBS[verb].who}
    for role in Who:
        case = at(source, owner)
        by = services.SYSTEM if role is Who.SYSTEM else people.somebody(role.value)
        outsider = role in (Who.MERCHANT, Who.SALES_AGENT)  # strangers to this case
        if role.value in allowed and not outsider:
            services.advance(case.pk, verb, by=by, note="why")
        else:
            with pytest.raises(services.NotAllowed) as refused:
                services.advance(case.pk, verb, by=by, note="why")
            assert str(refused.value)
            assert Case.objects.get(pk=case.pk).state == source


@pytest.mark.parametrize("verb", sorted(name for name, verb in VERBS.items() if verb.needs_note))
def test_a_decision_that_hurts_needs_a_reason(verb):
    owner = people.liu()
    case = at(next(iter(AGREED[verb])), owner)
    with pytest.raises(services.Refused, match="."):
        services.advance(case.pk, verb, by=actor(verb, case, owner), note="  ")


def test_resume_returns_where_it_was():
    owner, officer = people.liu(), people.risk_officer()
    for state in SUSPENDABLE:
        case = at(state, owner)
        services.advance(case.pk, "suspend", by=officer, note="look")
        moved = services.advance(case.pk, "resume", by=officer, note="fine")
        assert (moved.state, moved.suspended_from) == (state, "")


def test_every_state_can_be_left_and_reached():
    """No dead end but `closed`; every state is reachable from registration."""
    edges = {edge for verb in VERBS.values() for edge in verb.edges}
    assert {str(state) for state in State} - {source for source, _target in edges} == {"closed"}
    reached, frontier = set(), {"registration"}
    while frontier:
        reached |= frontier
        frontier = {target for source, target in edges if source in frontier} - reached
    assert reached == {str(state) for state in State}


def test_the_merchant_sees_one_state_of_checking():
    for step in ("identity", "application"):
        shown = {flow.public_state(f"{step}_{stage}") for stage in ("screening", "review", "second_review")}
        assert shown == {f"{step}_checking"}


def test_nobody_decides_what_they_entered_or_are_named_in():
    reviewer = people.reviewer()
    case = make.case("identity_review")
    services.add_member(case.merchant, reviewer)
    with pytest.raises(services.NotAllowed, match=str(permissions.NAMED_IN_IT)):
        services.advance(case.pk, "approve_identity", by=people.fresh(reviewer))


@pytest.mark.duty("four-eyes")
def test_the_second_opinion_is_another_persons():
    first = people.reviewer()
    case = make.case("identity_review")
    services.advance(case.pk, "recommend_identity", by=first)
    with pytest.raises(services.NotAllowed):
        services.advance(case.pk, "confirm_identity", by=first)
    assert services.advance(case.pk, "confirm_identity", by=people.reviewer()).state == "application"

"""The machine with all its rules, without a database: whatever happens in whatever order, nothing is skipped.

The model below knows nothing of the rules' code: it keeps a set of what is done in the world and says itself what each
verb needs. Machine and model must agree about every verb in every situation that hypothesis finds.
"""

import dataclasses

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from devices.rules import AcceptanceFacts, ClosingFacts, InstallationFacts, OrderFacts
from onboarding import flow
from onboarding.flow import SYSTEM_VERBS, VERBS, State, verbs_from
from onboarding.models import Case, Merchant
from onboarding.rules import Facts, requirements
from onboarding.rules.agreement import AgreementFacts
from onboarding.rules.application import ApplicationFacts
from onboarding.rules.doubts import ApplicationDoubts, Doubt, IdentityDoubts
from onboarding.rules.golive import GoLiveFacts
from onboarding.rules.identity import IdentityFacts
from onboarding.rules.papers import Paper
from onboarding.rules.registration import RegistrationFacts
from onboarding.rules.review import ReviewFacts
from onboarding.rules.training import TrainingFacts
from onboarding.rules.watch_list import WatchFacts
from onboarding.services.moves import _nothing_missing

A_PAPER = (Paper("business_licence", "营业执照", "business licence"),)
# What can happen in the world: thing -> [(part of the facts, values when done, values before)].
WORLD = {
    "contact": [
        (RegistrationFacts, {"has_contact": True, "has_mobile": True, "mobile_confirmed": True}, {"has_contact": False})
    ],
    "consents": [(RegistrationFacts, {"consents": frozenset({"privacy", "identity"})}, {"consents": frozenset()})],
    "answers": [(IdentityFacts, {"empty": ()}, {"empty": ("merchant.name",)})],
    "papers": [(IdentityFacts, {"papers": ()}, {"papers": A_PAPER})],
    "answered": [(ReviewFacts, {"due": 0}, {"due": 2})],
    "clean": [(ReviewFacts, {"not_passed": 0}, {"not_passed": 1})],
    "gates": [(ReviewFacts, {"open_gates": ()}, {"open_gates": ("person",)})],
    "matches": [(WatchFacts, {"open": 0, "confirmed": 0}, {"open": 1, "confirmed": 1})],
    "marks": [(ReviewFacts, {"marked": 1}, {"marked": 0})],
    "straight": [(ReviewFacts, {"straight_through": True}, {"straight_through": False})],
    "one_is_enough": [(ReviewFacts, {"second_review": False}, {"second_review": True})],
    "fitting": [
        (part, {"found": ()}, {"found": (Doubt("licence_soon"),)}) for part in (IdentityDoubts, ApplicationDoubts)
    ],
    "questions": [(ApplicationFacts, {"empty": ()}, {"empty": ("store.name",)})],
    "permits": [(ApplicationFacts, {"papers": ()}, {"papers": A_PAPER})],
    "signer": [(AgreementFacts, {"signer_reachable": True}, {"signer_reachable": False})],
    "signature": [(part, {"signed": True}, {"signed": False}) for part in (AgreementFacts, GoLiveFacts)],
    "sharing": [(AgreementFacts, {"sharing_consented": True}, {"sharing_consented": False})],
    "choice": [(OrderFacts, {"wanted": 1, "way": "technician"}, {"wanted": 0, "way": ""})],
    "payment": [(OrderFacts, {"paid": True}, {"paid": False})],
    "hand_over": [(OrderFacts, {"at_hand": True, "allocated": 1}, {"at_hand": False, "allocated": 0})],
    "visit": [(InstallationFacts, {"visit": "completed"}, {"visit": ""})],
    "course": [(TrainingFacts, {"untrained": ()}, {"untrained": ("basics",)})],
    "mid": [(GoLiveFacts, {"has_mid": True}, {"has_mid": False})],
    "policy": [(GoLiveFacts, {"by_machine": True}, {"by_machine": False})],
    "tests": [(AcceptanceFacts, {"terminals": 1, "open": 0}, {"terminals": 1, "open": 3})],
    "devices_back": [(ClosingFacts, {"terminals_out": 0}, {"terminals_out": 1})],
}  # fmt: skip
DECIDE = {"gates", "!marks", "matches"}
NEEDS = {
    "complete_registration": {"contact", "consents"},
    "reopen": {"contact", "consents"},  # it leads behind the registration, so it asks for the same
    "submit_identity": {"answers", "papers", "fitting"},
    "submit_application": {"questions", "permits", "fitting"},
    "sign_agreement": {"signer", "signature", "sharing"},
    "place_order": {"choice", "payment"},
    "confirm_delivery": {"hand_over"},
    "complete_installation": {"visit"},
    "complete_training": {"course"},
    "go_live": {"signature", "mid", "tests", "course"},
    "finish_closing": {"devices_back"},
    **{f"finish_{step}_screening": {"answered"} for step in ("identity", "application")},
    **{
        f"pass_{step}": {"answered", "clean", "straight", "one_is_enough", "matches"}
        for step in ("identity", "application")
    },
    **{f"approve_{step}": DECIDE | {"one_is_enough"} for step in ("identity", "application")},
    **{f"recommend_{step}": DECIDE for step in ("identity", "application")},
    **{f"confirm_{step}": DECIDE for step in ("identity", "application")},
    **{f"return_{step}": {"marks"} for step in ("identity", "application")},
}
BY_THE_SYSTEM = {"go_live": {"policy"}}
# Whoever is live has passed one verb of each of these.
MILESTONES = [
    {"complete_registration", "reopen"},
    {"submit_identity"},
    {"pass_identity", "approve_identity", "confirm_identity"},
    {"submit_application"},
    {"pass_application", "approve_application", "confirm_application"},
    {"sign_agreement"},
    {"place_order"},
    {"confirm_delivery"},
    {"complete_installation"},
    {"complete_training"},
    {"go_live"},
]
FORWARD = [verb for group in MILESTONES for verb in sorted(group) if verb != "reopen"]


class World:
    """A case without a row, and what is done around it."""

    def __init__(self) -> None:
        self.case = Case(pk=1, ref="KT-7Q4M-2HX9", merchant=Merchant(pk=1, type="enterprise"))
        self.done: set[str] = set()
        self.walked: list[str] = []

    def facts(self) -> Facts:
        parts: dict[type, object] = {}
        for thing, places in WORLD.items():
            for part, done, before in places:
                known = parts.get(part) or part()
                parts[part] = dataclasses.replace(known, **(done if thing in self.done else before))
        return Facts(self.case.facts(), parts)

    def may(self, verb: str, system: bool = False) -> bool:
        """What the model says."""
        needs = NEEDS.get(verb, set()) | (BY_THE_SYSTEM.get(verb, set()) if system else set())
        return all((need[1:] not in self.done) if need[0] == "!" else (need in self.done) for need in needs)

    def fire(self, verb: str) -> None:
        flow.fire(self.case, verb)
        if verb == "resume":
            self.case.suspended_from = ""
        if self.case.state.endswith("_screening"):  # new checks are planned; old marks were sent or forgotten
            self.done -= {"answered", "clean", "gates", "marks"}
        self.walked.append(verb)
        self.settle()

    def settle(self) -> None:
        """As services.settle does."""
        ripe = [verb for verb in SYSTEM_VERBS.get(self.case.state, ()) if _nothing_missing(verb, self.facts())]
        assert ripe == [verb for verb in SYSTEM_VERBS.get(self.case.state, ()) if self.may(verb, system=True)]
        if ripe:
            self.fire(ripe[0])

    def make_possible(self, verb: str) -> None:
        for need in NEEDS.get(verb, set()):
            self.done.discard(need[1:]) if need[0] == "!" else self.done.add(need)


class Machine(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.world = World()

    @rule(thing=st.sampled_from(sorted(WORLD)))
    def happens(self, thing: str) -> None:
        self.world.done.add(thing)
        self.world.settle()

    @rule(thing=st.sampled_from(sorted(WORLD)))
    def is_undone(self, thing: str) -> None:
        self.world.done.discard(thing)
        self.world.settle()

    @rule(verb=st.sampled_from(sorted(VERBS)))
    def somebody_tries(self, verb: str) -> None:
        """Any verb from any state: it works where the edge exists and nothing is missing, and not otherwise."""
        world, before = self.world, str(self.world.case.state)
        if before not in VERBS[verb].sources:
            with pytest.raises(flow.TransitionNotAllowed):
                flow.fire(world.case, verb)
            assert world.case.state == before
        elif not requirements(verb, world.facts()):
            world.fire(verb)

    @precondition(lambda self: any(verb.name in FORWARD for verb in verbs_from(self.world.case.state)))
    @rule(data=st.data())
    def goes_on(self, data) -> None:
        """A step in the good direction, so that the far states are visited too."""
        verb = data.draw(
            st.sampled_from([one.name for one in verbs_from(self.world.case.state) if one.name in FORWARD])
        )
        self.world.make_possible(verb)
        before = self.world.case.state
        self.world.settle()
        if self.world.case.state == before:
            self.world.fire(verb)

    @invariant()
    def machine_and_model_agree(self) -> None:
        world = self.world
        for verb in verbs_from(world.case.state):
            found = requirements(verb.name, world.facts())
            assert (not found) == world.may(verb.name), f"{verb.name}: {[one.code for one in found]}, {world.done}"
            assert all(str(one.sentence) and one.code and one.who for one in found), "a refusal is a sentence"

    @invariant()
    def nothing_was_skipped(self) -> None:
        if self.world.case.state == State.LIVE:
            assert all(group & set(self.world.walked) for group in MILESTONES), self.world.walked

    @invariant()
    def only_closed_is_the_end(self) -> None:
        assert (not verbs_from(self.world.case.state)) == (self.world.case.state == State.CLOSED)


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)


# Beside what hypothesis finds: every path, exhaustively -----------------------------------------------------------


def steps_from(place: tuple[str, str], without: set[str]) -> set[tuple[str, str]]:
    """(state, suspended_from) after each verb that leads out of `place`; requirements aside."""
    reached = set()
    for verb in verbs_from(place[0]):
        if verb.name not in without:
            case = Case()
            case.__dict__.update(state=place[0], suspended_from=place[1])
            flow.fire(case, verb.name)
            reached.add((str(case.state), "" if verb.name == "resume" else case.suspended_from))
    return reached


def reachable(without: set[str]) -> set[str]:
    seen, frontier = set(), {(str(State.REGISTRATION), "")}
    while frontier:
        seen |= frontier
        frontier = {after for place in frontier for after in steps_from(place, without)} - seen
    return {state for state, _suspended_from in seen}


def test_every_state_is_reachable():
    assert reachable(set()) == {str(state) for state in State}


@pytest.mark.duty("kyc-before-service")
@pytest.mark.parametrize("milestone", MILESTONES, ids=lambda group: "_or_".join(sorted(group)))
def test_no_path_to_live_leads_around_a_milestone(milestone):
    """Also not through suspending and resuming, withdrawing and reopening, amending, failing."""
    assert str(State.LIVE) not in reachable(milestone)


def test_the_control_a_way_around_would_be_seen(monkeypatch):
    """With a back door in the machine the test above fails."""
    monkeypatch.setattr(f"{__name__}.steps_from", lambda place, without: {("live", "")})
    assert str(State.LIVE) in reachable({"go_live"})


# Early facts --------------------------------------------------------------------------------------------------------


def at_ordering(*early: str) -> World:
    world = World()
    world.case.__dict__["state"] = str(State.ORDERING)
    world.done = {"signature", "signer", "sharing", "choice", "payment", *early}
    return world


def test_training_while_the_parcel_travels():
    world = at_ordering("course")
    world.fire("place_order")
    assert world.case.state == State.DELIVERY
    world.done |= {"hand_over"}
    world.settle()
    assert world.case.state == State.INSTALLATION
    world.done |= {"visit"}
    world.settle()
    assert world.walked[-2:] == ["complete_installation", "complete_training"], "training was settled by the early fact"
    assert world.case.state == State.ACCEPTANCE


def test_one_visit_may_do_it_all():
    """The technician carries the terminal in, installs, trains and tests; one fact each, one entry each."""
    world = at_ordering("hand_over", "visit", "course", "tests", "mid", "policy")
    world.fire("place_order")
    assert world.walked == ["place_order", "confirm_delivery", "complete_installation", "complete_training", "go_live"]


def test_higher_risk_waits_for_a_person_before_live():
    world = at_ordering("hand_over", "visit", "course", "tests", "mid")
    world.fire("place_order")
    assert world.case.state == State.ACCEPTANCE
    assert world.may("go_live") and not world.may("go_live", system=True)

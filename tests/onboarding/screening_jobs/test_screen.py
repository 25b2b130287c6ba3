"""Machine checks: run outside any transaction, once, never holding a case up."""

import dataclasses
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone

from onboarding import screening, services, tasks
from onboarding.facts import review
from onboarding.models import Case, Check, Entry, Step
from onboarding.screening import NoAnswer, Outcome
from onboarding.tasks import screening as job
from tests import make, people

pytestmark = pytest.mark.django_db
PASSED = Outcome(Check.Result.PASSED)


@pytest.fixture
def checks(monkeypatch):
    """`checks(name=function)`: the only checks there are, all of the identity step."""

    def only(**functions):
        known = {name: screening.registry.One(name, Step.IDENTITY, name, run) for name, run in functions.items()}
        monkeypatch.setattr(screening.registry, "CHECKS", known)
        monkeypatch.setattr(job, "CHECKS", known)
        return known

    return only


def submitted() -> Case:
    """A case as it stands when its papers have just been handed in."""
    case = make.case("identity_screening")
    screening.plan(case, Step.IDENTITY)
    return case


def later() -> None:
    long_ago = timezone.now() - timedelta(minutes=30)
    Check.objects.filter(result="due").update(due_at=long_ago)
    Check.objects.exclude(leased_until=None).update(leased_until=long_ago)


def result() -> str:
    return Check.objects.get(stale=False).result


def test_the_last_answer_moves_the_case(checks):
    checks(one=lambda case: PASSED, two=lambda case: Outcome.of({"code": "differs", "params": {}}))
    case = submitted()
    assert tasks.screen() == 2
    assert Case.objects.get(pk=case.pk).state == "identity_review"
    two = Check.objects.get(name="two")
    assert (two.result, two.findings, two.leased_until) == ("warning", [{"code": "differs", "params": {}}], None)
    assert two.done_at


@pytest.mark.django_db(transaction=True)
def test_a_check_runs_outside_any_transaction(checks):
    seen = []
    checks(one=lambda case: seen.append(connection.in_atomic_block) or PASSED)
    submitted()
    tasks.screen()
    assert seen == [False]


def test_planning_rings_once_committed(checks, monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr(screening, "ring", rung.append)
    checks(one=lambda case: PASSED)
    with django_capture_on_commit_callbacks(execute=True):
        submitted()
        assert not rung
    assert rung == ["onboarding.screen"]


def test_no_answer_is_asked_for_again_and_ends_with_a_person(checks):
    def silent(case):
        raise NoAnswer

    checks(one=silent)
    case = submitted()
    for attempt in range(1, Check.MAX_ATTEMPTS):
        assert tasks.screen() == 0
        assert (result(), Check.objects.get().attempts) == ("due", attempt)
        assert Check.objects.get().due_at > timezone.now()
        later()
    assert tasks.screen() == 1
    assert Check.objects.get().findings == [{"code": "no_answer", "params": {}}]
    assert (result(), Case.objects.get(pk=case.pk).state) == ("error", "identity_review")


def test_all_attempts_take_less_than_half_an_hour():
    longest = sum((job.wait(number) - timezone.now()).total_seconds() for number in range(1, Check.MAX_ATTEMPTS))
    assert longest + 60 * Check.MAX_ATTEMPTS < 30 * 60, "back-offs and the sweeps between them"


def test_a_fault_is_logged_without_values_and_ends_after_two(checks, caplog):
    def faulty(case):
        raise ValueError("11010519491231002X")

    checks(one=faulty)
    case = submitted()
    assert tasks.screen() == 0
    later()
    assert tasks.screen() == 1
    assert (result(), Case.objects.get(pk=case.pk).state) == ("error", "identity_review")
    assert "11010519491231002X" not in caplog.text and "11010519491231002X" not in str(Check.objects.get().findings)


def test_a_check_that_takes_too_long_ends_after_two(checks):
    def slow(case):
        raise SoftTimeLimitExceeded

    checks(one=slow)
    submitted()
    for _time in range(2):
        with pytest.raises(SoftTimeLimitExceeded):
            tasks.screen()
        later()
    assert result() == "error"


def test_one_slow_check_ends_in_an_error_and_the_others_go_on(checks, monkeypatch):
    monkeypatch.setattr(job, "LONGEST", 0.05)

    def endless(case):
        while True:
            pass

    checks(slow=endless, quick=lambda case: PASSED)
    case = submitted()
    assert tasks.screen() == 1
    assert Check.objects.get(name="quick").result == "passed"
    later()
    tasks.screen()
    slow = Check.objects.get(name="slow")
    assert (slow.result, slow.findings) == ("error", [{"code": "too_slow", "params": {}}])
    assert Case.objects.get(pk=case.pk).state == "identity_review"


def test_a_worker_with_more_to_do_calls_another_one(checks, monkeypatch):
    rung = []
    monkeypatch.setattr(job, "ring_screen", lambda: rung.append(1))
    checks(one=lambda case: PASSED, two=lambda case: PASSED, three=lambda case: PASSED)
    submitted()
    assert tasks.screen() == 3 and len(rung) == 1
    submitted_again = Check.objects.filter(name="one").update(result="due")
    assert submitted_again and tasks.screen() == 1 and len(rung) == 1, "nothing is left for another one"


@pytest.mark.parametrize("result", ["error", "failed", "warning"])
def test_a_hard_gate_that_has_not_passed_blocks_approval_and_any_other_does_not(checks, monkeypatch, result):
    known = checks(gate=lambda case: PASSED, other=lambda case: PASSED)
    known["gate"] = dataclasses.replace(known["gate"], hard=True)
    monkeypatch.setattr(review, "CHECKS", known)
    case = make.case("identity_review")
    make.check(case, "other", result)
    assert "gate_gate" not in {one.code for one in services.missing(case, "approve_identity")}
    make.check(case, "gate", result)
    assert "gate_gate" in {one.code for one in services.missing(case, "approve_identity")}
    assert "needs_a_person" in {one.code for one in services.missing(case, "pass_identity")}


def test_a_check_that_kills_its_worker_every_time_ends(checks):
    checks(one=lambda case: pytest.fail("it must not run a sixth time"))
    case = submitted()
    Check.objects.update(attempts=Check.MAX_ATTEMPTS, leased_until=timezone.now() - timedelta(seconds=1))
    assert tasks.screen() == 1
    assert (result(), Case.objects.get(pk=case.pk).state) == ("error", "identity_review")


def test_a_check_that_the_code_no_longer_knows_ends(checks):
    checks(one=lambda case: PASSED)
    submitted()
    checks()
    tasks.screen()
    assert Check.objects.get().findings[0]["code"] == "check_unknown"


def test_what_somebody_else_has_claimed_is_left_alone(checks):
    checks(one=lambda case: PASSED)
    submitted()
    Check.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert tasks.screen() == 0
    later()
    assert tasks.screen() == 1


def test_an_answer_that_comes_after_the_lease_is_not_written(checks):
    """Another worker has taken the row meanwhile: its answer counts."""
    checks(one=lambda case: Check.objects.update(leased_until=timezone.now() + timedelta(minutes=1)) and PASSED)
    submitted()
    tasks.screen()
    assert result() == "due"


def test_a_killed_settlement_is_caught_up_by_the_sweep(checks):
    """The last answer is written, its worker killed before the case moved."""
    checks(one=lambda case: PASSED)
    case = submitted()
    Check.objects.update(result="passed")
    assert tasks.settle() == 1
    assert Case.objects.get(pk=case.pk).state == "identity_review"
    assert tasks.settle() == 0


# Again -----------------------------------------------------------------------------------------------------------


def in_review(result: str = "error") -> Check:
    case = make.case("identity_review")
    return make.check(case, "one", result)


def test_a_reviewer_runs_a_check_again(checks):
    checks(one=lambda case: PASSED)
    old = in_review()
    new = services.rerun(old.pk, by=people.reviewer())
    old.refresh_from_db()
    assert (old.stale, old.result, new.result, new.round) == (True, "error", "due", old.round)
    assert tasks.screen() == 1
    assert result() == "passed"
    entry = Entry.objects.filter(case=old.case).last()
    assert (entry.verb, entry.data, entry.public) == ("fact:check_rerun", {"check": "one"}, False)


def test_nobody_else_does():
    check = in_review()
    for stranger in (people.stranger(), people.technician()):
        with pytest.raises(services.NotAllowed):
            services.rerun(check.pk, by=stranger)


@pytest.mark.parametrize("change", [{"stale": True}, {"result": "due"}, {"step": "application"}, {"round": 7}])
def test_not_now(change):
    check = in_review()
    Check.objects.update(**change)
    with pytest.raises(services.NotNow):
        services.rerun(check.pk, by=people.reviewer())

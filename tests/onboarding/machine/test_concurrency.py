"""Two people at once, on PostgreSQL with real threads: one is first, the other gets a sentence, the chain holds."""

import threading
import time

import pytest
from django.db import IntegrityError, connection

from onboarding import services, tasks
from onboarding.models import Case, Entry, Notice
from onboarding.services import moves
from onboarding.tasks import claiming, delivery
from onboarding.timeline import damaged_chains
from portal.models import SimulatedMessage
from tests import make, people

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WINDOW = 0.15  # seconds between looking and acting, so that both are surely inside


@pytest.fixture(autouse=True)
def nothing_is_missing(monkeypatch):
    monkeypatch.setattr("onboarding.services.moves.requirements", lambda verb, facts: [])
    monkeypatch.setattr("onboarding.services.moves.SYSTEM_VERBS", {})
    monkeypatch.setattr("onboarding.notices.ring", lambda task: None)


@pytest.fixture
def passed(monkeypatch) -> list[str]:
    """The verbs that were let through by the guard, which is made slow."""
    names: list[str] = []
    real = moves._guard

    def slow(case, verb, by, note):
        real(case, verb, by, note)
        names.append(verb.name)
        time.sleep(WINDOW)

    monkeypatch.setattr(moves, "_guard", slow)
    return names


def at_once(*deeds) -> list[object]:
    """Do everything at the same moment; what came back, or the exception, in the order of the deeds."""
    start, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        try:
            start.wait(10)
            results[number] = deed()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def fires(case: Case, verb: str, by):
    return lambda: services.advance(case.pk, verb, by=by)


def test_approve_and_return_at_once(passed):
    case = make.case("identity_review")
    first, second = people.reviewer(), people.reviewer()
    before = case.version
    results = at_once(fires(case, "approve_identity", first), fires(case, "return_identity", second))
    lost = [one for one in results if isinstance(one, Exception)]
    assert len(passed) == len(lost) == 1
    assert isinstance(lost[0], services.Refused) and str(lost[0]), "the other one gets a sentence"
    now = Case.objects.get(pk=case.pk)
    assert (now.version, Entry.objects.filter(case=case).last().verb) == (before + 1, passed[0])
    assert list(damaged_chains()) == []


def test_the_same_verb_twice_at_once_is_one_move(passed):
    case = make.case("identity_review")
    results = at_once(*[fires(case, "approve_identity", people.reviewer()) for _person in range(3)])
    assert sum(isinstance(one, services.Refused) for one in results) == 2
    assert Entry.objects.filter(case=case, verb="approve_identity").count() == 1
    assert Notice.objects.filter(channel="mail").count() == 1


def test_approve_and_withdraw_at_once(passed):
    """Withdrawing is possible after an approval too, approving after a withdrawal is not."""
    owner = people.liu()
    case = make.case("identity_review", by=owner)
    results = at_once(fires(case, "approve_identity", people.reviewer()), fires(case, "withdraw", owner))
    walked = [entry.verb for entry in Entry.objects.filter(case=case).order_by("seq")][2:]
    assert walked in (["approve_identity", "withdraw"], ["withdraw"])
    assert isinstance(results[0], services.Refused) == (walked == ["withdraw"])
    assert Case.objects.get(pk=case.pk).state == "withdrawn"
    assert list(damaged_chains()) == []


def test_facts_recorded_at_once_get_numbers_of_their_own():
    case = make.case("live")
    at_once(*[lambda: services.record(case.pk, "called", by=services.SYSTEM) for _fact in range(4)])
    assert [entry.seq for entry in Entry.objects.filter(case=case).order_by("seq")] == [1, 2, 3, 4, 5, 6]
    assert list(damaged_chains()) == []


def test_the_control_without_the_lock_both_decide(passed, monkeypatch):
    """The race is real: with the lock off both pass the guard, and only the nets below catch the second one."""
    monkeypatch.setattr(moves, "_locked", lambda pk: Case.objects.select_related("merchant").get(pk=pk))
    case = make.case("identity_review")
    results = at_once(
        fires(case, "approve_identity", people.reviewer()), fires(case, "return_identity", people.reviewer())
    )
    assert sorted(passed) == ["approve_identity", "return_identity"], "both were let through"
    lost = [one for one in results if isinstance(one, Exception)]
    assert len(lost) == 1 and isinstance(lost[0], IntegrityError | services.Conflict), "number taken, or state moved"
    assert list(damaged_chains()) == []


# Two workers ------------------------------------------------------------------------------------------------------


def some_notices(count: int) -> None:
    same = {"template": "sign_in_code", "channel": "sms", "address": "+8613800138000", "context": '{"code": "1"}'}
    Notice.objects.bulk_create(Notice(key=f"n{number}", **same) for number in range(count))


def test_two_workers_never_claim_the_same_row():
    some_notices(60)
    claims = at_once(*[lambda: [row.pk for row in claiming.claim(delivery.waiting(), 20)] for _worker in range(3)])
    taken = [pk for claim in claims for pk in claim]
    assert len(taken) == len(set(taken)) == 60


def test_two_deliveries_at_once_send_everything_once():
    some_notices(60)
    assert sum(at_once(tasks.deliver, tasks.deliver)) == 60
    assert SimulatedMessage.objects.count() == 60
    assert set(Notice.objects.values_list("outcome", "attempts")) == {("sent", 1)}

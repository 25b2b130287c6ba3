"""Claiming the next case: the most urgent one that this reviewer may decide, never one for two."""

import contextlib
import datetime
import threading
import time

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from onboarding import services
from onboarding.models import Case, Membership
from onboarding.services import handling, presence
from onboarding.services.errors import NotAllowed
from tests import make, people

pytestmark = pytest.mark.django_db
NEXT = reverse("admin:claim_next")
WINDOW = 0.3  # seconds between writing and committing, so that both are surely inside


def waiting(hours: int, state: str = "identity_review", **more) -> Case:
    due = timezone.now() + datetime.timedelta(hours=hours)
    return make.case(state, by=people.merchant(), due_at=due, **more)


def test_the_most_urgent_free_case_comes_first(reviewer, colleague):
    late, soon, taken = waiting(9), waiting(2), waiting(1)
    services.claim(taken.pk, by=colleague)
    assert services.claim_next(by=reviewer) == soon
    assert services.claim_next(by=reviewer) == late
    assert services.claim_next(by=reviewer) is None
    assert set(Case.objects.filter(assigned_to=reviewer)) == {late, soon}


def test_what_they_entered_is_named_in_or_decided_first_is_not_offered(reviewer):
    entered = make.case("identity_review", by=people.merchant())
    Case.objects.filter(pk=entered.pk).update(opened_by=reviewer)
    named = waiting(1)
    services.add_member(named.merchant, reviewer, Membership.Role.MANAGER)
    senior = people.senior_reviewer()
    recommended = waiting(1)
    make.check(recommended)
    services.advance(recommended.pk, "recommend_identity", by=senior, note="ok")
    assert Case.objects.get(pk=recommended.pk).state == "identity_second_review"
    reviewer = people.fresh(reviewer)
    assert services.claim_next(by=reviewer) == recommended
    assert services.claim_next(by=reviewer) is None, "the other two are theirs in another sense"
    services.release(recommended.pk, by=reviewer)
    assert {services.claim_next(by=senior), services.claim_next(by=senior)} == {entered, named}
    assert services.claim_next(by=senior) is None, "their own first opinion"
    assert services.claim_next(by=people.senior_reviewer()) == recommended


def test_only_reviewers(case):
    with pytest.raises(NotAllowed):
        services.claim_next(by=people.somebody("auditor"))


def test_the_button_leads_to_the_case(case, reviewer, signed_in, page_of):
    client = signed_in(reviewer)
    assert client.get(NEXT).status_code == 405
    assert client.post(NEXT).headers["Location"] == page_of(case)
    answer = client.post(NEXT, follow=True)
    assert "No free case waits that you may decide" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).assigned_to == reviewer


def at_once(*deeds) -> list[object]:
    """Do everything at the same moment; what came back, in the order of the deeds."""
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


def claims(*users) -> list[object]:
    return at_once(*[lambda user=user: services.claim_next(by=user) for user in users])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_get_eight_cases():
    cases = {waiting(number) for number in range(8)}
    reviewers = [people.reviewer() for _one in range(10)]
    got = claims(*reviewers)
    assert sorted(str(one) for one in got) == sorted([*map(str, cases), "None", "None"])
    held = dict(Case.objects.values_list("pk", "assigned_to"))
    assert all(held[case.pk] == user.pk for case, user in zip(got, reviewers, strict=True) if case)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False])
def test_the_lock_is_what_keeps_them_apart(monkeypatch, locked):
    """The same race with the lock taken off: both are told that the one case is theirs."""
    case = waiting(1)
    both_have_looked = threading.Barrier(2)
    real = handling.hold

    def slow(*args):
        with contextlib.suppress(threading.BrokenBarrierError):  # the other one is kept out
            both_have_looked.wait(1)
        return real(*args)

    monkeypatch.setattr(handling, "hold", slow)
    if not locked:
        monkeypatch.setattr(handling, "_lock", lambda cases: cases)
    got = claims(people.reviewer(), people.reviewer())
    assert got.count(case) == (1 if locked else 2)
    assert got.count(None) == (1 if locked else 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_page_that_opens_and_a_claim_do_not_wait_for_each_other(reviewer):
    """The page's first word and the claim write the same row, in the order case, row: else PostgreSQL stops one."""
    case, looked = waiting(1), threading.Event()

    def open_page():
        with transaction.atomic():
            presence.note(case.pk, reviewer, active=True)
            looked.set()
            time.sleep(WINDOW)  # the claim is under way now

    def claim():
        looked.wait(10)
        return services.claim(case.pk, by=reviewer)

    assert at_once(open_page, claim) == [None, case]

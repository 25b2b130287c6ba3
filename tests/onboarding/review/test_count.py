"""The counts of the queue are sums of changes: exact after random moves, whoever folds meanwhile."""

import contextlib
import random
import threading
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count

from onboarding import services, tasks
from onboarding.flow import REVIEWS
from onboarding.models import Case, Tally
from onboarding.services import Refused, tallies
from portal.management import checkup
from tests import make, people

pytestmark = pytest.mark.django_db


def truth() -> dict[tuple[str, int | None], int]:
    rows = Case.objects.order_by().values_list("state", "assigned_to").annotate(n=Count("pk"))
    return {(state, holder): number for state, holder, number in rows}


def kept() -> dict[tuple[str, int | None], int]:
    sums: dict[tuple[str, int | None], int] = {}
    for state, holder, change in Tally.objects.values_list("state", "holder", "change"):
        sums[state, holder] = sums.get((state, holder), 0) + change
    return {place: number for place, number in sums.items() if number}


def random_moves(seed: int, users: list, number: int) -> None:
    """Whatever may happen to cases, in any order; what is refused changes nothing."""
    dice = random.Random(seed)
    for _move in range(number):
        user, other, pk = dice.choice(users), dice.choice(users), dice.choice(list(Case.objects.all())).pk
        deeds = (
            partial(services.claim, pk),
            partial(services.release, pk),
            services.claim_next,
            partial(services.reassign, pk, to=other, reason="休假"),
            partial(services.advance, pk, "approve_identity"),
            partial(services.advance, pk, "reject", note="x", data={"reason": "declined"}),
        )
        with contextlib.suppress(Refused):
            dice.choice(deeds)(by=user)


def test_sums_are_exact_after_random_moves_and_after_folding():
    users = [people.reviewer(), people.reviewer(), people.senior_reviewer()]
    for _one in range(12):
        make.case("identity_review", by=people.merchant())
    random_moves(7, users, 150)
    assert Case.objects.exclude(state="identity_review").exists(), "some have moved"
    assert kept() == truth() and not tallies.drift()
    rows = Tally.objects.count()
    while tallies.fold():
        pass
    assert kept() == truth()
    assert Tally.objects.count() == len(truth()) < rows
    for user in users:
        told = tallies.counted(REVIEWS, user.pk)
        under_review = Case.objects.filter(state__in=REVIEWS)
        assert told == {
            "all": under_review.count(),
            "free": under_review.filter(assigned_to=None).count(),
            "mine": under_review.filter(assigned_to=user).count(),
        }


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_move_while_two_fold():
    users = [people.senior_reviewer() for _one in range(4)]
    for _one in range(6):
        make.case("identity_review", by=people.merchant())
    done = threading.Event()

    def fold():
        while not done.is_set():
            tallies.fold()
        connection.close()

    def move(seed):
        random_moves(seed, users, 25)
        connection.close()

    folders = [threading.Thread(target=fold) for _one in range(2)]
    movers = [threading.Thread(target=move, args=[seed]) for seed in range(4)]
    for thread in (*folders, *movers):
        thread.start()
    for thread in movers:
        thread.join(60)
    done.set()
    for thread in folders:
        thread.join(20)
    assert kept() == truth()


def test_a_move_that_is_undone_is_not_counted(case, reviewer):
    before = kept()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.claim(case.pk, by=reviewer)
        raise ZeroDivisionError
    assert kept() == before == truth()


def test_what_was_written_past_the_services_is_found_and_put_right(case, reviewer, capsys):
    Case.objects.filter(pk=case.pk).update(assigned_to=reviewer)
    assert [one.well for one in checkup.counts()] == [False]
    call_command("recount")
    assert "Put right: 2" in capsys.readouterr().out
    assert [one.well for one in checkup.counts()] == [True]
    assert kept() == truth()


def test_the_sweep_folds(case, reviewer):
    for _turn in range(5):
        services.claim(case.pk, by=reviewer)
        services.release(case.pk, by=reviewer)
    assert Tally.objects.count() > 10
    tasks.queue()
    assert Tally.objects.count() == 1
    assert kept() == truth()

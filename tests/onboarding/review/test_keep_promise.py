"""Approving on a promise: proposed, agreed by the approval, reminded of, kept, moved, or broken by its date."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from onboarding import services
from onboarding.models import Case, Condition, Document, Entry, Notice
from onboarding.services import conditions
from onboarding.tasks import conditions as sweep
from tests import make, people
from tests.onboarding.documents import samples

pytestmark = pytest.mark.django_db


def soon(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.fixture
def case(liu):
    made = make.case("application_review", by=liu)
    make.person(made.merchant)
    return made


@pytest.fixture
def promised(case, reviewer):
    """Approved on photos of the finished shop."""
    row = conditions.propose(case.pk, "shop_photos", soon(20), by=reviewer)
    services.advance(case.pk, "approve_application", by=reviewer)
    return Condition.objects.select_related("kind").get(pk=row.pk)


def late(row: Condition) -> Condition:
    Condition.objects.filter(pk=row.pk).update(due_on=soon(-1))
    return row


def upload(client, case, seed: int = 5):
    place = reverse("promise_document", args=[case.ref, "promised_shop"])
    return client.post(place, {"file": samples.jpeg(seed)})


def state(case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_it_is_proposed_shown_and_agreed_by_the_approval(case, reviewer, liu, signed_in, at, page_of):
    client = signed_in(reviewer)
    assert client.get(at("propose_condition", case)).status_code == 200
    client.post(at("propose_condition", case), {"kind": "shop_photos", "due_on": soon(20).isoformat()})
    row = Condition.objects.get()
    assert row.agreed_at is None and "finished" in client.get(page_of(case)).content.decode()
    assert "You have promised" not in signed_in(liu).get(case.get_absolute_url()).content.decode()
    client.post(at("approve_application", case))
    page = signed_in(liu).get(case.get_absolute_url()).content.decode()
    assert row.kind.sentence_en in page and "taking payments is paused" in page


@pytest.mark.parametrize(("kind", "days"), [("shop_photos", 0), ("shop_photos", 91), ("licence_renewal", 10), ("x", 5)])
def test_only_what_fits_can_be_asked_for(kind, days, case, reviewer, signed_in, at):
    sent = {"kind": kind, "due_on": soon(days).isoformat()}
    answer = signed_in(reviewer).post(at("propose_condition", case), sent)
    assert answer.status_code == 422 and not Condition.objects.exists()
    with pytest.raises(services.Refused):
        conditions.propose(case.pk, kind, soon(days), by=reviewer)


def test_a_proposal_can_be_dropped_and_falls_with_a_return(case, reviewer, signed_in, at):
    row = conditions.propose(case.pk, "shop_photos", soon(20), by=reviewer)
    signed_in(reviewer).post(at("drop_condition", case, row.pk))
    signed_in(reviewer).post(at("drop_condition", case, row.pk))
    assert not Condition.objects.exists()
    conditions.propose(case.pk, "shop_photos", soon(20), by=reviewer)
    services.mark(case.pk, "field:store.name", "sign_differs", by=reviewer)
    services.advance(case.pk, "return_application", by=reviewer)
    assert not Condition.objects.exists()


def test_the_merchant_keeps_it(promised, case, liu, reviewer, signed_in, at):
    client = signed_in(liu)
    early = client.post(reverse("hand_in_condition", args=[case.ref, promised.pk]), follow=True)
    assert str(conditions.NOTHING_THERE) in early.content.decode()
    assert upload(client, case).status_code == 302
    client.post(reverse("hand_in_condition", args=[case.ref, promised.pk]))
    assert "We look at it" in client.get(case.get_absolute_url()).content.decode()
    assert upload(client, case, 6).status_code == 302 and Document.objects.filter(kind="promised_shop").count() == 1
    signed_in(reviewer).post(at("accept_condition", case, promised.pk))
    promised.refresh_from_db()
    assert promised.kept_at and Document.objects.get(kind="promised_shop").status == "accepted"
    assert "You have promised" not in client.get(case.get_absolute_url()).content.decode()


def test_what_is_not_good_enough_comes_back_with_a_word(promised, case, liu, reviewer, signed_in, at):
    client = signed_in(liu)
    upload(client, case)
    conditions.hand_in(promised.pk, by=liu)
    empty = signed_in(reviewer).post(at("refuse_condition", case, promised.pk), {"note": ""})
    assert empty.status_code == 422
    signed_in(reviewer).post(at("refuse_condition", case, promised.pk), {"note": "还差收银台"})
    page = client.get(reverse("promise_document", args=[case.ref, "promised_shop"])).content.decode()
    assert "还差收银台" in page and 'type="file"' in page
    with pytest.raises(services.Refused):
        conditions.hand_in(promised.pk, by=liu)  # the same papers again are not enough
    assert upload(client, case, 7).status_code == 302
    conditions.hand_in(promised.pk, by=liu)


def test_one_reminder_before_the_date(promised):
    assert sweep() == 0
    long_ago = timezone.now() - datetime.timedelta(days=20)
    Condition.objects.filter(pk=promised.pk).update(due_on=soon(3), agreed_at=long_ago)
    assert (sweep(), sweep()) == (1, 0)
    assert Entry.objects.filter(verb="fact:condition_due").count() == 1
    assert Notice.objects.filter(template="condition_due").count() == 2


def test_a_broken_promise_suspends_by_itself_and_keeping_it_resumes(promised, case, liu, reviewer, signed_in):
    late(promised)
    assert (sweep(), sweep()) == (1, 0)
    assert state(case) == "suspended"
    entry = Entry.objects.get(verb="suspend")
    assert (entry.role, entry.public, entry.data) == ("system", False, {"condition": "shop_photos"})
    told = Entry.objects.get(verb="fact:condition_broken")
    assert told.public and Notice.objects.filter(entry=told).count() == 2
    page = signed_in(liu).get(case.get_absolute_url()).content.decode()
    assert "did not come in time" in page
    upload(signed_in(liu), case)
    conditions.hand_in(promised.pk, by=liu)
    conditions.accept(promised.pk, by=reviewer)
    assert state(case) == "signing"


def test_what_was_handed_in_in_time_is_not_broken(promised, case, liu, signed_in):
    upload(signed_in(liu), case)
    conditions.hand_in(promised.pk, by=liu)
    late(promised)
    assert sweep() == 0 and state(case) == "signing"


def test_a_suspension_by_a_risk_officer_is_not_lifted(promised, case, liu, reviewer, signed_in):
    services.advance(case.pk, "suspend", by=people.risk_officer(), note="核查")
    late(promised)
    sweep()
    upload(signed_in(liu), case)
    conditions.hand_in(promised.pk, by=liu)
    conditions.accept(promised.pk, by=reviewer)
    assert state(case) == "suspended"


def test_more_time_with_a_reason(promised, case, reviewer, liu, signed_in, at):
    late(promised)
    sweep()
    client = signed_in(reviewer)
    assert client.post(at("move_condition", case, promised.pk), {"due_on": soon(9)}).status_code == 422
    client.post(at("move_condition", case, promised.pk), {"due_on": soon(9).isoformat(), "why": "工期延长"})
    promised.refresh_from_db()
    assert (promised.due_on, promised.broken_at, state(case)) == (soon(9), None, "signing")
    moved = Entry.objects.get(verb="fact:condition_moved")
    assert moved.data["before"] == soon(-1).isoformat() and "工期" not in str(moved.data)
    assert "工期延长" not in signed_in(liu).get(case.get_absolute_url()).content.decode()


def test_a_case_that_ends_owes_nothing(promised, case, liu):
    services.advance(case.pk, "withdraw", by=liu)
    late(promised)
    assert sweep() == 0 and not Condition.objects.open().exists()


def test_strangers_and_colleagues_of_nothing_are_kept_out(promised, case, signed_in, at):
    stranger = signed_in(people.stranger())
    for place in (
        reverse("promise_document", args=[case.ref, "promised_shop"]),
        reverse("hand_in_condition", args=[case.ref, promised.pk]),
    ):
        assert stranger.post(place).status_code == 404
    other = make.case("application_review", by=people.merchant(), of=make.merchant(uscc=""))
    assert signed_in(people.reviewer()).post(at("accept_condition", other, promised.pk)).status_code == 404
    with pytest.raises(services.NotAllowed):
        conditions.accept(promised.pk, by=people.technician())

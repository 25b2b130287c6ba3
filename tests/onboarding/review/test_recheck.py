"""The blind re-check: drawn by lot, decided again by somebody who sees neither decision nor reviewer."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from onboarding import services
from onboarding.models import Application, Case, Entry, Recheck, ReviewPolicy, SettlementAccount, Store
from onboarding.services.drawing import lot
from onboarding.services.rechecks import decide_recheck
from tests import make, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything_is_drawn(db):
    ReviewPolicy.objects.update(sample_machine_ppm=1_000_000, sample_reviewer_ppm=1_000_000, straight_through=True)


def drawn(first_by=None, **fields) -> Recheck:
    case = fields.pop("case", None) or make.case("application", by=people.merchant(), of=make.merchant(uscc=""))
    values = {"step": "identity", "round": 1, "first": "approve", "first_at": timezone.now(), **fields}
    return Recheck.objects.create(case=case, first_by=first_by, **values)


def test_what_one_reviewer_decides_is_drawn(case, reviewer):
    services.advance(case.pk, "approve_identity", by=reviewer)
    row = Recheck.objects.get()
    assert (row.first, row.first_by, row.step, row.round, row.agrees) == ("approve", reviewer, "identity", 1, None)


def test_what_the_machine_passes_is_drawn(liu):
    made = make.case("identity_screening", by=liu)
    make.check(made, "photo")
    services.settle(made.pk)
    assert (Recheck.objects.get().first, Recheck.objects.get().first_by) == ("approve", None)


def test_what_two_have_seen_or_was_returned_is_not(case, reviewer, colleague):
    make.mark(case, reviewer)
    services.advance(case.pk, "return_identity", by=reviewer)
    other = make.case("identity_second_review", by=people.merchant(), of=make.merchant(uscc=""), risk_tier="medium")
    services.advance(other.pk, "confirm_identity", by=colleague)
    assert not Recheck.objects.exists()


def test_at_a_rate_of_nothing_nothing_is_drawn(case, reviewer):
    ReviewPolicy.objects.update(sample_reviewer_ppm=0)
    services.advance(case.pk, "approve_identity", by=reviewer)
    assert not Recheck.objects.exists()


def test_the_lot_is_even_always_the_same_and_hangs_on_the_key(settings):
    lots = [lot(f"KT-{number}/identity/1") for number in range(4_000)]
    assert lots == [lot(f"KT-{number}/identity/1") for number in range(4_000)]
    assert 0.04 < sum(one < 50_000 for one in lots) / len(lots) < 0.06
    settings.INDEX_KEY = "another key of thirty-two letters."
    assert lots[:20] != [lot(f"KT-{number}/identity/1") for number in range(20)]


def blind(row) -> str:
    return reverse("admin:onboarding_recheck_change", args=[row.pk])


def test_the_page_tells_nothing_of_the_decision(case, reviewer, colleague, signed_in):
    services.advance(case.pk, "approve_identity", by=reviewer)
    row = Recheck.objects.get()
    shown = signed_in(colleague).get(blind(row)).content.decode()
    assert "小满面馆" in shown and "What would you decide?" in shown
    for secret in (reviewer.name, case.ref, "Application form", "The two opinions", "Risk"):
        assert secret not in shown


def test_that_there_is_an_application_does_not_tell_that_the_identity_was_approved(
    case, reviewer, colleague, signed_in
):
    services.advance(case.pk, "approve_identity", by=reviewer)
    store = Store.objects.create(merchant=case.merchant, name="听雨路店", mcc="5812", division_code="310115")
    account = SettlementAccount.objects.create(
        merchant=case.merchant,
        kind="unit",
        holder="虚构市小满面馆有限公司",
        number="31050100000001",
        bank="105100000017",
    )
    Application.objects.create(case=case, store=store, account=account)
    client = signed_in(colleague)
    shown = client.get(blind(Recheck.objects.get())).content.decode()
    assert all(one not in shown for one in ("听雨路店", "Shop and plan", "Settlement account"))
    Recheck.objects.update(step="application")
    assert "听雨路店" in client.get(blind(Recheck.objects.get())).content.decode()


def test_who_decided_first_or_is_named_finds_nothing(case, reviewer, colleague, signed_in):
    services.advance(case.pk, "approve_identity", by=reviewer)
    row = Recheck.objects.get()
    assert signed_in(reviewer).get(blind(row)).status_code == 404
    services.add_member(case.merchant, colleague)
    assert signed_in(colleague).get(blind(row)).status_code == 404
    assert signed_in(people.technician()).get(blind(row)).status_code in (302, 403, 404)
    with pytest.raises(Recheck.DoesNotExist):
        decide_recheck(row.pk, "approve", by=reviewer)


def test_an_opinion_is_kept_once_and_moves_nothing(reviewer, colleague, signed_in):
    row = drawn(reviewer)
    client = signed_in(colleague)
    assert client.post(blind(row), {"opinion": "reject", "note": ""}).status_code == 422
    assert client.post(blind(row), {"opinion": "reject", "note": "证照像是借来的"}).status_code == 302
    row.refresh_from_db()
    assert (row.opinion, row.by, row.agrees) == ("reject", colleague, False)
    assert Case.objects.get(pk=row.case_id).state == "application"
    entry = Entry.objects.get(verb="fact:rechecked")
    assert (entry.public, entry.data) == (False, {"step": "identity", "agrees": False})
    assert client.post(blind(row), {"opinion": "approve"}).status_code == 403
    third = people.reviewer()
    with pytest.raises(Recheck.DoesNotExist):
        decide_recheck(row.pk, "approve", by=third)


@pytest.fixture
def some(reviewer, colleague):
    """Two of the reviewer decided again, one alike; one of the machine waits; an old one."""
    for opinion in ("approve", "reject", ""):
        drawn(reviewer if opinion else None, opinion=opinion, by=colleague if opinion else None)
    drawn(colleague, first_at=timezone.now() - timezone.timedelta(days=400))


def test_agreement_per_reviewer(some, signed_in, reviewer):
    answer = signed_in(people.senior_reviewer()).get(reverse("admin:agreement"))
    found = {
        str(one["name"]): (one["drawn"], one["again"], one["agree"], one["share"]) for one in answer.context["rows"]
    }
    assert found == {reviewer.name: (2, 2, 1, 50), "The machine": (1, 0, 0, None), "何望舒": (1, 0, 0, None)}


def test_agreement_of_a_period_as_csv(some, signed_in, reviewer):
    today = timezone.localdate()
    client = signed_in(people.operations_manager())
    answer = client.get(reverse("admin:agreement") + f"?since={today}&until={today}&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["reviewer", *sorted(["The machine", reviewer.name], key=str)] or len(rows) == 3
    assert [reviewer.name, "2", "2", "1", "1", "50"] in rows
    assert client.get(reverse("admin:agreement") + "?since=nonsense").status_code == 200


def test_agreement_is_not_for_everybody(signed_in, reviewer):
    assert signed_in(reviewer).get(reverse("admin:agreement")).status_code == 403


# The score on the workbench ----------------------------------------------------------------------------------------


def test_the_score_stands_on_the_workbench(liu, signed_in, page_of, reviewer):
    made = make.case("identity_screening", by=liu)
    make.check(made, "photo", "failed", findings=[{"code": "picture_elsewhere", "params": {}}])
    services.settle(made.pk)
    shown = signed_in(reviewer).get(page_of(made)).content.decode()
    assert "points by table 1" in shown and "1 check failed or more" in shown


def test_a_tier_is_set_with_a_reason(case, signed_in, at, reviewer):
    assert signed_in(reviewer).get(at("tier", case)).status_code == 403
    client = signed_in(people.senior_reviewer())
    assert client.post(at("tier", case), {"tier": "high", "note": ""}).status_code == 422
    assert client.post(at("tier", case), {"tier": "high", "note": "举报电话"}).status_code == 302
    assert Case.objects.get(pk=case.pk).risk_tier == "high"

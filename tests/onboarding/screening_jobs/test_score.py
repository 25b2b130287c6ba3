"""The risk score: what gives points, which tier and way follow, and that no score falls below what a person set."""

import pytest

from onboarding import services, tasks
from onboarding.models import Case, Check, Entry, ReviewPolicy, RiskTable, RiskWeight, Score
from onboarding.scoring import Route, Seen, Table, add_up, digest, route
from onboarding.scoring.words import words
from onboarding.services.scoring import keep_score
from onboarding.services.tiers import set_tier
from tests import make, people

pytestmark = pytest.mark.django_db
TABLE = Table(20, 50, {
    ("finding", "same_id"): 10, ("check", "photo:warning"): 15, ("failed", "1"): 50, ("terminals", "6"): 5,
    ("owner_age", "0"): 20, ("owner_age", "18"): 5, ("owner_age", "20"): 0, ("owner_age", "66"): 7,
    ("merchant_type", "government"): -30,
})  # fmt: skip


def seen(measured=(), **named) -> Seen:
    return Seen(named=named, measured=dict(measured))


@pytest.mark.parametrize(
    ("facts", "points", "tier"),
    [
        (seen(), 0, "low"),
        (seen(finding=["same_id"]), 10, "low"),
        (seen(finding=["same_id", "unknown"], check=["photo:warning"]), 25, "medium"),
        (seen({"failed": 1}), 50, "high"),
        (seen({"failed": 4}), 50, "high"),
        (seen({"failed": 0, "terminals": 5}), 0, "low"),
        (seen({"owner_age": 17}), 20, "medium"),
        (seen({"owner_age": 19}), 5, "low"),
        (seen({"owner_age": 40}), 0, "low"),
        (seen({"owner_age": 70}), 7, "low"),
        (seen({"owner_age": 17}, merchant_type=["government"]), 0, "low"),
    ],
)
def test_points(facts, points, tier):
    total = add_up(facts, TABLE)
    assert (total.points, total.tier) == (points, tier)
    assert max(sum(one["points"] for one in total.addends), 0) == points
    assert all(str(words(one)) for one in total.addends)


@pytest.mark.parametrize(
    ("tier", "facts", "way"),
    [
        ("low", {"passed": True, "straight": True}, Route.MACHINE),
        ("low", {"passed": False, "straight": True}, Route.ONE),
        ("low", {"passed": True, "straight": False}, Route.ONE),
        ("low", {"passed": True, "straight": True, "floor": "medium"}, Route.TWO),
        ("low", {"passed": True, "straight": True, "second_from": "low"}, Route.TWO),
        ("medium", {"passed": True, "straight": True}, Route.TWO),
        ("medium", {"passed": True, "straight": True, "second_from": "high"}, Route.ONE),
    ],
)
def test_the_way_that_follows(tier, facts, way):
    assert route(tier, Seen({}, {}, **facts)) is way


def test_the_digest_is_of_the_content_and_of_nothing_else():
    again = Table(20, 50, dict(reversed(TABLE.weights.items())))
    assert digest(again) == digest(TABLE)
    assert digest(Table(21, 50, TABLE.weights)) != digest(TABLE)
    assert digest(Table(20, 50, {**TABLE.weights, ("failed", "1"): 49})) != digest(TABLE)


def screened(result="passed", findings=(), **fields) -> Case:
    ReviewPolicy.objects.update(straight_through=True)
    case = make.case("identity_screening", **fields)
    make.person(case.merchant)
    make.check(case, "photo", result, findings=list(findings))
    return case


def test_a_low_score_goes_straight_through():
    case = screened()
    assert services.settle(case.pk)[0] == "pass_identity"
    score = Score.objects.get(case=case)
    assert (score.tier, score.step, score.table.status) == ("low", "identity", "published")
    assert score.points == sum(one["points"] for one in score.addends)


def test_without_a_table_a_person_decides():
    RiskTable.objects.update(status="superseded")
    case = screened()
    assert services.settle(case.pk) == ["finish_identity_screening"]
    assert not Score.objects.exists()


def test_a_finding_raises_the_tier_before_the_way_is_chosen():
    case = screened("failed", [{"code": "picture_elsewhere", "params": {}}])
    assert services.settle(case.pk) == ["finish_identity_screening"]
    case = Case.objects.get(pk=case.pk)
    assert case.risk_tier == "high"
    with pytest.raises(services.Missing):
        services.advance(case.pk, "approve_identity", by=people.reviewer())


def test_it_is_scored_once_and_again_after_a_check_ran_again():
    case = screened("failed")
    services.settle(case.pk)
    first = Score.objects.get()
    assert keep_score(case.pk) is None
    Check.objects.update(stale=True)
    make.check(case, "photo", "passed")
    services.settle(case.pk)
    second = Score.objects.get()
    assert second.pk == first.pk and second.points < first.points
    assert Case.objects.get(pk=case.pk).risk_tier == "low"


def test_nothing_is_scored_while_a_check_is_running():
    case = screened()
    make.check(case, "expiry", "due")
    services.settle(case.pk)
    assert not Score.objects.exists()


def test_no_score_falls_below_what_a_person_set():
    case, officer = screened(), people.risk_officer()
    set_tier(case.pk, "medium", by=officer, note="举报电话")
    services.settle(case.pk)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.risk_tier, Score.objects.get().tier) == ("identity_review", "medium", "low")
    entry = Entry.objects.get(verb="fact:risk_tier_set")
    assert (entry.public, entry.data) == (False, {"tier": "medium"})
    set_tier(case.pk, "", by=officer, note="查过了")
    assert Case.objects.get(pk=case.pk).risk_tier == "low"


def test_who_sets_a_tier_and_says_why():
    case = screened()
    for nobody in (people.reviewer(), people.stranger(), people.operations_manager()):
        with pytest.raises(services.NotAllowed):
            set_tier(case.pk, "high", by=nobody, note="x")
    with pytest.raises(services.Refused):
        set_tier(case.pk, "high", by=people.senior_reviewer(), note=" ")


def test_the_facts_that_are_kept_hold_no_values_of_persons():
    case = screened()
    services.settle(case.pk)
    kept = str(Score.objects.get().facts) + str(Score.objects.get().addends)
    assert all(value not in kept for value in ("刘小满", "11010519491231002X", "13800138000", "小满面馆"))


def test_the_first_table_has_only_values_that_exist():
    from onboarding.scoring.words import wrong

    rows = list(RiskWeight.objects.all())
    assert len(rows) > 30 and RiskTable.objects.get().status == "published"
    assert [(row.fact, row.value) for row in rows if wrong(row.fact, row.value)] == []


def test_checks_that_run_for_real_are_scored():
    ReviewPolicy.objects.update(straight_through=True)
    case = make.case("identity_screening")
    make.person(case.merchant)
    from onboarding import screening

    screening.plan(case, "identity")
    while tasks.screen():
        pass
    assert Score.objects.get(case=case).facts["measured"]["owner_age"] > 70

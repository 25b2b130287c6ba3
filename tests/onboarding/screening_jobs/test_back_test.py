"""A draft of the risk table is tried on decided cases, by a job that can be stopped, killed and gone on with."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import services, tasks
from onboarding.admin import back_test
from onboarding.models import BackTest, BackTestChange, RiskTable, RiskWeight, Score
from onboarding.services import backtests
from onboarding.tasks import backtesting
from tests import make, people

pytestmark = pytest.mark.django_db
SEEN = {"named": {}, "measured": {"failed": 0}, "passed": True, "floor": "", "straight": True, "second_from": "medium"}


def score(decided="approve_identity", state="application", **facts) -> Score:
    case = make.case(state, by=people.merchant(), of=make.merchant(uscc=""))
    table = RiskTable.objects.get(status="published")
    values = {"points": 0, "tier": "low", "made_at": timezone.now(), "decided": decided, "decided_at": timezone.now()}
    return Score.objects.create(case=case, step="identity", round=1, table=table, facts={**SEEN, **facts}, **values)


@pytest.fixture
def draft():
    """As the published table, and one failure more is worth 30 from the first on."""
    table = backtests.next_table(RiskTable.objects.get(status="published").pk)
    RiskWeight.objects.filter(table=table).exclude(fact="failed").delete()
    RiskWeight.objects.filter(table=table).update(points=30)
    return table


def run(table) -> BackTest:
    test = backtests.start_back_test(table.pk, by=people.risk_officer())
    tasks.back_test()
    return BackTest.objects.get(pk=test.pk)


def test_it_tells_what_would_change(draft):
    same, worse = score(), score(measured={"failed": 1})
    bad = score("reject", "rejected")
    score(decided="")
    test = run(draft)
    assert (test.outcome, test.done, test.total) == ("done", 3, 3)
    assert test.counts["tiers"] == {"low>low": 2, "low>medium": 1}
    assert test.counts["routes"] == {"machine>machine": 2, "machine>two": 1}
    assert test.counts["decisions"] == {"other>machine": 1, "other>two": 1, "rejected>machine": 1}
    assert test.counts["alarms"] == {"rejected": 1}
    changes = {one.score_id: (one.tier, one.route, one.alarm) for one in BackTestChange.objects.all()}
    assert changes == {worse.pk: ("medium", "two", False), bad.pk: ("low", "machine", True)}
    assert same.pk not in changes


def test_the_facts_are_those_of_that_time(draft):
    old = score(measured={"failed": 1})
    type(old.case.merchant).objects.update(type="micro", established_on=None)
    assert run(draft).counts["tiers"] == {"low>medium": 1}


def test_it_goes_on_where_a_killed_worker_stopped(draft, monkeypatch):
    monkeypatch.setattr(backtesting, "AT_ONCE", 2)
    for _number in range(5):
        score(measured={"failed": 1})
    backtests.start_back_test(draft.pk, by=people.risk_officer())
    real = backtesting._batch
    calls = []

    def killed(*args):
        calls.append(args)
        if len(calls) == 2:
            raise SystemExit
        return real(*args)

    monkeypatch.setattr(backtesting, "_batch", killed)
    with pytest.raises(SystemExit):
        tasks.back_test()
    test = BackTest.objects.get()
    assert (test.outcome, test.done, BackTestChange.objects.count()) == ("due", 2, 2)
    assert tasks.back_test() == 0, "the lease of the killed worker runs"
    BackTest.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    tasks.back_test()
    test = BackTest.objects.get()
    assert (test.outcome, test.done, BackTestChange.objects.count()) == ("done", 5, 5)
    assert test.counts["tiers"] == {"low>medium": 5}


def test_it_is_stopped_and_goes_on(draft):
    score()
    test = backtests.start_back_test(draft.pk, by=people.risk_officer())
    backtests.stop_back_test(test.pk)
    assert tasks.back_test() == 0
    with pytest.raises(services.NotNow):
        backtests.stop_back_test(test.pk)
    backtests.resume_back_test(test.pk)
    assert tasks.back_test() == 1
    assert BackTest.objects.get().outcome == "done"
    with pytest.raises(services.NotNow):
        backtests.resume_back_test(test.pk)


def test_a_draft_that_changed_meanwhile_breaks_it_off(draft):
    score()
    test = backtests.start_back_test(draft.pk, by=people.risk_officer())
    RiskWeight.objects.filter(table=draft).update(points=31)
    tasks.back_test()
    assert BackTest.objects.get(pk=test.pk).outcome == "failed"


def test_only_what_was_tried_is_published_and_by_a_second_person(draft):
    author, colleague = people.risk_officer(), people.risk_officer()
    with pytest.raises(services.Refused, match="回测|back-test"):
        backtests.publish_table(draft.pk, by=colleague, authors={author.pk})
    run(draft)
    RiskWeight.objects.filter(table=draft).update(points=31)
    with pytest.raises(services.Refused, match="回测|back-test"):
        backtests.publish_table(draft.pk, by=colleague, authors={author.pk})
    run(draft)
    with pytest.raises(services.NotAllowed):
        backtests.publish_table(draft.pk, by=author, authors={author.pk})
    old = RiskTable.objects.get(status="published")
    backtests.publish_table(draft.pk, by=colleague, authors={author.pk})
    assert RiskTable.objects.get(status="published") == draft
    assert RiskTable.objects.get(pk=old.pk).status == "superseded"
    with pytest.raises(services.NotNow):
        backtests.lock_draft(draft.pk)


# The pages ---------------------------------------------------------------------------------------------------------


def browser(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_the_page_goes_from_draft_to_published(draft):
    score(measured={"failed": 1})
    author, colleague = people.risk_officer(), people.risk_officer()
    kind = ContentType.objects.get_for_model(RiskTable)
    LogEntry.objects.create(user=author, content_type=kind, object_id=str(draft.pk), action_flag=ADDITION)
    page = reverse("admin:risk_back_test", args=[draft.pk])
    first = browser(author)
    assert "Run a back-test" in first.get(page).content.decode()
    first.post(page, {"act": "start"})
    assert "<progress" in first.get(page).content.decode()
    tasks.back_test()
    shown = first.get(page).content.decode()
    assert "Publish this table" in shown and "Two reviewers" in shown
    assert "You wrote this table" in first.post(page, {"act": "publish"}, follow=True).content.decode()
    browser(colleague).post(page, {"act": "publish"})
    assert RiskTable.objects.get(pk=draft.pk).status == "published"


def test_others_look_or_stay_outside(draft):
    page = reverse("admin:risk_back_test", args=[draft.pk])
    auditor = browser(people.somebody("auditor"))
    assert auditor.get(page).status_code == 200
    assert auditor.post(page, {"act": "start"}).status_code == 403
    assert browser(people.reviewer()).get(page).status_code == 403
    assert not BackTest.objects.exists()


def test_a_value_that_a_fact_cannot_have_is_told_at_the_field(draft):
    client = browser(people.risk_officer())
    page = reverse("admin:onboarding_risktable_change", args=[draft.pk])
    weight = draft.weights.get()
    typed = {
        "medium_from": 20, "high_from": 50, "why": "", "weights-TOTAL_FORMS": 1, "weights-INITIAL_FORMS": 1,
        "weights-0-id": weight.pk, "weights-0-table": draft.pk, "weights-0-fact": "region", "weights-0-points": 5,
    }  # fmt: skip
    shown = client.post(page, {**typed, "weights-0-value": "999999"}).content.decode()
    assert "There is no such region" in shown
    assert client.post(page, {**typed, "weights-0-value": "310000"}).status_code == 302
    assert draft.weights.get().value == "310000"
    assert (
        "begin above medium"
        in client.post(page, {**typed, "high_from": 20, "weights-0-value": "310000"}).content.decode()
    )


def test_alarms_hold_it_back_until_somebody_says_why(draft):
    score("reject", "rejected")
    run(draft)
    colleague, page = people.risk_officer(name="冯险峰"), reverse("admin:risk_back_test", args=[draft.pk])
    with pytest.raises(services.Refused, match="rejected cases|曾被拒绝"):
        backtests.publish_table(draft.pk, by=colleague, authors=set())
    client = browser(colleague)
    assert 'name="accepted"' in client.get(page).content.decode()
    for said in ("", "  ", "字" * 301, "a\x00b"):
        answer = client.post(page, {"act": "publish", "accepted": said}).content.decode()
        assert 'aria-invalid="true"' in answer and said.strip("\x00 ab") in answer
    assert RiskTable.objects.get(pk=draft.pk).status == "draft"
    client.post(page, {"act": "publish", "accepted": "已逐笔复核，均为重复申请"})
    table = RiskTable.objects.get(pk=draft.pk)
    assert (table.accepted, table.accepted_alarms) == ("已逐笔复核，均为重复申请", 1)
    assert "冯险峰 accepted 1 alarm: 已逐笔复核，均为重复申请" in client.get(page).content.decode()
    shown = client.get(reverse("admin:onboarding_risktable_change", args=[draft.pk])).content.decode()
    assert "Alarms accepted" in shown and "已逐笔复核，均为重复申请" in shown
    RiskTable.objects.update(accepted_alarms=None)  # as of one that was published before the number was kept
    assert "冯险峰 accepted the alarms: 已逐笔复核，均为重复申请" in client.get(page).content.decode()


def test_every_change_is_listed_page_by_page(draft):
    for number in range(back_test.A_PAGE):
        score(measured={"failed": 1}, state="identity_review" if number % 2 else "application")
    bad = score("reject", "rejected")
    test = run(draft)
    pages = [back_test.changes(test, QueryDict(""))]
    while further := pages[-1]["next_url"]:
        pages.append(back_test.changes(test, QueryDict(further[1:])))
    seen = [one.pk for page in pages for one in page["changes"]]
    rows = BackTestChange.objects.order_by("-alarm", "id")
    assert seen == [one.pk for one in rows] and len(seen) == back_test.A_PAGE + 1 and rows[0].score == bad
    only = {kind: len(back_test.changes(test, QueryDict(f"show={kind}"))["changes"]) for kind in back_test.KINDS}
    assert only == {"": back_test.A_PAGE, "alarms": 1, "milder": 0, "stricter": back_test.A_PAGE}
    assert back_test.changes(test, QueryDict("show=x&after=9.x"))["first_url"] == ""


def test_the_changes_are_read_back_and_forth(draft, monkeypatch):
    monkeypatch.setattr(back_test, "A_PAGE", 2)
    for measured in (1, 1, 1):
        score(measured={"failed": measured})
    for _number in range(3):
        score("reject", "rejected")
    run(draft)
    client, url = browser(people.risk_officer()), reverse("admin:risk_back_test", args=[draft.pk])
    page, there = client.get(url, {"show": ""}).context, []
    while page["next_url"]:
        there.append(list(page["changes"]))
        page = client.get(url + page["next_url"]).context
    back = []
    while page["previous_url"]:
        page = client.get(url + page["previous_url"]).context
        back.append(list(page["changes"]))
    assert back == there[::-1] and [len(one) for one in there] == [2, 2], "the page between has an alarm and a change"
    assert [one.alarm for one in there[1]] == [True, False]
    assert 'rel="prev"' in client.get(url + page["next_url"]).content.decode()


def test_the_page_of_changes_can_be_narrowed(draft):
    score(measured={"failed": 1})
    run(draft)
    client, page = browser(people.risk_officer()), reverse("admin:risk_back_test", args=[draft.pk])
    assert "Nothing of this kind." in client.get(page, {"show": "alarms"}).content.decode()
    assert "Nothing of this kind." not in client.get(page, {"show": "stricter"}).content.decode()


def test_milder_and_stricter_speak_of_tiers_where_as_many_decide(draft):
    test = run(draft)
    ways = [("one", "one", "medium", "low"), ("two", "two", "low", "high"), ("two", "machine", "low", "high")]
    for old, new, before, after in ways:
        row = score()
        Score.objects.filter(pk=row.pk).update(tier=before)
        BackTestChange.objects.create(test=test, score=row, points=1, tier=after, old_route=old, route=new)

    def listed(kind):
        return [one.old_route for one in back_test.changes(test, QueryDict(f"show={kind}"))["changes"]]

    assert (listed("milder"), listed("stricter")) == (["one", "two"], ["two"])


def test_a_reason_is_kept_only_where_something_was_to_be_accepted(draft):
    run(draft)
    backtests.publish_table(draft.pk, by=people.risk_officer(), authors=set(), accepted="没有什么可放行的")
    table = RiskTable.objects.get(pk=draft.pk)
    assert (table.accepted, table.accepted_alarms) == ("", None)

"""Promises: one reminder to the merchant in time; when we are late one honest word, a new date and a manager."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onboarding import services, tasks
from onboarding.models import Case, Entry, Notice
from portal.models import SimulatedMessage
from tests import make, people

pytestmark = pytest.mark.django_db


def ago(hours: float):
    return timezone.now() - timedelta(hours=hours)


def facts(case: Case) -> list[str]:
    return [
        entry.verb for entry in case.entries.order_by("seq") if entry.verb in ("fact:reminded", "fact:promise_missed")
    ]


def test_the_merchant_is_reminded_once():
    case = make.case("identity", since=ago(73), due_at=timezone.now() + timedelta(hours=47))
    assert [tasks.promises(), tasks.promises()] == [1, 0]
    assert facts(case) == ["fact:reminded"]
    assert set(Notice.objects.values_list("template", "channel")) == {("reminded", "mail"), ("reminded", "sms")}


def test_not_before_time_grows_short():
    make.case("identity", since=ago(71), due_at=timezone.now() + timedelta(hours=49))
    assert tasks.promises() == 0


def test_again_in_another_state():
    case = make.case("identity", since=ago(73))
    tasks.promises()
    make.put(case_of(case), "identity_returned", since=timezone.now())
    assert tasks.promises() == 0
    Case.objects.filter(pk=case.pk).update(since=timezone.now())
    assert services.remind(case.pk) is not None


def case_of(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_years_old_cases_are_left_in_peace():
    make.case("registration", since=ago(24 * 400))
    assert tasks.promises() == 0


def test_when_we_are_late_the_merchant_hears_it_with_a_new_date_and_a_manager_takes_over():
    boss = people.senior_reviewer()
    case = make.case("identity_review", since=ago(30), due_at=ago(1))
    assert [tasks.promises(), tasks.promises()] == [1, 0]
    now = case_of(case)
    assert facts(case) == ["fact:promise_missed"] and now.due_at > timezone.now()
    assert set(Notice.objects.values_list("template", "recipient")) == {
        ("promise_missed", case.opened_by_id),
        ("escalated", boss.pk),
    }
    assert tasks.deliver() == 2
    to_boss = SimulatedMessage.objects.get(subject__contains=case.ref)
    assert to_boss.to == boss.email


def test_nobody_is_late_while_it_is_the_merchants_turn():
    case = make.case("identity", since=ago(200), due_at=ago(1))
    tasks.promises()
    assert facts(case) == ["fact:reminded"]


def test_a_paused_merchant_hears_nothing_of_a_late_decision():
    officer = people.risk_officer()
    case = make.case("suspended", suspended_from="live", since=ago(80), due_at=ago(1))
    tasks.promises()
    assert Entry.objects.filter(case=case, public=True).last().verb == "open_case"
    assert list(Notice.objects.values_list("template", "recipient")) == [("escalated", officer.pk)]


def test_two_sweeps_at_once_tell_once():
    case = make.case("identity_review", since=ago(30), due_at=ago(1))
    assert services.miss_promise(case.pk) is not None
    Case.objects.filter(pk=case.pk).update(due_at=ago(1))
    assert services.miss_promise(case.pk) is None


def test_the_sweep_rings_every_job(monkeypatch):
    rung = []
    monkeypatch.setattr("onboarding.tasks.sweeping.ring", rung.append)
    tasks.sweep()
    named = {job.partition(".")[2] for job in rung}
    assert named >= {"deliver", "screen", "settle", "promises", "export", "import_lists", "rescreen"}
    assert len(named) == len(rung) and all(getattr(tasks, one).name == f"onboarding.{one}" for one in named)


@pytest.mark.parametrize(
    "name", ["anchor", "deliver", "import_lists", "promises", "rescreen", "screen", "settle", "sweep"]
)
def test_every_job_can_be_rung(name):
    """Celery refuses to ring a task whose soft limit, its own or the settings', lies above its hard one."""
    job = getattr(tasks, name)
    assert job.name == f"onboarding.{name}"
    assert 0 < job.soft_time_limit < job.time_limit

"""The whole demonstration: every state, many trades, a past, talk; and once more changes nothing."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from desk.demo import cases
from desk.demo.brought_in import HANDED_OUT
from desk.demo.cast import CAST
from desk.demo.people import STAFF
from devices.models import Rollout, Terminal, Visit
from onboarding.admin.risk_table import authors
from onboarding.flow import State
from onboarding.models import (
    Agreement,
    Case,
    Check,
    Condition,
    Course,
    Document,
    Entry,
    FeePlan,
    Merchant,
    Return,
    RiskTable,
    StaffNote,
    User,
    WatchHit,
)
from onboarding.rules import Who
from support.flow import TicketState
from support.models import Message, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COUNTED = (Case, Check, Document, Entry, Message, Return, RiskTable, StaffNote, Terminal, Ticket, User, Visit, WatchHit)


def test_every_state_has_a_part():
    assert {part.state for part in CAST} == set(State)
    assert {part.shop.type for part in CAST} >= {"enterprise", "sole_trader", "micro", "institution", "social_org"}
    assert len({part.shop.mcc for part in CAST}) > 15


@pytest.mark.timeout(900)  # most of a minute on a machine that does nothing else
def test_the_demonstration_is_full_and_can_be_made_again():
    assert cases.make() == len(CAST) + len(HANDED_OUT)
    held = {model: model.objects.count() for model in COUNTED}
    assert cases.make() == 0
    assert {model: model.objects.count() for model in COUNTED} == held
    _states()
    _past()
    _around()
    assert set(WatchHit.objects.values_list("verdict", "number")) == {("open", "WLS-101"), ("open", "WLS-102")}
    draft = RiskTable.objects.get(status=RiskTable.Status.DRAFT)
    assert authors(draft) == {User.objects.get(email=STAFF[Who.ADMINISTRATOR][1]).pk}  # the risk officer may publish
    call_command("verify_timeline")


def _states():
    assert set(Case.objects.values_list("state", flat=True)) == set(State)
    for part in CAST:
        email = part.shop.email or f"merchant{part.shop.number}@example.com"
        theirs = Case.objects.filter(merchant__memberships__user__email=email)
        assert part.state in theirs.values_list("state", flat=True)
    twice = Merchant.objects.get(memberships__user__email="merchant26@example.com")
    assert twice.cases.count() == 2
    returned = Case.objects.filter(state__endswith="_returned")
    assert all(Return.objects.filter(case=case).exclude(sent_at=None).count() == 2 for case in returned)
    assert "picture_elsewhere" not in str(list(Check.objects.values_list("findings", flat=True)))


def _past():
    """Entries lie weeks apart and in order, and nothing happens tomorrow but a visit."""
    now = timezone.now()
    assert Entry.objects.order_by("at").first().at < now - datetime.timedelta(days=60)
    assert not Entry.objects.filter(at__gt=now).exists()
    for case in Case.objects.all():
        times = list(Entry.objects.filter(case=case).order_by("seq").values_list("at", flat=True))
        assert times == sorted(times)
    live = Case.objects.filter(state=State.LIVE).first()
    assert now - live.since > datetime.timedelta(days=5)


def _around():
    """People, stock, talk, plans and what else the pages show."""
    assert set(Ticket.objects.values_list("state", flat=True)) == set(TicketState)
    assert Message.objects.filter(internal=True).exists() and Course.objects.exists()
    assert Terminal.objects.filter(state="in_stock").count() >= 20
    plans = FeePlan.objects.filter(pk__in=Agreement.objects.values("plan"))
    assert plans.values("institution").distinct().count() > 2
    technician = User.objects.get(email=STAFF[Who.TECHNICIAN][1])
    visits = Visit.objects.filter(technician=technician)
    assert visits.filter(ends_at__gt=timezone.now()).count() >= 2
    assert all(9 <= timezone.localtime(visit.starts_at).hour <= 18 for visit in visits)
    agent = User.objects.get(email=STAFF[Who.SALES_AGENT][1])
    assert Case.objects.visible_to(agent).filter(opened_by=agent, partner=agent.partner).count() == 6
    assert Rollout.objects.exists()
    assert Condition.objects.exclude(agreed_at=None).filter(kept_at=None, due_on__gt=timezone.localdate()).exists()

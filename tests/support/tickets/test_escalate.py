"""A ticket past its promise goes to a manager, once, and again after a new promise."""

import datetime

import pytest
from django.utils import timezone

from onboarding.models import Notice
from onboarding.tasks import letters
from support import services, tasks
from support.models import Ticket
from tests import make, people

pytestmark = pytest.mark.django_db


def test_once_per_promise():
    liu, manager, agent = people.liu(), people.operations_manager(), people.somebody("support_agent")
    ticket = services.open_ticket(make.case("live", by=liu).pk, by=liu, subject="不能收款", text="急", priority="P1")
    assert tasks.sweep() == 0
    past = timezone.now() - datetime.timedelta(minutes=1)
    Ticket.objects.update(due_at=past)
    assert (tasks.sweep(), tasks.sweep()) == (1, 0)
    told = Notice.objects.get(recipient=manager)
    assert told.template == "ticket_late" and ticket.ref in letters.letter(told).text
    services.answer(ticket.pk, by=agent, text="在看")
    services.answer(ticket.pk, by=liu, text="还是不行")
    assert Ticket.objects.get().escalated_at is None
    Ticket.objects.update(due_at=past + datetime.timedelta(seconds=20))
    assert tasks.sweep() == 1 and Notice.objects.filter(recipient=manager).count() == 2


def test_an_answered_ticket_is_not_late():
    liu = people.liu()
    ticket = services.open_ticket(make.case("live", by=liu).pk, by=liu, subject="问", text="怎么办")
    services.answer(ticket.pk, by=people.somebody("support_agent"), text="好")
    assert tasks.sweep() == 0

"""A double click before any answer: two requests at work at the same time, on PostgreSQL."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from onboarding.models import Attempt, Course
from onboarding.training import links
from portal import once
from support.models import Ticket
from tests import make, people
from tests.forms_walk import form_at, send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def quiz():
    """(form, values, who sends it, what it makes): nobody needs to sign in."""
    key = links.key_of(make.case("training", by=people.liu()))
    form = form_at(Client(), reverse("quiz", args=[key, Course.objects.first().code]), "quiz")
    return form, {"learner": "小满"}, None, Attempt


def ticket():
    liu = people.liu()
    url = reverse("open_ticket", args=[make.case("live", by=liu).ref])
    form = form_at(entered(liu), url, "open_ticket")
    return form, {"priority": "P2", "subject": "打印不清楚", "text": "字很淡"}, liu, Ticket


def entered(user) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
@pytest.mark.parametrize("make_form", [quiz, ticket])
def test_two_sends_at_once_have_one_effect(make_form, guarded, monkeypatch):
    """The control shows the race that the guard closes."""
    form, values, who, made = make_form()
    if not guarded:
        monkeypatch.setattr(once, "_counts", lambda request: False)
    meet, answers = threading.Barrier(2), []
    clients = [entered(who) for _number in range(2)]

    def press(client: Client) -> None:
        meet.wait(timeout=10)
        answers.append(send(client, form, **values))
        connection.close()

    threads = [threading.Thread(target=press, args=[client]) for client in clients]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=30)
    assert [one.status_code for one in answers] == [302, 302]
    assert made.objects.count() == (1 if guarded else 2)
    assert not guarded or len({one["Location"] for one in answers}) == 1

"""The guard against a second send, alone; and two sends at work at the same time, on PostgreSQL."""

from __future__ import annotations

import threading

import pytest
from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.urls import reverse

from onboarding.models import Attempt, Course, StaffNote
from onboarding.training import links
from portal import once
from portal.models import SentForm
from support.models import Ticket
from tests import make, people
from tests.forms.walk import form_at, forms_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking():
    """(address, fields) of a new ticket, with the key of a rendered form."""
    liu = people.liu()
    case = make.case("live", by=liu)
    client = entered(liu)
    url = reverse("open_ticket", args=[case.ref])
    form = next(one for name, one in forms_of(client, url) if name == "open_ticket" and one.method == "post")
    key = form.values["csrfmiddlewaretoken"][0]
    return client, url, {"priority": "P2", "subject": "打印不清楚", "text": "字很淡", "csrfmiddlewaretoken": key}


def test_a_second_send_gets_the_first_answer_and_a_calm_sentence(asking):
    client, url, fields = asking
    fields["priority"] = Ticket.Priority.values[0]
    first, second = client.post(url, fields), client.post(url, fields)
    assert first.status_code == 302 and second["Location"] == first["Location"]
    assert Ticket.objects.count() == 1
    assert [one.level for one in get_messages(second.wsgi_request)][-1] == messages.INFO


def test_something_else_typed_is_another_thing_to_do(asking):
    client, url, fields = asking
    fields["priority"] = Ticket.Priority.values[0]
    for subject in ("打印不清楚", "没有声音"):
        assert client.post(url, {**fields, "subject": subject}).status_code == 302
    assert Ticket.objects.count() == 2


def test_a_form_with_an_error_may_be_sent_again(asking):
    client, url, fields = asking
    assert client.post(url, fields | {"priority": "", "subject": ""}).status_code == 200
    assert not SentForm.objects.exists()


def test_a_page_that_breaks_leaves_nothing_behind(asking, monkeypatch):
    client, url, fields = asking
    fields["priority"] = Ticket.Priority.values[0]

    def broken(*args, **kwargs):
        raise RuntimeError("after the effect")

    with monkeypatch.context() as patch:
        patch.setattr("support.tickets.views.redirect", broken)
        assert client.post(url, fields).status_code == 500
    assert not Ticket.objects.exists() and not SentForm.objects.exists()
    assert client.post(url, fields).status_code == 302 and Ticket.objects.count() == 1


# At once --------------------------------------------------------------------------------------------------------------


def quiz():
    """(form, values, who sends it, what it makes): nobody needs to sign in."""
    key = links.key_of(make.case("training", by=people.liu()))
    form = form_at(Client(), reverse("quiz", args=[key, Course.objects.first().code]), "quiz")
    return form, {"learner": "小满"}, None, Attempt


def note():
    reviewer = people.reviewer()
    page = reverse("admin:onboarding_case_change", args=[make.case("identity_review", by=people.liu()).ref])
    return form_at(entered(reviewer), page, "admin:add_note"), {"text": "已电话联系"}, reviewer, StaffNote


def entered(user) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
@pytest.mark.parametrize("make_form", [quiz, note])
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


# In a browser --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_double_click_has_one_effect(new_page, live_server, scripts):
    """With scripts the second click sends nothing; without, it is answered like the first one."""
    liu = people.liu()
    page = new_page(java_script_enabled=scripts)
    session = entered(liu).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(reverse("open_ticket", args=[make.case("live", by=liu).ref]))
    page.locator("[name=priority]").first.check(force=True)
    page.locator("[name=subject]").fill("打印不清楚")
    page.locator("[name=text]").fill("字很淡")
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator("form:has([name=subject]) button").last.dblclick()
    page.wait_for_url("**/tickets/TK-*/")
    assert Ticket.objects.count() == 1
    assert sent.count("POST") == 1 or not scripts

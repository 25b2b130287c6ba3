"""A form that is sent twice has one effect: a reload, a lost reply, back and send again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from devices.models import Order
from onboarding.flow import State
from portal.models import SimulatedMessage, SimulatedPayment
from tests.forms.walk import Found, Scenes, form_at, forms_of, key_of, send, undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("forms"), pytest.mark.timeout(900)]
URLENCODED = "application/x-www-form-urlencoded"
OF_THE_READER = {  # what a second send may add to, and why
    "Access": "who looked at what, on every look",
    "Session": "how somebody is known",
    "UserSession": "how somebody is known",
    "SentForm": "the keys themselves",
    "LogEntry": "Django's own log of the admin is checked through the rows it speaks of",
}


def rows() -> dict[str, int]:
    """How many rows each table has, in one question."""
    tables = [one._meta.db_table for one in apps.get_models() if one.__name__ not in OF_THE_READER]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT count(*) FROM "{one}")' for one in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))


def grown(before: dict[str, int]) -> dict[str, int]:
    return {table: number - before[table] for table, number in rows().items() if number != before[table]}


# Every form --------------------------------------------------------------------------------------------------------


def test_every_form_sent_twice_has_one_effect(scenes: Scenes):
    """As it stands in the page, twice from one rendering: the rows of all tables are the same after the second."""
    problems = []
    for key, (scene, url, form) in scenes.forms.items():
        if form.method != "post" or "changelist" in key:
            continue
        with undone():
            client = scene.client()
            fresh = next((one for name, one in forms_of(client, url) if key_of(name, one) == key), form)
            filled = {name: filler(fresh, name) for name in fresh.texts() if not any(fresh.values.get(name, [""]))}
            first = send(client, fresh, **filled)
            before = rows()
            second = send(client, fresh, **filled)
            if second.status_code >= 500 or first.status_code < 400 and grown(before):
                problems.append(f"{key}: {first.status_code}, then {second.status_code} and {grown(before)}")
    assert not problems, "\n".join(problems)


def filler(form: Found, name: str) -> str:
    known = {"number": "1", "date": "2030-01-01", "tel": "13700001111", "email": "a@b.example"}
    return known.get(form.kinds[name], "小满")


# The forms that make something, with honest values ------------------------------------------------------------------


@dataclass
class Making:
    """Who fills which form in on which page, and the table that it adds one row to ("": it moves rows only)."""

    scene: str
    page: str
    to: str
    table: str
    honest: dict[str, object] = field(default_factory=dict)
    query: str = ""

    def __str__(self) -> str:
        return self.to

    def url(self, scenes: Scenes) -> str:
        """The page; `to` names it where nothing else is said."""
        case = scenes.of(self.scene).case
        known = {
            "ticket": {"ref": scenes.ticket.ref}, "phone": {}, "agent_new": {}, "my_data": {}, "ask_deletion": {},
            "admin:onboarding_case_change": {"object_id": case.ref}, "stock": {}, "warehouse": {},
            "book_visit": {"pk": scenes.walks[State.INSTALLATION].case.rollouts.get().pk},
        }  # fmt: skip
        if self.page == "withdraw_consent":
            return reverse(self.page, args=[case.consents.first().pk])
        return reverse(self.page, kwargs=known.get(self.page, {"ref": case.ref})) + self.query


OWNER = {
    "owner-name": "刘股东", "owner-id_type": "resident_id", "owner-id_number": "11010519491231002X",
    "owner-id_valid_until": "2040-01-01", "owner-share": "30",
}  # fmt: skip
NEW = {
    "type": "enterprise", "contact_name": "王店主", "contact_mobile": "13700001234", "told": "on",
    "business": "虚构市新店有限公司", "contact_email": "wang@example.com",
}  # fmt: skip
SOON = (timezone.localdate() + datetime.timedelta(days=3)).isoformat()
MAKING = [
    Making("merchant", "open_ticket", "open_ticket", "support_ticket", {
        "priority": "P2", "subject": "打印不清楚", "text": "字很淡",
    }),
    Making("merchant", "ticket", "answer_ticket", "support_message", {"text": "还是一样"}),
    Making("support_agent", "ticket", "note_ticket", "support_message", {"note-text": "已电话联系"}),
    Making("reviewer", "admin:onboarding_case_change", "admin:add_note", "onboarding_staffnote", {
        "text": "已电话联系",
    }),
    Making("reviewer", "admin:mark", "admin:mark", "onboarding_return", {"reason": "name_mismatch"},
           "?item=field:merchant.name"),
    Making("merchant", "members", "members", "onboarding_invitation", {
        "name": "小陈", "address": "13700001235", "role": "cashier",
    }),
    Making("call_centre_agent", "phone", "phone", "onboarding_case", NEW),
    Making("sales_agent", "agent_new", "agent_new", "onboarding_case", {**NEW, "region": "110100"}),
    Making("identity", "identity_owners", "identity_owner_add", "onboarding_person", OWNER),
    Making("dispatcher", "book_visit", "book_visit", "", {"day": SOON, "window": "10:00"}),
    Making("identity", "my_data", "ask_export", "onboarding_export"),
    Making("merchant", "ask_deletion", "ask_deletion", "onboarding_erasure"),
    Making("merchant", "withdraw_consent", "withdraw_consent", ""),
    Making("ordering", "order", "order", "", {"quantity_demo-pos-k2": "1"}),
    Making("signing", "agreement", "send_signing_code", "onboarding_onetimecode"),
    Making("application", "application_check", "submit_application", ""),
]  # fmt: skip


@pytest.mark.parametrize("made", MAKING, ids=str)
def test_what_is_made_is_made_once(scenes: Scenes, made: Making):
    client = scenes.of(made.scene).client()
    form = form_at(client, made.url(scenes), made.to)
    before = rows()
    first = send(client, form, **made.honest)
    assert first.status_code == 302 and refusals(first) == [], said(first)
    assert not made.table or grown(before).get(made.table) == 1, grown(before)
    between = rows()
    second = send(client, form, **made.honest)
    assert second.status_code == 302 and grown(between) == {}, grown(between)


def said(answer) -> list[str]:
    """What an honest form was told, for whoever reads the failure."""
    return [line for line in answer.content.decode().splitlines() if 'class="err' in line]


def refusals(answer) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request) if one.level >= messages.WARNING]


# What asks an outside party has a reference of its own ---------------------------------------------------------------


def test_an_order_is_placed_once_and_paid_once(scenes: Scenes):
    """Placed twice, then both answers at the payment house's page twice: one payment, asked for once."""
    scene = scenes.of("ordering")
    client, page = scene.client(), reverse("order", args=[scene.case.ref])
    send(client, form_at(client, page, "order", "way"), **{"quantity_demo-pos-k2": "1"})
    client.get(page)
    places = [client.post(reverse("place_order", args=[scene.case.ref]))["Location"] for _time in range(2)]
    assert places[0] == places[1] and "/pay/" in places[0]
    payment = SimulatedPayment.objects.get(
        client_ref=Order.objects.get(rollout__case=scene.case).payments.get().client_ref
    )
    paying = form_at(client, places[0], "pay")
    for _time in range(2):
        assert send(client, paying).status_code == 302
    payment.refresh_from_db()
    assert payment.state == SimulatedPayment.State.PAID
    assert Order.objects.filter(rollout__case=scene.case).count() == 1


def test_a_small_sum_is_sent_once(scenes: Scenes):
    """A line in the simulated bank statement per sum."""
    scene = scenes.of("application")
    client, page = scene.client(), reverse("application_small_sum", args=[scene.case.ref])
    lines = SimulatedMessage.objects.filter(channel="bank")
    before, form = lines.count(), form_at(client, page, "send_small_sum")
    for _time in range(2):
        assert send(client, form).status_code == 302
    assert lines.count() == before + 1


def test_a_draft_sent_twice_is_one_draft(scenes: Scenes):
    scene = scenes.of("application")
    client, page = scene.client(), reverse("application_store", args=[scene.case.ref])
    before, typed = rows(), urlencode({"path": page, "sign": "没保存的店"})
    for _time in range(2):
        assert client.post(reverse("keep_draft"), typed, content_type=URLENCODED).status_code == 204
    assert grown(before) == {} and "没保存的店" in client.get(page).content.decode()

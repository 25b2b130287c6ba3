"""One hostile value in one field of each important form, beside honest ones: either a sentence at that very field on a
page that has kept everything else, or the exact value is kept and shown back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.contrib.messages import constants, get_messages
from django.test import Client
from django.urls import reverse

from devices import demo
from tests.forms.walk import Found, Scenes, form_at, is_page, lost, read_page, says_at, send, undone, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("forms"), pytest.mark.timeout(900)]
UNSEEN = {
    "nul": "甲\x00乙", "control": "甲\x07乙", "turned": "甲\u202e乙", "mark": "\u200f甲乙", "zero width": "甲\u200b乙",
}  # fmt: skip
VALUES = UNSEEN | {
    "empty": "", "blank": " \u3000 ", "long": "长" * 20_000, "script": "<script>alert(1)</script>",
    "sql": "甲'; DROP TABLE x;--", "quotes": "甲\"'`>乙", "entity": "甲&lt;b&gt;&amp;乙", "template": "甲{{ 7*7 }}%s",
    "yi": "𠮷𠮷", "rare": "䶮㛃", "dots": "买买提·艾力", "dots 2": "古丽•巴拉提‧江", "arabic": "أحمد", "emoji": "甲🍜",
    "family": "甲👩🏽‍🌾", "nan": "NaN", "infinite": "1e400", "huge": "9" * 60, "negative": "-1", "power": "²",
    "half": "1.5", "null": "null", "no day": "2026-02-30", "zero day": "0000-00-00", "far": "9999999-01-01",
}  # fmt: skip
PLAIN_NUMBERS = {  # what is read as a number or a day and shown in one way
    "id_number", "mobile", "number", "cnaps", "uscc", "contact_mobile", "monthly", "largest", "terminals", "phone",
    "owner-id_number", "owner-share", "owner-id_valid_until", "established_on", "valid_until", "id_valid_until",
    "opens_at", "closes_at", "address@", "day", *(f"quantity_{one['code']}" for one in demo.MODELS),
}  # fmt: skip
BESIDE = {"monthly": ["largest"]}  # a right value here may make another answer wrong


@dataclass
class Case:
    """An important form: who sees it, the page, where it goes, and honest values beside those that stand in it."""

    scene: str
    page: str
    to: str = ""
    having: str = ""
    honest: dict[str, object] = field(default_factory=dict)
    query: str = ""

    def url(self, scenes: Scenes) -> str:
        scene = scenes.of(self.scene)
        arguments = {"ref": scenes.ticket.ref if self.page == "ticket" else scene.case.ref}
        return reverse(self.page, kwargs=arguments if self.page not in NO_CASE else None) + self.query

    def __str__(self) -> str:
        return f"{self.to or self.page} {self.having}".strip()


NO_CASE = {"phone", "agent_new", "start"}
OWNER = {
    "owner-name": "刘股东", "owner-id_type": "resident_id", "owner-id_number": "11010519491231002X",
    "owner-id_valid_until": "2040-01-01", "owner-share": "30",
}  # fmt: skip
NEW = {
    "type": "enterprise", "contact_name": "王店主", "contact_mobile": "13700001234", "told": "on",
    "business": "虚构市新店有限公司", "contact_email": "wang@example.com",
}  # fmt: skip
IMPORTANT = [
    Case("registration", "registration", "complete_registration", honest={
        "type": "micro", "contact_name": "刘小满", "contact_email": "a@example.com", "privacy": "on", "identity": "on",
    }),
    Case("identity", "identity_business"),
    Case("identity", "identity_person"),
    Case("identity", "identity_handler"),
    Case("identity", "identity_owners", "identity_owner_add", honest=OWNER),
    Case("identity_returned", "identity_business"),
    Case("application", "application_store"),
    Case("application", "application_account"),
    Case("application", "application_turnover"),
    Case("application_returned", "application_store"),
    Case("ordering", "order", having="quantity_demo-pos-k2", honest={"quantity_demo-pos-k2": "1"}),
    Case("merchant", "open_ticket", honest={"priority": "P2", "subject": "打印不清楚", "text": "字很淡"}),
    Case("merchant", "ticket", "answer_ticket", honest={"text": "还是一样"}),
    Case("support_agent", "ticket", "note_ticket", honest={"note-text": "已电话联系"}),
    Case("merchant", "members", honest={"name": "小陈", "address": "13700001235", "role": "cashier"}),
    Case("call_centre_agent", "phone", honest=NEW),
    Case("sales_agent", "agent_new", honest={**NEW, "region": "110100"}),
    Case("reviewer", "admin:mark", honest={"reason": "name_mismatch"}, query="?item=field:merchant.name"),
    Case("reviewer", "admin:return_identity", honest={"note": "请补"}),
    Case("stranger", "start", having="phone", honest={"phone": "13700001236"}),
]  # fmt: skip


def found(case: Case, scenes: Scenes, client: Client) -> tuple[str, Found]:
    url = case.url(scenes)
    return url, form_at(client, url, case.to or case.page, case.having)


@pytest.mark.parametrize("case", IMPORTANT, ids=str)
def test_honest_values_are_accepted(scenes: Scenes, case: Case):
    """Otherwise the test below would see refusals for other reasons."""
    client = scenes.of(case.scene).client()
    url, form = found(case, scenes, client)
    assert not form.kinds.keys().isdisjoint({*form.seen_texts()}), url
    with undone():
        answer = send(client, form, **case.honest)
        shown = [one for name in form.seen_texts() if says_at(read_page(answer), form, name) for one in [name]]
        assert answer.status_code == 302, (answer.status_code, shown)


@pytest.mark.parametrize("case", IMPORTANT, ids=str)
def test_a_hostile_value_is_refused_at_its_field_or_kept_exactly(scenes: Scenes, case: Case):
    client = scenes.of(case.scene).client()
    url, form = found(case, scenes, client)
    form.values |= {name: [str(value)] for name, value in case.honest.items()}
    problems = []
    for name in form.seen_texts():
        for label, value in VALUES.items():
            with undone():
                answer = send(client, form, **{name: value})
                told = wrong(client, url, form, name, label, answer)
                problems += [f"{name} with {label}: {one}" for one in told]
    assert not problems, "\n".join(problems)


def wrong(client: Client, url: str, form: Found, name: str, label: str, answer) -> Iterator[str]:
    if is_page(answer):
        yield from refused_badly(answer, form, name)
    elif answer.status_code != 302:
        yield f"answered {answer.status_code}"
    elif label in UNSEEN:
        yield "kept what nobody can see"
    elif told := [str(one) for one in get_messages(answer.wsgi_request) if one.level >= constants.ERROR]:
        yield f"refused elsewhere: {told}"
    elif name not in PLAIN_NUMBERS and not is_shown(client, url, answer["Location"], VALUES[label].strip()):
        yield "neither refused nor shown back"


def refused_badly(answer, form: Found, name: str) -> Iterator[str]:
    page = read_page(answer)
    if not any(says_at(page, form, one) for one in (name, *BESIDE.get(name, ()))):
        yield "no sentence at the field"
    if gone := lost(page, form, form.sent(), name):
        yield f"lost {gone}"
    if VALUES["script"] in answer.content.decode():
        yield "unescaped"


def is_shown(client: Client, url: str, after: str, value: str) -> bool:
    """On the page that follows, or in the form when it is opened again."""
    return any(value in words_of(client.get(one, follow=True)) for one in dict.fromkeys((after, url)))

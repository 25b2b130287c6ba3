"""Every form of the portal with hostile values, and every form sent twice.

The forms are found in the pages themselves, as people of every role see them in a world that has everything: a new
form is tested from its first day. What is left out stands below, with the reason.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse

from onboarding.models import Attempt, Course
from onboarding.registration.second_factor import Guarded
from onboarding.rules import Who
from onboarding.training import links
from portal import once, typed
from portal.models import SentForm
from support.models import Ticket
from tests import make, people
from tests.test_access import World, entered, everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LEFT_OUT = {
    "admin:logout": "ends the walk",
    "account_logout": "ends the walk",
    "end_session": "ends the walk",
    "language": "one choice, no text",
}
HOSTILE = {
    "nul": "a\x00b", "control": "a\x07b", "c1": "a\x85b", "turned": "abc\u202edef", "isolate": "\u2066abc\u2069",
    "mark": "\u200fabc", "zero width": "a\u200bb", "bom": "\ufeffabc", "lost": "a\ufffdb",
    "script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE x;--", "long": "长" * 20_000, "han": "𠮷䶮㛃", "dots": "买买提·艾力•麦麦提",
    "emoji": "👩🏽‍🌾🍜",
    "huge": "9" * 400, "nan": "NaN", "infinite": "1e400", "far": "9999999-99-99", "empty": "",
}  # fmt: skip
AT_WORK = {  # where those work who have forms of their own
    Who.TECHNICIAN: "field/",
    Who.CALL_CENTRE_AGENT: "desk/phone/",
    Who.SALES_AGENT: "agent/",
    Who.REVIEWER: "desk/",
    Who.SUPPORT_AGENT: "tickets/",
}
REFUSED = {"nul", "control", "c1", "turned", "isolate", "mark", "zero width", "bom", "lost"}
TEXTS = {"text", "search", "textarea", "email", "tel", "url", "password", "number", "date", "time", "hidden"}


@dataclass
class Found:
    """A form as it stands in a page."""

    action: str
    method: str
    many: bool = False
    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def texts(self) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in TEXTS and name != "csrfmiddlewaretoken"]


class Reader(HTMLParser):
    """The forms of a page with what their fields hold, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Found] = []
        self.now: Found | None = None
        self.area, self.select = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, pairs) -> None:
        known = {name: value or "" for name, value in pairs}
        if tag == "form":
            self.now = Found(known.get("action", ""), known.get("method", "get").lower())
            self.forms.append(self.now)
        elif self.now is not None and tag in ("input", "textarea", "select", "option", "button"):
            getattr(self, f"_{tag}")(known)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select

    def handle_data(self, data: str) -> None:
        if self.area and self.now:
            self.now.values[self.area] = [data.strip()]

    def _keep(self, known, kind: str, chosen: bool = True) -> None:
        name = known.get("name")
        if not name or self.now is None:
            return
        self.now.kinds.setdefault(name, kind)
        if chosen:
            self.now.values.setdefault(name, []).append(known.get("value", "on"))

    def _input(self, known) -> None:
        kind = known.get("type", "text")
        if kind in ("checkbox", "radio"):
            self._keep(known, kind, "checked" in known)
        elif kind not in ("submit", "file"):
            known.setdefault("value", "")
            self._keep(known, kind)

    def _textarea(self, known) -> None:
        self.area = known.get("name", "")
        self._keep({**known, "value": ""}, "textarea")

    def _select(self, known) -> None:
        self.select = known.get("name", "")
        self._keep({"name": self.select}, "select", False)

    def _option(self, known) -> None:
        if "selected" in known:
            self._keep({"name": self.select, "value": known.get("value", "")}, "select")

    def _button(self, known) -> None:
        if known.get("type") != "button" and known.get("name"):
            self._keep(known, "button", known["name"] not in self.now.values)


def forms_of(client: Client, url: str) -> Iterator[tuple[str, Found]]:
    """(name of the address it is sent to, the form) for each form of a page."""
    answer = client.get(url)
    if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    for form in Reader(answer.content.decode()).forms:
        target = form.action.split("#")[0] or url
        path = target.split("?")[0]
        try:
            name = resolve(path).view_name
        except Resolver404:
            continue
        form.action = target if path != "" else url
        if name not in LEFT_OUT:
            yield name, form


@pytest.fixture
def world() -> World:
    return World()


def all_forms(world: World) -> dict[str, tuple[object, str, Found]]:
    """One of every form: who sees it, on which page, and the form. Keyed by where it goes and its fields."""
    found: dict[str, tuple[object, str, Found]] = {}
    pages = [(address, url) for address, url in everywhere(world) if not address.name.endswith(("_history", "jsi18n"))]
    readers = [(None, ""), (world.owner, ""), (world.staff[Who.ADMINISTRATOR], "")]
    readers += [(world.staff[role], start) for role, start in AT_WORK.items() if role in world.staff]
    for who, start in readers:
        client = entered(who)
        for address, url in pages:
            if not address.route.startswith(start) or address.name.startswith("admin:") and who != readers[2][0]:
                continue
            for name, form in forms_of(client, url):
                found.setdefault(key_of(name, form), (who, url, form))
    return found


def key_of(name: str, form: Found) -> str:
    return f"{form.method} {name} {' '.join(sorted(form.kinds))}"


def send(client: Client, form: Found, **changed: str):
    values = {name: one for name, one in form.values.items() if form.kinds.get(name) != "file"}
    values |= {name: [value] for name, value in changed.items()}
    if form.method == "get":
        return client.get(form.action.split("?")[0], values)
    return client.post(form.action, values)


def test_no_form_breaks_and_each_refusal_stands_at_its_field(world):
    """Each form with each value in all its texts: never a 500; what nobody can see is refused where it stands."""
    forms, problems = all_forms(world), []
    assert len(forms) > 40
    for key, (who, _url, form) in forms.items():
        client, names = entered(who), form.texts()
        for label, value in HOSTILE.items() if names else ():
            point = transaction.savepoint()
            answer = send(client, form, **dict.fromkeys(names, value))
            transaction.savepoint_rollback(point)
            problems += [f"{one}: {key} with {label}" for one in wrong(answer, form, label)]
    assert not problems, "\n".join(problems)


def wrong(answer, form: Found, label: str) -> Iterator[str]:
    if answer.status_code >= 500:
        yield str(answer.status_code)
    if answer.status_code not in (200, 422) or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    if HOSTILE["script"].encode() in answer.content:
        yield "unescaped"
    seen = any(form.kinds[name] != "hidden" for name in form.texts())
    if form.method == "post" and seen and label in REFUSED and not any(one in answer.content for one in MARKED):
        yield "no sentence"


MARKED = (b'aria-invalid="true"', b"errorlist", b"errsum")


ROWS_OF_THE_READER = {  # what a second send may add to, and why
    "Access": "who looked at what, on every look",
    "Session": "how somebody is known",
    "UserSession": "how somebody is known",
    "SentForm": "the keys themselves",
    "LogEntry": "Django's own log of the admin is checked through the rows it speaks of",
}


def rows() -> dict[str, int]:
    ours = (model for model in apps.get_models() if model.__name__ not in ROWS_OF_THE_READER)
    return {model._meta.label: model._base_manager.count() for model in ours}


def test_every_form_sent_twice_has_one_effect(world):
    """As it stands in the page, twice from one rendering: the rows of all tables are the same after the second."""
    problems = []
    for key, (who, url, form) in all_forms(world).items():
        if form.method != "post":
            continue
        point = transaction.savepoint()
        client = entered(who)
        fresh = next((one for name, one in forms_of(client, url) if key_of(name, one) == key), form)
        filled = {name: fillers(fresh, name) for name in fresh.texts() if not any(fresh.values.get(name, [""]))}
        first = send(client, fresh, **filled)
        before = rows()
        second = send(client, fresh, **filled)
        grown = {label: number for label, number in rows().items() if number > before[label]}
        if second.status_code >= 500 or first.status_code < 400 and grown:
            problems.append(f"{key}: {first.status_code}, then {second.status_code} and {grown}")
        transaction.savepoint_rollback(point)
    assert not problems, "\n".join(problems)


def fillers(form: Found, name: str) -> str:
    known = {"number": "1", "date": "2030-01-01", "tel": "13700001111", "email": "a@b.example"}
    return known.get(form.kinds[name], "小满")


# The mechanism alone -----------------------------------------------------------------------------------------------


@pytest.fixture
def asking():
    """(address, fields) of a new ticket, with the key of a rendered form."""
    liu = people.liu()
    case = make.case("live", by=liu)
    client = entered(liu)
    url = reverse("open_ticket", args=[case.ref])
    form = next(one for name, one in forms_of(client, url) if name == "open_ticket" and one.method == "post")
    key = form.values["csrfmiddlewaretoken"][0]
    return client, url, {"priority": "normal", "subject": "打印不清楚", "text": "字很淡", "csrfmiddlewaretoken": key}


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


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sends_at_once_have_one_effect(guarded, monkeypatch):
    """A double click before any answer, on a form that nothing else guards. The control shows the race."""
    key = links.key_of(make.case("training", by=people.liu()))
    url = reverse("quiz", args=[key, Course.objects.first().code])
    client = entered()
    form = next(one for name, one in forms_of(client, url) if name == "quiz")
    if not guarded:
        monkeypatch.setattr(once, "_counts", lambda request: False)
    meet, answers = threading.Barrier(2), []

    def press():
        meet.wait(timeout=10)
        answers.append(send(Client(), form, learner="小满"))
        connection.close()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=30)
    assert [one.status_code for one in answers] == [302, 302]
    assert Attempt.objects.count() == (1 if guarded else 2)
    assert not guarded or len({one["Location"] for one in answers}) == 1


@pytest.mark.parametrize("text", ["𠮷䶮㛃", "买买提·艾力", "a·b•c‧d", "O’Brien", " 刘小满\t"])
def test_rare_characters_and_dots_stay_in_a_name(text):
    assert typed.problem(text, name=True) is None


@pytest.mark.parametrize("label", sorted(REFUSED))
@pytest.mark.parametrize("kind", [{}, {"lines": True}, {"strict": True}, {"name": True}], ids=str)
def test_what_nobody_can_see_is_refused_everywhere(label, kind):
    assert typed.sentence(HOSTILE[label], **kind)


def test_half_a_character_is_refused():
    """It comes through JSON only; a form's text has lost it on the way already."""
    assert typed.sentence("a\ud842b") and typed.sentence("a\udfb7")


def test_emoji_belong_in_free_text_and_not_in_a_name():
    assert typed.sentence(HOSTILE["emoji"]) is None and typed.sentence(HOSTILE["emoji"], lines=True) is None
    assert "\U0001f35c" in str(typed.sentence("小满🍜", name=True).messages)
    assert typed.sentence("a\nb") and typed.sentence("a\n\tb", lines=True) is None


def test_every_form_of_ours_looks_at_what_is_typed():
    """Also a form that no page of the world shows. What a passkey answers is JSON of the browser's: nobody types it."""
    get_resolver().url_patterns  # noqa: B018  # brings in every view and its forms
    houses = ("portal.", "onboarding.", "devices.", "support.", "desk.")
    blind = [
        one
        for one in below(BaseForm)
        if one.__module__.startswith(houses) and not issubclass(one, (typed.Typed, Guarded))
    ]
    assert blind == []


def below(kind: type) -> set[type]:
    return {kind, *(deep for one in kind.__subclasses__() for deep in below(one))}

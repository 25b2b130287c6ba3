"""Opening a ticket: from every state after registration, promised, once, by those who belong to the case."""

import pytest

from onboarding.flow import State
from onboarding.models import Case, Entry, Notice
from onboarding.services import NotAllowed, NotNow, Refused
from support import knowledge, services
from support.models import Message, Ticket
from tests import make, people

pytestmark = pytest.mark.django_db
CARD = "卡号是 6222 0212 3456 7894 9，请查"
GOOD = {"priority": "P1", "subject": "不能收款", "text": "刷卡后提示“通讯失败”。"}


@pytest.fixture
def agent():
    return people.somebody("support_agent")


def url(case: Case) -> str:
    return f"/cases/{case.ref}/tickets/new/"


def test_it_works(client, agent):
    liu = people.liu()
    case = make.case("live", by=liu)
    client.force_login(liu)
    assert client.get(url(case)).status_code == 200
    answer = client.post(url(case), GOOD)
    ticket = Ticket.objects.get()
    assert answer.url == f"/tickets/{ticket.ref}/"
    assert ticket.state == "new" and ticket.due_at and ticket.opened_by == liu
    entry = Entry.objects.get(case=case, verb="fact:ticket_opened")
    assert entry.data == {"ticket": ticket.ref} and entry.public
    told = Notice.objects.get()
    assert (told.template, told.recipient) == ("ticket_opened", agent)
    assert "刷卡后" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("state", [state for state in State if state != State.REGISTRATION])
def test_from_any_state_after_registration(state):
    liu = people.liu()
    case = make.case(state, by=liu)
    ticket = services.open_ticket(case.pk, by=liu, subject="问", text="怎么办")
    assert ticket.state == "new" and Entry.objects.filter(case=case, verb="fact:ticket_opened").exists()


def test_not_during_registration(client):
    liu = people.liu()
    case = make.case(by=liu)
    with pytest.raises(NotNow):
        services.open_ticket(case.pk, by=liu, subject="问", text="怎么办")
    client.force_login(liu)
    assert "errsum" in client.post(url(case), GOOD).content.decode()
    assert client.get("/tickets/").status_code == 200
    assert not Ticket.objects.exists()


def test_the_same_words_within_a_minute_are_one_ticket(client):
    liu = people.liu()
    case = make.case("live", by=liu)
    client.force_login(liu)
    first, second = client.post(url(case), GOOD), client.post(url(case), GOOD)
    assert first.url == second.url and Ticket.objects.count() == 1
    assert Entry.objects.filter(verb="fact:ticket_opened").count() == 1
    client.post(url(case), {**GOOD, "text": "另一件事"})
    assert Ticket.objects.count() == 2


def test_strangers_find_nothing(client):
    case = make.case("live")
    assert client.get(url(case)).status_code == 302
    client.force_login(people.stranger())
    assert client.get(url(case)).status_code == client.post(url(case), GOOD).status_code == 404
    client.force_login(people.somebody("warehouse_clerk"))
    assert client.get(url(case)).status_code == 404
    with pytest.raises(NotAllowed):
        services.open_ticket(case.pk, by=people.stranger(), subject="问", text="怎么办")


def test_a_colleague_writes_down_what_was_said_on_the_phone():
    liu = people.liu()
    case = make.case("live", by=liu)
    ticket = services.open_ticket(case.pk, by=people.somebody("call_centre_agent"), subject="问", text="怎么办")
    assert ticket.due_at and Notice.objects.get(recipient=liu).template == "ticket_opened"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", CARD), ("subject", "6222021234567894 9"), ("text", "x" * 10_000), ("subject", "字" * 81),
        ("text", "a\0b"), ("subject", "a\0b"), ("text", "   "), ("priority", "P9"), ("priority", ""),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence_at_the_field(client, field, value):
    liu = people.liu()
    case = make.case("live", by=liu)
    client.force_login(liu)
    answer = client.post(url(case), {**GOOD, field: value})
    assert answer.status_code == 200 and set(answer.context["form"].errors) == {field}
    assert not Ticket.objects.exists()


def test_nothing_at_all(client):
    liu = people.liu()
    case = make.case("live", by=liu)
    client.force_login(liu)
    assert set(client.post(url(case), {}).context["form"].errors) == {"priority", "subject", "text"}


@pytest.mark.duty("no-card-data")
def test_the_service_refuses_a_card_number_too():
    liu = people.liu()
    with pytest.raises(Refused):
        services.open_ticket(make.case("live", by=liu).pk, by=liu, subject="问", text=CARD)


def test_every_character_is_kept(client):
    liu = people.liu()
    case = make.case("live", by=liu)
    client.force_login(liu)
    words = "𠮷䶮㛃 😀 <b>&amp;</b> 末四位 3456"
    page = client.post(url(case), {**GOOD, "subject": words, "text": words}, follow=True).content.decode()
    assert Ticket.objects.get().subject == Message.objects.get().text == words
    assert "𠮷䶮㛃 😀 &lt;b&gt;" in page and "<b>&amp;" not in page


def test_articles_are_offered_before_and_after(client):
    knowledge.load()
    liu = people.liu()
    case = make.case("live", by=liu)
    client.force_login(liu)
    assert "/help/printer-jam/" in client.get(url(case), {"q": "打印机卡纸"}).content.decode()
    page = client.post(url(case), {**GOOD, "subject": "打印卡纸"}, follow=True).content.decode()
    assert "/help/printer-jam/" in page

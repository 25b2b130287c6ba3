"""The thread: taking, answering, notes, solving, closing, opening again; who may, who hears, who reads."""

import pytest

from onboarding.models import Entry, Notice
from onboarding.services import NotAllowed, NotNow
from support import services
from support.models import Message, Ticket
from tests import make, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def liu():
    return people.liu()


@pytest.fixture
def agent():
    return people.somebody("support_agent")


@pytest.fixture
def ticket(liu, agent):
    return services.open_ticket(make.case("live", by=liu).pk, by=liu, subject="打印卡纸", text="纸出不来")


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def do(client, ticket: Ticket, verb: str, **words):
    return client.post(f"/tickets/{ticket.ref}/{verb}/", words)


def test_the_whole_way(client, ticket, liu, agent):
    client.force_login(agent)
    do(client, ticket, "take")
    assert (again(ticket).state, again(ticket).assigned_to) == ("open", agent)
    do(client, ticket, "answer", text="请打开纸仓")
    assert again(ticket).state == "waiting_merchant" and again(ticket).due_at is None
    assert Notice.objects.get(recipient=liu).template == "ticket_answered"
    client.force_login(liu)
    do(client, ticket, "answer", text="还是不行")
    assert again(ticket).state == "open" and again(ticket).due_at
    assert Notice.objects.filter(recipient=agent, template="ticket_answered").count() == 1
    do(client, ticket, "resolve")
    assert again(ticket).state == "resolved"
    assert Entry.objects.filter(verb="fact:ticket_resolved").count() == 1
    do(client, ticket, "reopen", **{"again-text": "又卡了"})
    assert again(ticket).state == "open" and again(ticket).due_at
    client.force_login(agent)
    do(client, ticket, "resolve")
    do(client, ticket, "close")
    assert again(ticket).state == "closed"
    assert Notice.objects.filter(recipient=liu, template="ticket_resolved").count() == 1
    client.force_login(liu)
    page = client.get(f"/tickets/{ticket.ref}/").content.decode()
    assert "又卡了" in page and str(agent) not in page


def test_internal_notes_never_reach_the_merchant(client, ticket, liu, agent):
    client.force_login(agent)
    before = Notice.objects.count()
    do(client, ticket, "note", **{"note-text": "可疑，转风控"})
    assert "可疑" in client.get(f"/tickets/{ticket.ref}/").content.decode()
    assert Notice.objects.count() == before
    client.force_login(liu)
    assert "可疑" not in client.get(f"/tickets/{ticket.ref}/").content.decode()
    assert do(client, ticket, "note", **{"note-text": "我"}).status_code == 302
    assert Message.objects.filter(internal=True).count() == 1


def test_the_same_answer_twice_is_one(client, ticket, liu, agent):
    client.force_login(agent)
    do(client, ticket, "answer", text="请打开纸仓")
    do(client, ticket, "answer", text="请打开纸仓")
    assert Message.objects.filter(text="请打开纸仓").count() == 1
    assert Notice.objects.filter(recipient=liu).count() == 1
    do(client, ticket, "note", **{"note-text": "x"})
    do(client, ticket, "note", **{"note-text": "x"})
    assert Message.objects.filter(text="x").count() == 1


@pytest.mark.parametrize("verb", ["take", "answer", "note", "resolve", "close", "reopen"])
def test_strangers_find_nothing(client, ticket, verb):
    client.force_login(people.stranger())
    assert do(client, ticket, verb, text="x").status_code == 404
    assert client.get(f"/tickets/{ticket.ref}/").status_code == 404
    client.force_login(people.somebody("warehouse_clerk"))
    assert client.get(f"/tickets/{ticket.ref}/").status_code == 404
    assert again(ticket).state == "new"


@pytest.mark.parametrize("verb", ["take", "answer", "note", "resolve", "close", "reopen"])
def test_only_by_post_and_signed_in(client, ticket, liu, verb):
    assert do(client, ticket, verb).status_code == 302 and again(ticket).state == "new"
    client.force_login(liu)
    assert client.get(f"/tickets/{ticket.ref}/{verb}/").status_code == 405


@pytest.mark.parametrize("verb", ["take", "note", "close"])
def test_what_merchants_may_not(ticket, liu, verb):
    words = {"text": "x"} if verb == "note" else {}
    with pytest.raises(NotAllowed):
        getattr(services, verb)(ticket.pk, by=liu, **words)


def test_an_auditor_only_reads(client, ticket):
    auditor = people.somebody("auditor")
    client.force_login(auditor)
    assert client.get(f"/tickets/{ticket.ref}/").status_code == 200
    with pytest.raises(NotAllowed):
        services.answer(ticket.pk, by=auditor, text="x")


def test_wrong_states_are_sentences(client, ticket, agent):
    services.resolve(ticket.pk, by=agent)
    for verb, words in (("resolve", {}), ("take", {}), ("answer", {"text": "x"})):
        with pytest.raises(NotNow):
            getattr(services, verb)(ticket.pk, by=agent, **words)
    client.force_login(agent)
    assert "bad said" in client.post(f"/tickets/{ticket.ref}/resolve/", follow=True).content.decode()


@pytest.mark.parametrize("words", ["", "a\0b", "x" * 10_000, "6222 0212 3456 7894 9"])
def test_bad_words_are_said_at_the_field(client, ticket, liu, words):
    client.force_login(liu)
    answer = do(client, ticket, "answer", text=words)
    assert answer.status_code == 200 and answer.context["answer_form"].errors
    assert Message.objects.count() == 1


def test_a_suspended_case_is_still_answered(liu, agent):
    case = make.case("suspended", by=liu, suspended_from="live")
    ticket = services.open_ticket(case.pk, by=liu, subject="问", text="为什么", priority="objection")
    services.answer(ticket.pk, by=agent, text="我们在看")
    assert again(ticket).state == "waiting_merchant"


def test_letters_are_written_in_both_languages(ticket, liu, agent):
    from onboarding.tasks import letters

    services.answer(ticket.pk, by=agent, text="请打开纸仓")
    services.resolve(ticket.pk, by=agent)
    assert Notice.objects.count() == 3
    for notice in Notice.objects.all():
        for notice.language in ("zh-hans", "en"):
            letter = letters.letter(notice)
            assert ticket.ref in letter.subject and f"/tickets/{ticket.ref}/" in letter.text
            assert letters.text(notice).text.endswith(f"/t/{ticket.ref}")

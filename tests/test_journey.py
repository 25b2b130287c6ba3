"""The living specification: Liu's noodle company, from the first page to a ticket that is answered.

In a real browser with several people, with a real worker, real files, and mails in an outbox. Below it the same journey
by services alone, which runs on both databases.
"""

import pytest
from django.core.management import call_command
from django.db import connection

from desk.demo import people as demo
from desk.demo.rollout import FullWalk
from desk.demo.walk import Shop
from devices import demo as devices
from devices.models import Order, Rollout, Terminal, Visit
from onboarding.flow import State
from onboarding.models import Entry, Notice
from onboarding.rules import Who
from onboarding.timeline import damaged_chains
from tests import people
from tests.journey import outbox, shop
from tests.journey.field import Cashier, Technician
from tests.journey.merchant import Merchant
from tests.journey.staff import Dispatcher, Reviewer, SupportAgent, Warehouse
from tests.journey.visitor import until
from tests.journey.worker import working

NOTE = "左上角反光，请把灯关掉再拍一张。"
ANSWER = "请先按住取消键十秒重启；还不行，我们今天下午派人来。"
STORY = (  # what the timeline holds, in this order, whatever lies between
    "open_case", "complete_registration", "submit_identity", "finish_identity_screening", "return_identity",
    "submit_identity", "finish_identity_screening", "approve_identity", "submit_application",
    "finish_application_screening", "approve_application", "sign_agreement", "place_order", "confirm_delivery",
    "complete_installation", "complete_training", "go_live",
)  # fmt: skip
MAILED = (  # verbs that are told by mail
    "complete_registration", "submit_identity", "return_identity", "approve_identity", "submit_application",
    "approve_application", "sign_agreement", "place_order", "confirm_delivery", "complete_installation",
    "complete_training", "go_live", "ticket_opened", "ticket_answered",
)  # fmt: skip


@pytest.fixture
def worker(process_env, tmp_path, settings, live_server):
    """A real worker hears the doorbell; links in mails and the QR code lead to the server of this test."""
    settings.SITE_URL = live_server.url
    env = {**process_env, "CACHE_URL": "locmemcache://", "SITE_URL": live_server.url, "LOG_LEVEL": "INFO"}
    with working(env, tmp_path / "worker.log") as process:
        yield process


@pytest.fixture
def staff(new_page, locale):
    """`staff(Reviewer, "reviewer", …)`: somebody of ours, signed in, and their account."""

    def enter(kind, role: str, width: int = 1280, **fields):
        user = people.somebody(role, language="en" if locale == "en-US" else "zh-hans", **fields)
        return kind(new_page(width=width, locale=locale)).sign_in(user.email, people.PASSWORD), user

    return enter


@pytest.fixture
def liu(new_page, locale, tmp_path):
    """Liu's phone, with a camera."""
    return Merchant(new_page(width=390, height=844, locale=locale), shop.Camera(tmp_path))


@pytest.fixture(params=["zh-CN", "en-US"])
def locale(request):
    return request.param


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_from_the_first_page_to_an_answered_ticket(liu, staff, worker, new_page, locale):
    shop.known_to_the_registry()
    devices.seed()
    reviewer, _account = staff(Reviewer, "reviewer", name="陈知秋")

    registers(liu)
    hands_in_papers(liu)
    one_paper_is_returned(reviewer, liu)
    liu_mends_it(liu)
    identity_is_approved(reviewer, liu)
    applies(liu)
    application_is_approved(reviewer, liu)
    signs(liu)
    orders(liu)
    technician, account = staff(Technician, "technician", width=360, name="季明")
    serial = terminal_goes_out(staff, liu, account)
    visit = visit_is_booked(staff, liu, account)
    terminal_is_installed(technician, liu, visit, serial)
    cashier_learns(liu, Cashier(new_page(width=390, locale=locale)))
    shop_is_live(liu)
    ticket_is_answered(staff, liu)
    everything_is_written_down(liu)
    everything_was_told(liu)


# The steps ---------------------------------------------------------------------------------------------------------


def registers(liu):
    liu.start()
    liu.register()
    assert liu.case.state == State.IDENTITY


def hands_in_papers(liu):
    liu.tell_who_we_are()
    kinds = liu.photograph_papers("identity")
    assert {"business_licence", "id_portrait", "id_emblem"} <= set(kinds)
    liu.hand_in("identity")
    liu.wait_for(State.IDENTITY_REVIEW)


def one_paper_is_returned(reviewer, liu):
    reviewer.opens(liu.ref)
    reviewer.marks(liu.ref, "document:id_portrait", "glare", NOTE)
    reviewer.returns(liu.ref, "return_identity")
    assert liu.case.state == State.IDENTITY_RETURNED


def liu_mends_it(liu):
    """Reads the reviewer's words, takes that one picture again; the others are locked."""
    liu.wait_for(State.IDENTITY_RETURNED)
    liu.go("identity_document", liu.ref, "id_portrait")
    liu.reads(NOTE)
    liu.look()
    assert liu.photograph_papers("identity") == ["id_portrait"]
    liu.hand_in("identity")
    liu.wait_for(State.IDENTITY_REVIEW)


def identity_is_approved(reviewer, liu):
    reviewer.opens(liu.ref)
    reviewer.approves(liu.ref, "approve_identity")
    liu.wait_for(State.APPLICATION)


def applies(liu):
    liu.apply()
    liu.photograph_papers("application")
    liu.hand_in("application")
    liu.wait_for(State.APPLICATION_REVIEW)


def application_is_approved(reviewer, liu):
    reviewer.opens(liu.ref)
    reviewer.approves(liu.ref, "approve_application")
    liu.wait_for(State.SIGNING)


def signs(liu):
    offered = liu.download_agreement()
    liu.sign()
    assert liu.case.state == State.ORDERING
    assert liu.download_agreement() != offered, "the signed file carries the signature and the seal"


def orders(liu):
    liu.order()
    liu.wait_for(State.DELIVERY)


def terminal_goes_out(staff, liu, technician):
    order = Order.objects.get(rollout__case__ref=liu.ref)
    warehouse, _clerk = staff(Warehouse, "warehouse_clerk")
    serial = warehouse.allocates(order.pk)
    warehouse.hands_over(order.pk, technician)
    liu.wait_for(State.INSTALLATION)
    return serial


def visit_is_booked(staff, liu, technician):
    dispatcher, _account = staff(Dispatcher, "dispatcher")
    dispatcher.books(Rollout.objects.get(case__ref=liu.ref).pk, technician)
    return Visit.objects.get(rollout__case__ref=liu.ref).pk


def terminal_is_installed(technician, liu, visit, serial):
    technician.arrives(visit)
    technician.reads_serial(visit, serial)
    technician.looks_around(visit, liu.camera)
    technician.tests(visit, Terminal.objects.get(serial=serial).pk)
    technician.shows_and_gets_signed(visit)
    technician.finishes(visit)
    liu.wait_for(State.TRAINING)


def cashier_learns(liu, cashier):
    cashier.learns(liu.training_link(), "小陈")


def shop_is_live(liu):
    """Nobody pressed a button for that: the training was the last thing missing."""
    liu.wait_for(State.LIVE)
    assert liu.sees("svg .now, svg .is-now, svg .lit") or liu.sees("svg"), "the flowchart stands on the page"


def ticket_is_answered(staff, liu):
    agent, _account = staff(SupportAgent, "support_agent")
    ticket = liu.ask("小票打印不清楚", "打印出来的字很淡，换了纸也一样。")
    agent.answers(ticket, ANSWER)
    liu.reads_answer(ticket, ANSWER)
    liu.thinks_it_solved(ticket)


def everything_is_written_down(liu):
    verbs = iter(Entry.objects.filter(case__ref=liu.ref).order_by("seq").values_list("verb", flat=True))
    assert all(verb in verbs for verb in STORY), "each chapter, in this order"
    assert list(damaged_chains()) == []
    call_command("verify_timeline")


def everything_was_told(liu):
    until(lambda: not Notice.objects.exclude(outcome="sent").exists(), "every notice to be sent")
    mails = dict(Notice.objects.filter(channel="mail").values_list("template", "key"))
    assert set(MAILED) <= set(mails), set(MAILED) - set(mails)
    assert len(outbox.subjects(shop.EMAIL)) >= len(MAILED)
    liu.go("outbox")
    liu.look()


# By services alone --------------------------------------------------------------------------------------------------

STATES = (
    State.IDENTITY, State.IDENTITY_SCREENING, State.IDENTITY_REVIEW, State.APPLICATION, State.APPLICATION_SCREENING,
    State.APPLICATION_REVIEW, State.SIGNING, State.ORDERING, State.DELIVERY, State.INSTALLATION, State.TRAINING,
    State.LIVE,
)  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_same_by_services():
    devices.seed()
    walk = FullWalk(Shop(1, "enterprise", shop.NAME, shop.SIGN, shop.PERSON, email=demo.OWNER), demo.staff())
    for state in STATES:
        assert walk.to(state).state == state
        assert not list(damaged_chains())
    entries = Entry.objects.filter(case=walk.case).order_by("seq")
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    told = set(Notice.objects.filter(entry__case=walk.case).values_list("template", flat=True))
    assert {"complete_registration", "approve_identity", "sign_agreement", "place_order", "go_live"} <= told
    assert walk.case.merchant.memberships.get().user == walk.owner
    assert walk.staff[Who.REVIEWER] in {entry.actor for entry in entries.select_related("actor")}
    assert connection.in_atomic_block

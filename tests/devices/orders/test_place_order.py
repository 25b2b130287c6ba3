"""Choosing, placing and paying: wrong states, wrong persons, lost replies."""

import pytest
from django.urls import reverse

from devices import services
from devices.models import Order, Payment
from devices.services.paying import UNREACHABLE
from onboarding.services import Missing, NotAllowed, NotNow, Refused, advance
from portal.models import Rehearsal, SimulatedPayment
from tests import people
from tests.devices import world

pytestmark = pytest.mark.django_db


def rehearse(outcome, remaining=1):
    Rehearsal.objects.create(gateway="payment", outcome=outcome, remaining=remaining, by="test")


def test_nothing_to_order_before_the_signature():
    case = world.case_to_order("signing")
    with pytest.raises(NotNow):
        services.open_order(case.pk, by=case.opened_by)


def test_a_stranger_and_the_staff_cannot_order():
    case = world.case_to_order()
    for other in (people.stranger(), world.clerk(), people.reviewer()):
        with pytest.raises(NotAllowed):
            services.open_order(case.pk, by=other)
    order = world.chosen(case)
    with pytest.raises(NotAllowed):
        services.place(order.pk, by=people.stranger())


def test_the_second_visit_finds_the_same_order():
    case = world.case_to_order()
    first = services.open_order(case.pk, by=case.opened_by)
    assert services.open_order(case.pk, by=case.opened_by).pk == first.pk


def test_an_empty_order_says_what_to_choose():
    case = world.case_to_order()
    order = services.open_order(case.pk, by=case.opened_by)
    with pytest.raises(Missing) as refused:
        services.place(order.pk, by=case.opened_by)
    assert [one.code for one in refused.value.requirements] == ["order_line"]


def test_unpaid_does_not_move_the_case():
    case = world.case_to_order()
    world.paying(case)
    with pytest.raises(Missing) as refused:
        advance(case.pk, "place_order", by=case.opened_by)
    assert [one.code for one in refused.value.requirements] == ["order_paid"]


def test_paid_moves_the_case_once():
    case = world.case_to_order()
    order = world.paid(case)
    assert (world.state(case), order.state) == ("delivery", "paid")
    services.check_payment(order.payments.get().client_ref)
    assert world.facts(case).count("paid") == world.facts(case).count("place_order") == 1


def test_lost_reply_when_the_payment_is_made_is_asked_for():
    case = world.case_to_order()
    order = world.chosen(case)
    services.place(order.pk, by=case.opened_by)
    rehearse("lost")
    url = services.begin_payment(order.pk, by=case.opened_by, return_url="http://x/")
    assert url.startswith("/pay/") and SimulatedPayment.objects.count() == 1


def test_payment_house_away_costs_nothing_and_the_same_reference_is_used_again():
    case = world.case_to_order()
    order = world.chosen(case)
    services.place(order.pk, by=case.opened_by)
    rehearse("unavailable")
    with pytest.raises(Refused) as refused:
        services.begin_payment(order.pk, by=case.opened_by, return_url="http://x/")
    assert refused.value.sentences == (UNREACHABLE,)
    assert services.begin_payment(order.pk, by=case.opened_by, return_url="http://x/").startswith("/pay/")
    assert Payment.objects.count() == 1


def test_closed_browser_the_sweep_asks_and_the_case_moves():
    case = world.case_to_order()
    order = world.paying(case)
    world.the_payer(order)
    Payment.objects.update(next_at=order.placed_at)
    services.run_due()
    assert world.state(case) == "delivery"
    assert Payment.objects.get().next_at is None


def test_refused_payment_may_be_tried_again():
    case = world.case_to_order()
    order = world.paying(case)
    world.the_payer(order, pays=False)
    services.check_payment(order.payments.get().client_ref)
    assert world.state(case) == "ordering" and order.payments.get().state == "refused"
    services.begin_payment(order.pk, by=case.opened_by, return_url="http://x/")
    world.the_payer(order)
    services.check_payment(order.payments.order_by("-pk").first().client_ref)
    assert world.state(case) == "delivery"


def test_payment_of_an_order_that_was_changed_meanwhile_goes_back():
    case = world.case_to_order()
    order = world.paying(case)
    first = order.payments.get()
    services.choose(order.pk, quantities={world.model().pk: 2}, way="courier", by=case.opened_by)
    world.the_payer(order)
    services.check_payment(first.client_ref)
    assert Payment.objects.get(pk=first.pk).state == "refunding" and world.state(case) == "ordering"
    services.run_due()
    assert Payment.objects.get(pk=first.pk).state == "refunded"
    assert SimulatedPayment.objects.get().refunded_fen == first.amount_fen


def test_nothing_to_pay_moves_at_once(client):
    case = world.case_to_order()
    order = world.chosen(case)
    order.lines.update(price_fen=0)
    client.force_login(case.opened_by)
    client.post(reverse("place_order", args=[case.ref]))
    assert world.state(case) == "delivery" and not Payment.objects.exists()


def test_a_paid_order_cannot_be_changed():
    case = world.case_to_order()
    order = world.paid(case)
    with pytest.raises(NotNow):
        services.choose(order.pk, quantities={}, way="courier", by=case.opened_by)


def test_a_paused_case_orders_nothing():
    case = world.case_to_order()
    order = world.chosen(case)
    advance(case.pk, "suspend", by=people.risk_officer(), note="check")
    with pytest.raises(NotNow):
        services.place(order.pk, by=case.opened_by)


def test_the_plans_own_terms_come_first():
    from onboarding.models import FeePlan, Institution

    case = world.case_to_order()
    bank = Institution.objects.create(code="x", kind="bank", name_zh="甲", name_en="A")
    terms = {
        "device": {"model": "smart terminal", "ownership": "institution", "price_fen": 0, "rent_fen_per_month": 0},
        "deposit": {"amount_fen": 19900},
    }
    case.application.plan = FeePlan.objects.create(
        institution=bank, code="P", name_zh="甲", name_en="A", effective_from="2026-01-01", terms=terms
    )
    case.application.save()
    order = world.chosen(case, quantity=2)
    assert order.total_fen == 2 * 19900 and order.lines.get().ownership == "institution"


# Pages -----------------------------------------------------------------------------------------------------------


def test_the_whole_way_by_hand(client):
    case = world.case_to_order()
    model = world.model()
    client.force_login(case.opened_by)
    page = client.get(reverse("order", args=[case.ref]))
    assert page.status_code == 200 and "899" in page.content.decode()
    sent = client.post(reverse("order", args=[case.ref]), {f"quantity_{model.code}": "1", "way": "courier"})
    assert sent.status_code == 302
    assert "899" in client.get(reverse("order", args=[case.ref])).content.decode()
    to_pay = client.post(reverse("place_order", args=[case.ref]))
    assert to_pay.url.startswith("/pay/")
    back = client.post(to_pay.url, {"answer": "pay"})
    client.get(back.url)
    assert world.state(case) == "delivery"
    assert client.get(reverse("order", args=[case.ref])).status_code == 200


@pytest.mark.parametrize("data", [
    {}, {"way": "courier"}, {"way": "pigeon", "quantity": "1"}, {"way": "courier", "quantity": "99"},
    {"way": "courier", "quantity": "-1"}, {"way": "courier", "quantity": "一"}, {"way": "courier", "quantity": "1e9"},
    {"way": "courier", "quantity": "0"}, {"way": "\x00", "quantity": "9" * 500},
])  # fmt: skip
def test_bad_input_is_a_sentence(client, data):
    case = world.case_to_order()
    model = world.model()
    client.force_login(case.opened_by)
    if "quantity" in data:
        data = {**data, f"quantity_{model.code}": data["quantity"]}
    page = client.post(reverse("order", args=[case.ref]), data)
    assert page.status_code == 200 and "errsum" in page.content.decode()


def test_strangers_find_nothing(client):
    case = world.case_to_order()
    client.force_login(people.stranger())
    for name in ("order", "order_paid"):
        assert client.get(reverse(name, args=[case.ref])).status_code == 404
    for name in ("place_order", "cancel_order"):
        assert client.post(reverse(name, args=[case.ref])).status_code == 404


def test_too_early_leads_back_to_the_case(client):
    case = world.case_to_order("signing")
    client.force_login(case.opened_by)
    assert client.get(reverse("order", args=[case.ref])).url == case.get_absolute_url()


def test_a_forged_notice_is_refused(client):
    assert client.post(reverse("payment_notice"), b"{}", content_type="application/json").status_code == 400


def test_staff_looking_at_the_order_page_make_no_order(client):
    case = world.case_to_order()
    client.force_login(people.operations_manager())
    client.get(reverse("order", args=[case.ref]))
    assert not Order.objects.exists()

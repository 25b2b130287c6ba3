"""A noodle shop whose agreement is signed, the warehouse's shelf, and the shortest ways along the path."""

import base64
import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from devices import demo, services
from devices.installation import pictures
from devices.models import AcceptanceTest, DeviceModel, Order, Terminal, Visit
from onboarding.models import Application, Case, SettlementAccount, Store
from portal.gateways.payment import PayState
from portal.models import SimulatedPayment
from tests import make, people

PHOTOS = ("door", "counter", "interior", "plate")
MORE_ROLES = {"clerk": "warehouse_clerk", "dispatcher": "dispatcher"}


def clerk(**fields):
    return people.somebody("warehouse_clerk", **fields)


def dispatcher():
    return people.somebody("dispatcher")


def case_to_order(state="ordering", owner=None, **fields) -> Case:
    """The agreement is signed; store and account are known."""
    case = make.case(state, by=owner, **fields)
    store = Store.objects.create(
        merchant=case.merchant, name="小满面馆", mcc="5812", division_code="110101", division_name="虚构市听雨区",
        address="样例路 18 号 1 层",
    )  # fmt: skip
    account = SettlementAccount.objects.create(
        merchant=case.merchant, kind="unit", holder=case.merchant.name, number="6222020000000000001",
        bank="102100099996", cnaps="102100099996",
    )  # fmt: skip
    Application.objects.create(case=case, store=store, account=account)
    return case


def model(code="demo-smart-a1") -> DeviceModel:
    demo.seed()
    return DeviceModel.objects.get(code=code)


def chosen(case: Case, *, quantity=1, way="technician", code="demo-smart-a1") -> Order:
    """A draft with a line and a way."""
    buyer = case.opened_by
    order = services.open_order(case.pk, by=buyer)
    services.choose(order.pk, quantities={model(code).pk: quantity}, way=way, by=buyer)
    return Order.objects.get(pk=order.pk)


def paying(case: Case, **more) -> Order:
    """Placed; the payment house waits for the payer."""
    order = chosen(case, **more)
    services.place(order.pk, by=case.opened_by)
    services.begin_payment(order.pk, by=case.opened_by, return_url="http://testserver/back/")
    return Order.objects.get(pk=order.pk)


def the_payer(order: Order, pays=True) -> SimulatedPayment:
    """Presses the button at the payment house; our side hears nothing."""
    row = SimulatedPayment.objects.get(client_ref=order.payments.order_by("-pk").first().client_ref)
    row.state = PayState.PAID if pays else PayState.REFUSED
    row.decided_at = timezone.now()
    row.save()
    return row


def paid(case: Case, **more) -> Order:
    order = paying(case, **more)
    the_payer(order)
    services.check_payment(order.payments.get().client_ref)
    return Order.objects.get(pk=order.pk)


def free(code="demo-smart-a1") -> Terminal:
    return Terminal.objects.filter(state="in_stock", model__code=code).order_by("pk").first()


def packed(case: Case, *, quantity=1, **more) -> Order:
    order = paid(case, quantity=quantity, **more)
    worker = clerk()
    for _number in range(quantity):
        services.allocate(order.pk, free().serial, by=worker)
    services.run_due()  # the acquirer's numbers
    return Order.objects.get(pk=order.pk)


def carried(case: Case, technician=None, **more) -> Order:
    order = packed(case, **more)
    services.hand_over(order.pk, technician=technician or people.technician(), by=clerk())
    return Order.objects.get(pk=order.pk)


def booked(case: Case, technician=None, **more) -> Visit:
    technician = technician or people.technician()
    order = carried(case, technician, **more)
    return book(order, technician)


def book(order: Order, technician, hours=2) -> Visit:
    starts = timezone.now() + timedelta(hours=hours)
    return services.book_visit(
        order.rollout_id, technician=technician, starts_at=starts, ends_at=starts + timedelta(hours=2), by=dispatcher()
    )


def at_shop(case: Case, technician=None, **more) -> Visit:
    visit = booked(case, technician, **more)
    return services.check_in(visit.pk, by=visit.technician)


def serials(visit: Visit) -> list[str]:
    return list(Terminal.objects.filter(line__order__rollout=visit.rollout).values_list("serial", flat=True))


def do_everything(visit: Visit, result="ok", but=()) -> None:
    """Everything at the shop except what is named in `but`."""
    by = visit.technician
    steps = {
        "serial": lambda: [services.verify_serial(visit.pk, one, by=by) for one in serials(visit)],
        "checklist": lambda: services.tick(visit.pk, {"place", "power", "lending", "surcharge"}, by=by),
        "photos": lambda: [pictures.add_photo(visit.pk, kind, photo(kind), by=by) for kind in PHOTOS],
        "tests": lambda: test_all(visit, result),
        "training": lambda: services.note_training(visit.pk, "老板：收款、撤销、结账", by=by),
        "signature": lambda: services.sign(visit.pk, "刘小满", by=by),
    }
    for name, step in steps.items():
        if name not in but:
            step()


def test_all(visit: Visit, result="ok") -> None:
    for terminal in Terminal.objects.filter(line__order__rollout=visit.rollout):
        codes = AcceptanceTest.objects.filter(terminal=terminal).values_list("code", flat=True)
        services.record_test(visit.pk, terminal.pk, dict.fromkeys(codes, result), by=visit.technician)


test_all.__test__ = False


def photo(name="door", color="teal", size=(800, 600), form="JPEG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, form)
    return SimpleUploadedFile(f"{name}.jpg", out.getvalue(), "image/jpeg")


def drawing() -> str:
    """What the signature pad sends."""
    out = io.BytesIO()
    Image.new("RGBA", (1200, 340)).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def facts(case: Case) -> list[str]:
    return [one.removeprefix("fact:") for one in case.entries.order_by("seq").values_list("verb", flat=True)]

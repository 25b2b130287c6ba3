"""Carries one case from registration to live on a running installation; workers do what workers do.

A process of its own, under the installation's settings: `python -m tests.deployment.walk WORKER_PID`. Once the
application is handed in, it kills that worker with all its children. Prints one JSON object for the test.
"""

import json
import os
import signal
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from allauth.mfa.totp.internal import auth as totp
from django.db.models import F

from desk.demo import people, rollout
from desk.demo.walk import Shop
from devices import demo as devices_demo
from devices import services as devices
from devices.models import Order, Terminal
from onboarding.flow import SCREENINGS, State
from onboarding.models import Case, Check, Document, Notice, Person
from onboarding.rules import Who
from onboarding.services import Refused
from onboarding.timeline import damaged_chains
from portal.models import SimulatedPayment
from portal.outbox import payments

PATIENCE = 60  # seconds
SHOP = Shop(1, "enterprise", "虚构市小满面馆有限公司", "小满面馆", "刘小满", email=people.OWNER)


def until(condition, what: str):
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise SystemExit(f"waited {PATIENCE} s in vain for {what}")
        time.sleep(0.2)
    return found


class Walk(rollout.FullWalk):
    """Where the demonstration does a worker's work itself, this one waits for it."""

    victim = 0

    def check(self) -> None:
        before = self.case.state
        if before == State.APPLICATION_SCREENING and self.victim:
            os.killpg(self.victim, signal.SIGKILL)
            self.victim = 0
            for rows in (Check.objects, Notice.objects):  # as if the longest lease had gone by
                rows.exclude(leased_until=None).update(leased_until=F("leased_until") - timedelta(minutes=3))
        until(lambda: self.now() not in SCREENINGS, f"the machine checks of {before}")

    def order(self) -> None:
        order = devices.open_order(self.case.pk, by=self.owner)
        model = next(offer.model for offer in devices.offers(order.rollout.case))
        devices.choose(order.pk, quantities={model.pk: 1}, way=Order.Way.TECHNICIAN, by=self.owner)
        devices.place(order.pk, by=self.owner)
        if devices.begin_payment(order.pk, by=self.owner, return_url="/"):
            payment = order.payments.get()
            payments.decide(SimulatedPayment.objects.get(client_ref=payment.client_ref).token, pays=True)
            until(lambda: self.now() != State.ORDERING, "the payment to be noticed")
        else:
            devices.place_order(order.pk, by=self.owner)

    def pack(self) -> None:
        clerk = self.staff[Who.WAREHOUSE_CLERK]
        order = Order.objects.standing().get(rollout__case=self.case)
        for line in order.lines.all():
            shelf = Terminal.objects.filter(model=line.model, state="in_stock").order_by("pk")
            for terminal in shelf[: line.quantity]:
                devices.allocate(order.pk, terminal.serial, by=clerk)
        until(lambda: self.handed_over(order, clerk), "the acquirer's numbers")

    def handed_over(self, order: Order, clerk) -> bool:
        try:
            devices.hand_over(order.pk, technician=self.staff[Who.TECHNICIAN], by=clerk)
        except Refused:
            return False
        return True


def main() -> None:
    staff = people.staff()
    devices_demo.seed(count=4)
    walk = Walk(SHOP, staff)
    walk.victim = int(sys.argv[1])
    walk.to(State.LIVE)
    until(lambda: not Notice.objects.filter(outcome=Notice.Outcome.DUE).exists(), "every notice to go out")
    print(json.dumps(report(walk, staff)))


def report(walk: Walk, staff) -> dict:
    secrets = {who.value: totp.generate_totp_secret() for who in staff}
    for who, user in staff.items():
        totp.TOTP.activate(user, secrets[who.value])
    document = Document.objects.filter(case=walk.case, pages__isnull=False).first()
    signer = Person.objects.filter(merchant=walk.case.merchant).first()
    return {
        "ref": walk.case.ref, "case": walk.case.pk, "document": document.pk, "owner": walk.owner.email,
        "staff": {who.value: [user.email, secrets[who.value]] for who, user in staff.items()},
        "mails": list(Notice.objects.filter(channel="mail").values_list("outcome", flat=True)),
        "damaged": len(list(damaged_chains())), "cases": Case.objects.count(),
        "personal": [signer.name, signer.id_number, signer.mobile, walk.case.merchant.uscc],
    }  # fmt: skip


if __name__ == "__main__":
    main()

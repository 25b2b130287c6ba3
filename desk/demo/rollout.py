"""The second half of a walk: order, payment, warehouse, visit, training, go-live."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils import timezone

from desk.demo import papers
from desk.demo.clock import CLOSES, HOUR, OPENS
from desk.demo.walk import Walk
from devices import services as devices
from devices.flow import Custody, VisitState
from devices.installation.pictures import add_photo
from devices.models import AcceptanceTest, ChecklistItem, Order, Rollout, Terminal, Visit, VisitPhoto
from onboarding.flow import State
from onboarding.models import Course, Question, User
from onboarding.rules import Who
from onboarding.training import services as training
from portal.models import SimulatedPayment
from portal.outbox import payments

OPEN = (VisitState.PLANNED, VisitState.CHECKED_IN)
PICTURES = {"door": "shopfront", "counter": "till", "interior": "interior", "plate": "till"}  # photo -> drawing


class FullWalk(Walk):
    """From registration to live."""

    def steps(self) -> dict[str, Callable[[], None]]:
        return {
            **super().steps(),
            State.ORDERING: self.order,
            State.DELIVERY: self.pack,
            State.INSTALLATION: self.install,
            State.TRAINING: self.train,
            State.ACCEPTANCE: self.go_live,
        }

    def order(self) -> None:
        """One terminal, brought by the technician; paid in the simulated payment house."""
        order = devices.open_order(self.case.pk, by=self.owner)
        model = next(offer.model for offer in devices.offers(order.rollout.case))
        devices.choose(order.pk, quantities={model.pk: 1}, way=Order.Way.TECHNICIAN, by=self.owner)
        devices.place(order.pk, by=self.owner)
        if devices.begin_payment(order.pk, by=self.owner, return_url="/"):
            payment = order.payments.get()
            payments.decide(SimulatedPayment.objects.get(client_ref=payment.client_ref).token, pays=True)
            devices.check_payment(payment.client_ref)
        if self.now() == State.ORDERING:
            devices.place_order(order.pk, by=self.owner)

    def pack(self) -> None:
        """A serial number from stock, the acquirer's numbers, then into the technician's bag."""
        clerk = self.staff[Who.WAREHOUSE_CLERK]
        order = Order.objects.standing().get(rollout__case=self.case)
        for line in order.lines.all():
            shelf = Terminal.objects.filter(model=line.model, state=Custody.IN_STOCK).order_by("pk")
            for terminal in shelf[: line.quantity]:
                devices.allocate(order.pk, terminal.serial, by=clerk)
        devices.run_due()
        devices.hand_over(order.pk, technician=self.staff[Who.TECHNICIAN], by=clerk)

    def visit(self) -> Visit:
        """Booked by dispatch for a free hour of the technician."""
        begins = free_hour(self.staff[Who.TECHNICIAN])
        return devices.book_visit(
            Rollout.objects.standing().get(case=self.case).pk,
            technician=self.staff[Who.TECHNICIAN],
            starts_at=begins,
            ends_at=begins + HOUR,
            by=self.staff[Who.DISPATCHER],
        )

    def install(self) -> None:
        technician = self.staff[Who.TECHNICIAN]
        visit = self.visit()
        devices.check_in(visit.pk, by=technician)
        for terminal in Terminal.objects.filter(line__order__rollout=visit.rollout):
            devices.verify_serial(visit.pk, terminal.serial, by=technician)
            green = dict.fromkeys(AcceptanceTest.Code.values, AcceptanceTest.Result.OK)
            devices.record_test(visit.pk, terminal.pk, green, by=technician)
        for number, kind in enumerate(VisitPhoto.Kind.values):
            drawn = papers.draw(
                PICTURES[kind], self.shop.about(), self.shop.number * 100 + self.shop.store * 50 + number
            )
            add_photo(visit.pk, kind, papers.upload(f"{kind}.jpg", drawn), by=technician)
        devices.tick(visit.pk, set(ChecklistItem.Code.values), by=technician)
        devices.note_training(visit.pk, "店员小陈：开机、收款、撤销、结算", by=technician)
        devices.sign(visit.pk, self.shop.person, by=technician)
        devices.complete_installation(visit.pk, by=technician)

    def train(self) -> None:
        """Somebody in the shop answers every question right."""
        for course in Course.objects.filter(before_go_live=True):
            attempt = training.start(self.case, course, "小陈")
            drawn = [pk for pk, _order in attempt.drawn]
            training.finish(attempt.pk, dict(Question.objects.filter(pk__in=drawn).values_list("pk", "answer")))

    def go_live(self) -> None:
        """At low risk the case has gone on by itself."""
        self.fire("go_live", self.staff[Who.REVIEWER])

    def take_back(self) -> None:
        """The terminals come home and the money goes back."""
        for terminal in Terminal.objects.filter(line__order__rollout__case=self.case):
            devices.take_back(terminal.pk, by=self.staff[Who.WAREHOUSE_CLERK])
        devices.run_due()


def free_hour(technician: User) -> datetime.datetime:
    """The next full hour of the working day in which this technician has no visit, with an hour's way between two."""
    begins = timezone.localtime().replace(minute=0, second=0, microsecond=0) + HOUR
    booked = list(Visit.objects.filter(technician=technician, state__in=OPEN).values_list("starts_at", flat=True))
    while not OPENS <= begins.hour <= CLOSES or any(abs(begins - one) < 2 * HOUR for one in booked):
        begins += HOUR
    return begins

"""Booking a visit and doing it. Everything at the shop goes through the visit's own technician."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from devices.facts import at_the_shop, counted
from devices.flow import Custody, OrderState, Phase, VisitState
from devices.models import ChecklistItem, Order, Rollout, SerialCheck, Terminal, Visit
from devices.rules import missing_at_the_shop
from devices.services.common import demand, move, running_case, walk
from devices.services.delivery import arrived, terminals_of
from onboarding.formats import tusn
from onboarding.models import User
from onboarding.rules import Requirement, Who
from onboarding.services import Missing, NotAllowed, NotNow, Refused, record

OPEN = (VisitState.PLANNED, VisitState.CHECKED_IN)
NOT_ORDERED = _("A visit can be booked once the order is paid.")
BUSY = _("%(name)s has another visit in this time. Choose another time or technician.")
FIRST_CHECK_IN = _("Check in at the shop first.")
NOT_IN_ORDER = _("This serial number is not in this order. Use the terminal that was packed, or call the warehouse.")
NO_KEYS = _("This terminal has no confirmed keys. Do not install it; call the warehouse.")
BOUND_ELSEWHERE = _("This terminal is tied to another merchant. Do not install it; call the warehouse.")


def book_visit(
    rollout_id: int, *, technician: User, starts_at: datetime.datetime, ends_at: datetime.datetime, by: User
) -> Visit:
    """One open visit per attempt: booking again moves it. Raises Refused with what to choose instead."""
    _judge_window(technician, starts_at, ends_at)
    with transaction.atomic():
        demand(by, "book_visit")
        rollout = _running(rollout_id)
        if rollout.state not in (Phase.DELIVERY, Phase.INSTALLATION):
            raise NotNow(NOT_ORDERED)
        User.objects.select_for_update().get(pk=technician.pk)  # two dispatchers, one technician, one hour
        visit = rollout.visits.select_for_update().filter(state=VisitState.PLANNED, attempt=rollout.attempt).first()
        if rollout.visits.filter(state=VisitState.CHECKED_IN).exists():
            raise NotNow(_("The technician is at the shop already."))
        _judge_free(technician, starts_at, ends_at, visit)
        visit = _booked(rollout, visit, technician, (starts_at, ends_at), by)
        record(rollout.case_id, "visit_booked", by=by, data=_hours(visit))
    return visit


def _hours(visit: Visit) -> dict[str, object]:
    """For the timeline, and for the message to the merchant."""
    return {"visit": visit.pk, "starts_at": visit.starts_at.isoformat(), "ends_at": visit.ends_at.isoformat()}


def _judge_window(technician: User, starts_at: datetime.datetime, ends_at: datetime.datetime) -> None:
    if not technician.is_active or not technician.plays(Who.TECHNICIAN):
        raise Refused(_("Choose a technician."))
    if ends_at <= starts_at:
        raise Refused(_("The visit must end after it begins."))
    if ends_at <= timezone.now():
        raise Refused(_("This time has passed. Choose a later one."))


def _judge_free(technician: User, starts_at: datetime.datetime, ends_at: datetime.datetime, but: Visit | None) -> None:
    others = Visit.objects.filter(technician=technician, state__in=OPEN, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise Refused(BUSY % {"name": technician})


def _booked(
    rollout: Rollout, visit: Visit | None, technician: User,
    window: tuple[datetime.datetime, datetime.datetime], by: User,
) -> Visit:  # fmt: skip
    if visit is None:
        visit = Visit.objects.create(
            rollout=rollout, attempt=rollout.attempt, technician=technician, starts_at=window[0], ends_at=window[1],
            booked_by=by,
        )  # fmt: skip
        ChecklistItem.objects.bulk_create(ChecklistItem(visit=visit, code=code) for code in ChecklistItem.Code.values)
        return visit
    visit.technician, visit.booked_by = technician, by
    visit.starts_at, visit.ends_at = window
    visit.save(update_fields=["technician", "booked_by", "starts_at", "ends_at"])
    return visit


def _running(rollout_id: int) -> Rollout:
    running_case(Rollout.objects.values_list("case", flat=True).get(pk=rollout_id))
    return Rollout.objects.select_for_update(of=("self",)).select_related("case__merchant", "store").get(pk=rollout_id)


def locked_visit(visit_id: int, by: User, *states: VisitState) -> Visit:
    """The visit under lock, for its own technician; raises NotAllowed or NotNow."""
    rollout = _running(Visit.objects.values_list("rollout", flat=True).get(pk=visit_id))
    visit = Visit.objects.select_for_update().get(pk=visit_id)
    visit.rollout = rollout
    if visit.technician_id != by.pk or not by.has_perm("devices.do_visit"):
        raise NotAllowed(_("Only the technician of this visit may do this."))
    if visit.state not in states:
        sentence = FIRST_CHECK_IN if visit.state == VisitState.PLANNED else _("This visit is over.")
        raise NotNow(sentence)
    return visit


def check_in(
    visit_id: int, *, by: User, latitude: Decimal | None = None, longitude: Decimal | None = None,
    accuracy_m: int | None = None,
) -> Visit:  # fmt: skip
    """At the shop; the position is kept where the phone gives one (degrees WGS 84, metres)."""
    with transaction.atomic():
        visit = locked_visit(visit_id, by, VisitState.PLANNED)
        visit.checked_in_at = timezone.now()
        visit.latitude, visit.longitude, visit.accuracy_m = latitude, longitude, accuracy_m
        walk(visit, "check_in", "checked_in_at", "latitude", "longitude", "accuracy_m")
        record(visit.rollout.case_id, "checked_in", by=by, data={"visit": visit.pk, "position": latitude is not None})
    return visit


def verify_serial(visit_id: int, serial: str, *, by: User) -> Terminal:
    """The number read from the device: in this order, keys confirmed, tied to nobody else. Again is no error."""
    reading = tusn.read(serial)
    if not reading.ok:
        raise Refused(reading.errors[0].sentence)
    with transaction.atomic():
        visit = locked_visit(visit_id, by, VisitState.CHECKED_IN)
        terminal = Terminal.objects.select_for_update(of=("self",)).filter(serial=reading.value).first()
        _judge_terminal(terminal, visit.rollout)
        assert terminal is not None
        SerialCheck.objects.get_or_create(visit=visit, terminal=terminal, defaults={"by": by})
    return terminal


def _judge_terminal(terminal: Terminal | None, rollout: Rollout) -> None:
    if terminal is None or not _orders(rollout).filter(lines=terminal.line_id).exists():
        raise Refused(NOT_IN_ORDER)
    if not terminal.kcv:  # only confirmed keys lead to stock, and only stock to an order
        raise Refused(NO_KEYS)
    if terminal.bindings.filter(ended_at=None).exclude(rollout=rollout).exists():
        raise Refused(BOUND_ELSEWHERE)
    if terminal.state in (Custody.ASSIGNED, Custody.QUARANTINE):
        raise Refused(_("The warehouse has not handed this terminal over. Call the warehouse."))


def _orders(rollout: Rollout) -> QuerySet[Order]:
    return Order.objects.standing().filter(rollout=rollout)


def tick(visit_id: int, codes: set[str], *, by: User) -> Visit:
    """Set the checklist to exactly these codes."""
    with transaction.atomic():
        visit = locked_visit(visit_id, by, VisitState.CHECKED_IN)
        for item in visit.checklist.all():
            item.done_at = (item.done_at or timezone.now()) if item.code in codes else None
            item.by = by if item.done_at else None
            item.save(update_fields=["done_at", "by"])
    return visit


def note_training(visit_id: int, note: str, *, by: User) -> Visit:
    with transaction.atomic():
        visit = locked_visit(visit_id, by, VisitState.CHECKED_IN)
        visit.training_note = note
        visit.save(update_fields=["training_note"])
    return visit


def sign(visit_id: int, signer: str, *, by: User, drawing: str = "") -> Visit:
    """Signed for by a named person; `drawing` is the name of the sealed picture, empty when confirmed by name only."""
    with transaction.atomic():
        visit = locked_visit(visit_id, by, VisitState.CHECKED_IN)
        visit.signer, visit.signature, visit.signed_at = signer, drawing, timezone.now()
        visit.save(update_fields=["signer", "signature", "signed_at"])
    return visit


def missing_of(visit: Visit) -> list[Requirement]:
    """What the technician must still do, in the order of the page: Requirements."""
    fresh = counted(Visit.objects.filter(pk=visit.pk)).get()
    return list(missing_at_the_shop(at_the_shop(visit.rollout, fresh)))


def complete_installation(visit_id: int, *, by: User) -> Visit:
    """Finish the visit; the case moves on by itself. Raises Missing with the rest of the list."""
    with transaction.atomic():
        visit = locked_visit(visit_id, by, VisitState.CHECKED_IN)
        if found := missing_of(visit):
            raise Missing(found)
        order = _orders(visit.rollout).select_for_update().get()
        for terminal in terminals_of(order):
            terminal.holder = None
            if terminal.state == Custody.SHIPPED:
                move(terminal, "install", by, "holder", place=order.address)
        if order.state in (OrderState.SHIPPED, OrderState.CARRIED):
            arrived(order, by)
        visit.completed_at = timezone.now()
        walk(visit, "complete", "completed_at")
        record(visit.rollout.case_id, "installed", by=by, data={"visit": visit.pk})
    return visit


def fail_visit(visit_id: int, why: str, *, by: User) -> Visit:
    """It could not be done: dispatch books another one."""
    if not why.strip():
        raise Refused(_("Say why it could not be done, so that the next visit works."))
    with transaction.atomic():
        visit = locked_visit(visit_id, by, *OPEN)
        visit.failure = why.strip()[:300]
        walk(visit, "fail", "failure")
        record(visit.rollout.case_id, "visit_failed", by=by, note=visit.failure, data={"visit": visit.pk})
    return visit

"""What waits for whom: one card per kind of work, each with one bounded count, so that no number ever gets dear."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from desk.search import late
from devices.flow import OrderState, Phase, VisitState
from devices.models import Order, Rollout, Visit
from onboarding.flow import ENDS, State
from onboarding.models import Case, Notice, User, WatchHit
from onboarding.rules import Who
from support.models import Ticket

MOST = 99  # beyond it a card says "99+"


@dataclasses.dataclass(frozen=True, slots=True)
class Card:
    """One kind of work. `rows` is counted up to MOST; None: a place to go without a number."""

    title: Any
    url: str
    rows: QuerySet[Any] | None = None
    sentence: Any = ""
    late: bool = False

    @property
    def count(self) -> str:
        """The number as it is shown; one query."""
        if self.rows is None:
            return ""
        found = self.rows.order_by()[: MOST + 1].count()
        return f"{MOST}+" if found > MOST else str(found)


Shower = Callable[[User], Iterator[Card]]


def cards(user: User) -> list[Card]:
    """What waits for this person, by their roles; cards whose page this installation lacks are left out."""
    roles = list(CARDS) if user.is_superuser else [who for who in CARDS if user.plays(who)]
    found = {(str(card.url), str(card.title)): card for who in roles for card in CARDS[who](user)}
    return [card for card in found.values() if card.url]


def link(name: str, query: str = "", *args: Any) -> str:
    """The address of a page, empty where there is none."""
    try:
        return reverse(name, args=args) + query
    except NoReverseMatch:
        return ""


def _in_state(*states: State) -> QuerySet[Case]:
    return Case.objects.filter(state__in=states)


def _cases(title: Any, state: State, sentence: Any = "") -> Card:
    return Card(title, link("desk_cases", f"?state={state}"), _in_state(state), sentence)


def _watch(user: User) -> Iterator[Card]:
    """Possible matches, for those who decide them."""
    waiting = WatchHit.objects.visible_to(user).open()
    yield Card(
        _("Possible watch-list matches"), link("watch_queue"), waiting, _("Each has its day. Say nothing of it.")
    )


def _reviewer(user: User) -> Iterator[Card]:
    queue = link("admin:onboarding_case_changelist") if user.is_staff else ""
    first = _in_state(State.IDENTITY_REVIEW, State.APPLICATION_REVIEW)
    second = _in_state(State.IDENTITY_SECOND_REVIEW, State.APPLICATION_SECOND_REVIEW)
    yield Card(_("To review"), queue, first, _("In the workbench, the next to be due first."))
    yield Card(_("For a second opinion"), queue, second)
    yield _cases(_("Waiting for go-live"), State.ACCEPTANCE)
    yield from _watch(user)


def _call_centre(user: User) -> Iterator[Card]:
    mine = _in_state(State.REGISTRATION, State.IDENTITY, State.IDENTITY_RETURNED).filter(opened_by=user)
    yield Card(_("Open a case for a caller"), link("phone"), sentence=_("Five answers; the merchant gets a link."))
    yield Card(_("Cases that you opened and that wait for the merchant"), link("desk_cases", "?mine=on"), mine)


def _warehouse(_user: User) -> Iterator[Card]:
    page = link("warehouse")
    yield Card(_("Choose serial numbers"), page, _orders(OrderState.PAID), _("Paid orders without a terminal yet."))
    yield Card(_("Hand over"), page, _orders(OrderState.ALLOCATED), _("To the courier or to a technician."))
    yield Card(_("With the courier"), page, _orders(OrderState.SHIPPED))


def _orders(state: OrderState) -> QuerySet[Order]:
    return Order.objects.filter(state=state).exclude(rollout__case__state=State.SUSPENDED)


def _dispatch(_user: User) -> Iterator[Card]:
    page = link("dispatch")
    standing = Visit.objects.filter(state__in=(VisitState.PLANNED, VisitState.CHECKED_IN))
    waiting = Rollout.objects.filter(state=Phase.INSTALLATION).exclude(pk__in=standing.values("rollout"))
    yield Card(_("Shops that wait for a visit"), page, waiting)
    yield Card(_("Visits ahead"), page, standing)


def _technician(user: User) -> Iterator[Card]:
    mine = Visit.objects.filter(technician=user, state__in=(VisitState.PLANNED, VisitState.CHECKED_IN))
    yield Card(_("Your visits"), link("field"), mine)


def _trainer(_user: User) -> Iterator[Card]:
    yield _cases(_("In training"), State.TRAINING, _("They open the lessons by a link; call those who have not begun."))


def _support(user: User) -> Iterator[Card]:
    waiting = Ticket.objects.ours()
    yield Card(_("Tickets in your hands"), link("desk_tickets", "?show=mine"), waiting.filter(assigned_to=user))
    yield Card(_("Free tickets"), link("desk_tickets", "?show=free"), waiting.filter(assigned_to=None))
    yield Card(_("Late tickets"), link("desk_tickets", "?show=late"), Ticket.objects.late(), late=True)
    yield from _letters()


def _letters() -> Iterator[Card]:
    yield Card(_("Letters"), link("letters"), sentence=_("Every mail and SMS, to read."))


def _risk(user: User) -> Iterator[Card]:
    high = Case.objects.filter(risk_tier=Case.Tier.HIGH).exclude(state__in=ENDS)
    objections = Ticket.objects.ours().filter(priority=Ticket.Priority.OBJECTION)
    yield _cases(_("Suspended"), State.SUSPENDED, _("Resume or close them."))
    yield Card(_("High risk"), link("desk_cases", "?tier=high"), high)
    yield Card(_("Objections to answer"), link("desk_tickets"), objections, _("Within 15 days."))
    yield from _watch(user)


def _operations(user: User) -> Iterator[Card]:
    yield Card(_("Late cases"), link("desk_late"), late(Case.objects.all()), _("Past their promise."), late=True)
    yield Card(_("Late tickets"), link("desk_tickets", "?show=late"), Ticket.objects.late(), late=True)
    yield _cases(_("Closing"), State.CLOSING, _("Recover, refund, settle."))
    dead = Notice.objects.filter(outcome=Notice.Outcome.DEAD)
    notices = link("admin:onboarding_notice_changelist", "?outcome__exact=dead") if user.is_staff else ""
    yield Card(_("Messages given up"), notices, dead)
    yield from _letters()


def _auditor(user: User) -> Iterator[Card]:
    for title, model, sentence in READ:
        yield Card(title, link(f"admin:onboarding_{model}_changelist") if user.is_staff else "", sentence=sentence)


READ = (
    (_("Timeline"), "entry", _("Who moved which case, when, and in which role.")),
    (_("Who looked at what"), "access", _("Papers that were opened and numbers that were shown, with the reason.")),
    (_("Daily anchors"), "anchor", _("The signed sums of all timelines: nothing was cut off.")),
)


def _administrator(user: User) -> Iterator[Card]:
    sentence = _("People and their roles, reasons, promises, trades and permits.")
    yield Card(_("Tables and accounts"), link("admin:index") if user.is_staff else "", sentence=sentence)
    yield from _letters()


CARDS: dict[Who, Shower] = {
    Who.REVIEWER: _reviewer,
    Who.SENIOR_REVIEWER: _reviewer,
    Who.CALL_CENTRE_AGENT: _call_centre,
    Who.WAREHOUSE_CLERK: _warehouse,
    Who.DISPATCHER: _dispatch,
    Who.TECHNICIAN: _technician,
    Who.TRAINER: _trainer,
    Who.SUPPORT_AGENT: _support,
    Who.RISK_OFFICER: _risk,
    Who.OPERATIONS_MANAGER: _operations,
    Who.AUDITOR: _auditor,
    Who.ADMINISTRATOR: _administrator,
}

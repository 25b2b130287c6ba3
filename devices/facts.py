"""The queries behind the rules of devices: at most four per verb."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from devices.flow import OUT, OrderState, PaymentState
from devices.models import AcceptanceTest, Binding, Order, Payment, Rollout, Terminal, Visit
from devices.rules import AcceptanceFacts, ClosingFacts, InstallationFacts, OrderFacts
from onboarding.rules import CaseFacts, gathers

PAID = (OrderState.PAID, OrderState.ALLOCATED, OrderState.SHIPPED, OrderState.CARRIED, OrderState.DELIVERED)
AT_HAND = (OrderState.CARRIED, OrderState.DELIVERED)


@gathers(OrderFacts)
def order(case: CaseFacts) -> OrderFacts:
    """Two queries."""
    standing = Order.objects.standing().filter(rollout__case=case.id, rollout__opening=True)
    row = standing.annotate(many=Sum("lines__quantity")).order_by("-pk").first()
    return order_facts(row, getattr(row, "many", 0) or 0) if row else OrderFacts()


def order_facts(row: Order, wanted: int) -> OrderFacts:
    return OrderFacts(
        wanted=wanted,
        way=row.way,
        paid=row.state in PAID,
        allocated=Terminal.objects.filter(line__order=row).count() if row.state in PAID else 0,
        at_hand=row.state in AT_HAND,
        with_courier=row.state == OrderState.SHIPPED,
    )


@gathers(InstallationFacts)
def installation(case: CaseFacts) -> InstallationFacts:
    """Up to five queries: rollout, visit with its counts, terminals, tests."""
    rollout = opening(case.id)
    if rollout is None:
        return InstallationFacts()
    visit = counted(Visit.objects.filter(rollout=rollout, attempt=rollout.attempt)).order_by("-pk").first()
    return at_the_shop(rollout, visit)


def opening(case_id: int) -> Rollout | None:
    return Rollout.objects.standing().filter(case=case_id, opening=True).first()


def counted(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits with `verified` and `unticked`."""
    return visits.annotate(
        verified=Count("serial_checks", distinct=True),
        unticked=Count("checklist", filter=Q(checklist__done_at=None), distinct=True),
    )


def at_the_shop(rollout: Rollout, visit: Visit | None) -> InstallationFacts:
    """`visit` comes from `counted`."""
    if visit is None:
        return InstallationFacts()
    terminals, without_numbers = numbered(rollout)
    return InstallationFacts(
        visit=visit.state,
        terminals=terminals,
        verified=getattr(visit, "verified", 0),
        unticked=getattr(visit, "unticked", 0),
        photos=frozenset(visit.photos.values_list("kind", flat=True)),
        untested=AcceptanceTest.objects.filter(rollout=rollout, result="not_tested").count(),
        training_note=bool(visit.training_note),
        signed=visit.signed_at is not None,
        without_numbers=without_numbers,
    )


def numbered(rollout: Rollout) -> tuple[int, int]:
    """(terminals of the standing order, those that the acquirer has not bound yet)."""
    bound = Binding.objects.filter(terminal=OuterRef("pk"), ended_at=None).exclude(bound_at=None)
    found = (
        Terminal.objects.filter(line__order__rollout=rollout)
        .exclude(line__order__state=OrderState.CANCELLED)
        .aggregate(all=Count("pk"), bound=Count("pk", filter=Q(Exists(bound))))
    )
    return found["all"], found["all"] - found["bound"]


@gathers(AcceptanceFacts)
def acceptance(case: CaseFacts) -> AcceptanceFacts:
    """Three queries."""
    rollout = opening(case.id)
    if rollout is None:
        return AcceptanceFacts()
    terminals, without_numbers = numbered(rollout)
    results = AcceptanceTest.objects.filter(rollout=rollout).aggregate(
        red=Count("pk", filter=Q(result="failed")), open=Count("pk", filter=Q(result="not_tested"))
    )
    return AcceptanceFacts(
        terminals=terminals, red=results["red"], open=results["open"], without_numbers=without_numbers
    )


@gathers(ClosingFacts)
def closing(case: CaseFacts) -> ClosingFacts:
    """Two queries."""
    return ClosingFacts(
        terminals_out=Terminal.objects.filter(line__order__rollout__case=case.id, state__in=OUT).count(),
        refunds_open=Payment.objects.filter(order__rollout__case=case.id, state=PaymentState.REFUNDING).count(),
    )

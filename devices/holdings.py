"""What devices hold about a case: whereto a parcel went, who signed for it, photographs of the shop."""

from __future__ import annotations

from typing import Any

from django.db import models

from devices.models import Binding, Movement, Order, Visit, VisitPhoto
from onboarding.holdings import Files, files, forgets, tells
from onboarding.models import Case

files(
    Files(Visit, "rollout__case", {"signature": lambda row: f"visit:{row.pk}:signature"}),
    Files(VisitPhoto, "visit__rollout__case", {"file": lambda row: f"visit:{row.visit_id}:photo"}),
)


@forgets
def orders(case: Case) -> None:
    Order.objects.filter(rollout__case=case).update(recipient="", mobile=None, address="")
    Binding.objects.filter(rollout__case=case).update(uscc="", owner_index="", location="")


@forgets
def visits(case: Case) -> None:
    VisitPhoto.objects.filter(visit__rollout__case=case).delete()
    Visit.objects.filter(rollout__case=case).update(
        latitude=None, longitude=None, accuracy_m=None, training_note="", signer="", signature="", failure=""
    )


@forgets
def movements(case: Case) -> None:
    """Custody stays provable; the address of the shop does not. Past the guard, as only a purge may."""
    rows: models.QuerySet[Movement] = models.QuerySet(Movement).filter(terminal__bindings__rollout__case=case)
    models.QuerySet(Movement).filter(pk__in=rows.values("pk")).update(place="", note="")


@tells("orders")
def told_orders(case: Case) -> list[dict[str, Any]]:
    columns = ("way", "recipient", "mobile", "address", "placed_at", "paid_at", "delivered_at", "cancelled_at")
    rows = Order.objects.filter(rollout__case=case).order_by("pk")
    return [{name: getattr(row, name) for name in columns} for row in rows]


@tells("visits")
def told_visits(case: Case) -> list[dict[str, Any]]:
    columns = ("starts_at", "ends_at", "checked_in_at", "latitude", "longitude", "signer", "signed_at", "completed_at")
    return list(Visit.objects.filter(rollout__case=case).order_by("pk").values(*columns))

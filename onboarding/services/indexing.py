"""Blind indexes under another INDEX_KEY: written again from the values themselves, while the portal stands still."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

from onboarding.models import Case, Trace
from onboarding.models.fields import BlindIndexField
from onboarding.screening import duplicates
from onboarding.services.rotating import Progress
from portal.crypto import Undecryptable, blind_index, index_key_mark


def index_columns() -> list[BlindIndexField]:
    """Every blind index of every app, found by introspection."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, BlindIndexField)
    ]


def reindex(field: BlindIndexField, batch: int) -> Iterator[Progress]:
    """Bring one column to the present INDEX_KEY; what fits already is left alone. Yields after each batch."""
    model: type[models.Model] = field.model
    progress, last = Progress(f"{model._meta.label}.{field.name}"), None
    rows = model._base_manager.order_by("pk").only("pk", field.name)
    while batch_rows := list((rows if last is None else rows.filter(pk__gt=last))[:batch]):
        for row in batch_rows:
            _one(progress, field, row)
        last = batch_rows[-1].pk
        yield progress


def _one(progress: Progress, field: BlindIndexField, row: Any) -> None:
    try:
        value = getattr(row, field.source)  # read alone, so that one broken value does not hide its neighbours
    except Undecryptable:
        progress.broken.append(row.pk)
        return
    index = blind_index(value, field.purpose) if value else None
    if index != getattr(row, field.name):
        progress.done += type(row)._base_manager.filter(pk=row.pk).update(**{field.name: index})


def retrace(batch: int) -> Iterator[Progress]:
    """Traces of addresses under the present key, from what their cases name now. Yields after each batch of cases."""
    progress, kind = Progress("onboarding.Trace, addresses"), Trace.Kind.ADDRESS
    old = Trace.objects.filter(kind=kind).exclude(key_mark=index_key_mark())
    while cases := list(Case.objects.filter(pk__in=old.values("case")).select_related("merchant")[:batch]):
        for case in cases:
            with transaction.atomic():
                progress.done += old.filter(case=case).delete()[0]
                duplicates.keep_addresses(case)
        yield progress


def forget_devices() -> int:
    """Take out the traces of devices under another key, and say how many: the number itself is in the visitor's
    browser alone, so none can be written again, and they would fit nothing that comes."""
    return Trace.objects.filter(kind=Trace.Kind.DEVICE).exclude(key_mark=index_key_mark()).delete()[0]

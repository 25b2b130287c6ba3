"""Key rotation: whatever an old data key sealed is sealed again under the newest one, while the portal runs.

Where to go on is read off each token itself, which names its key: an interrupted run loses nothing, two at once do no
harm. Each value is compared when it is written, so that a change made meanwhile stands.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from onboarding.holdings import FILES, JSON_SECRETS, Files, JsonSecrets
from onboarding.models import CaseKey
from onboarding.services.shredding import shred
from portal import crypto
from portal.crypto import EncryptedTextField, Undecryptable
from portal.storage import Missing, private_files


@dataclasses.dataclass(slots=True)
class Progress:
    """How far one place has come. `broken`: primary keys whose value does not open under any key we have."""

    place: str
    done: int = 0
    broken: list[Any] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column of tokens: `context` binds the value of the row with this primary key."""

    model: type[models.Model]
    name: str
    context: Callable[[Any], str]

    @property
    def place(self) -> str:
        return f"{self.model._meta.label}.{self.name}"

    def tokens(self) -> models.QuerySet[Any]:
        """The rows with the stored text as `token`, not decrypted."""
        held = self.model._base_manager.annotate(token=Cast(F(self.name), TextField()))
        return held.exclude(**{f"{self.name}__isnull": True})

    def again(self, pk: Any, token: str) -> bool:
        """Seal one value under the newest key; False when it was changed or deleted meanwhile. May be Undecryptable."""
        context = self.context(pk)
        fresh = crypto.encrypt(crypto.decrypt(token, context), context)
        same = self.tokens().filter(pk=pk, token=token)
        return bool(same.update(**{self.name: Value(fresh, output_field=TextField())}))


def columns() -> list[Column]:
    """Every encrypted column of every app, found by introspection, and the wrapped keys of the cases."""
    found = [
        Column(model, field.name, lambda _pk, context=field.context: context)  # type: ignore[misc]
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
    return [*found, Column(CaseKey, "wrapped", lambda pk: f"key:case:{pk}")]


def rotate_column(column: Column, batch: int) -> Iterator[Progress]:
    """Yields after each batch."""
    progress, last = Progress(column.place), None
    old = column.tokens().exclude(token__startswith=f"{crypto.newest_key_id()}.").order_by("pk")
    while rows := list((old if last is None else old.filter(pk__gt=last)).values_list("pk", "token")[:batch]):
        for pk, token in rows:
            _one(progress, pk, lambda pk=pk, token=token: column.again(pk, token))  # type: ignore[misc]
        last = rows[-1][0]
        yield progress


def rotate_files(held: Files, batch: int) -> Iterator[Progress]:
    """The same for the sealed files that rows of one model name; yields after each batch of rows."""
    progress, last = Progress(f"files of {held.model._meta.label}"), 0
    while rows := list(held.rows().filter(pk__gt=last).order_by("pk")[:batch]):
        for row in rows:
            for column, name, context in held.names(row):
                _one(progress, row.pk, lambda r=row, c=column, n=name, x=context: _file_again(r, c, n, x))  # type: ignore[misc]
        last = rows[-1].pk
        yield progress


def rotate_json(held: JsonSecrets, batch: int) -> Iterator[Progress]:
    """The same for tokens inside a JSON column; yields after each batch of rows."""
    progress, last = Progress(f"{held.model._meta.label}.{held.column}"), 0
    rows = held.model._base_manager.order_by("pk").values_list("pk", held.column)
    while found := list(rows.filter(pk__gt=last)[:batch]):
        for pk, value in found:
            fresh = _json_again(value, held.context)
            if fresh != value:
                same = held.model._base_manager.filter(pk=pk, **{held.column: value})
                progress.done += same.update(**{held.column: fresh})
        last = found[-1][0]
        yield progress


def _json_again(value: Any, context: str) -> Any:
    """The same value; texts that an older key sealed are sealed under the newest, everything else stands."""
    if isinstance(value, dict):
        return {name: _json_again(inner, context) for name, inner in value.items()}
    if isinstance(value, list):
        return [_json_again(inner, context) for inner in value]
    if not isinstance(value, str) or value.startswith(f"{crypto.newest_key_id()}."):
        return value
    try:
        return crypto.encrypt(crypto.decrypt(value, context), context)
    except Undecryptable:  # an ordinary text
        return value


def _one(progress: Progress, pk: Any, again: Callable[[], bool]) -> None:
    try:
        progress.done += again()
    except (Undecryptable, Missing):
        progress.broken.append(pk)


def _file_again(row: Any, column: str, name: str, context: str) -> bool:
    """A new file beside the old one, then the row names it, then the old one is let go: no reader sees half of it."""
    if private_files.key_id(name) == crypto.newest_key_id():
        return False
    fresh = private_files.save(private_files.read(name, context), context)
    if type(row)._base_manager.filter(pk=row.pk, **{column: name}).update(**{column: fresh}):
        shred([name], later=True)
        return True
    private_files.delete(fresh)  # replaced or purged meanwhile
    return False


def keys_in_use() -> Counter[str]:
    """How many values and files each data key still seals; "?" counts what is no token at all. Reads every head."""
    found: Counter[str] = Counter()
    for column in columns():
        for token in column.tokens().order_by("pk").values_list("token", flat=True).iterator(2000):
            found[_key_of(token)] += 1
    for secrets in JSON_SECRETS:
        for value in secrets.model._base_manager.values_list(secrets.column, flat=True).iterator(500):
            found.update(_keys_in_json(value, secrets.context))
    for held in FILES:
        for row in held.rows().order_by("pk").iterator(500):
            found.update(_key_of_file(name) for _column, name, _context in held.names(row))
    return found


def _keys_in_json(value: Any, context: str) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _keys_in_json(inner, context)
    elif isinstance(value, str):
        with contextlib.suppress(Undecryptable):
            crypto.decrypt(value, context)
            yield crypto.key_id_of(value)


def _key_of(token: str) -> str:
    try:
        return crypto.key_id_of(token)
    except Undecryptable:
        return "?"


def _key_of_file(name: str) -> str:
    try:
        return private_files.key_id(name)
    except (Undecryptable, Missing):
        return "?"

"""What the house holds about a case, corner by corner: its sealed files, what its people are told, what is forgotten.

Every app enrols its own corners in `<app>/holdings`. Key rotation, "my data" and the purge walk this registry, so that
whoever adds a table adds its line here and nothing else.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db import models

from onboarding.models import Case

Forgetter = Callable[[Case], None]
Teller = Callable[[Case], Any]
F = TypeVar("F", bound=Callable[..., Any])


@dataclasses.dataclass(frozen=True, slots=True)
class Files:
    """Columns of one model that name sealed files. `case`: the look-up from a row to its case; empty: of no case."""

    model: type[models.Model]
    case: str
    columns: dict[str, Callable[[Any], str]]  # column -> what binds the file by encryption
    related: tuple[str, ...] = ()  # select_related that the contexts need

    def rows(self) -> models.QuerySet[Any]:
        return (
            self.model._base_manager.select_related(*self.related) if self.related else self.model._base_manager.all()
        )

    def of(self, case: Case) -> models.QuerySet[Any]:
        return self.rows().filter(**{self.case: case}) if self.case else self.rows().none()

    def names(self, row: Any) -> Iterator[tuple[str, str, str]]:
        """(column, name, context) of each file that this row has."""
        for column, context in self.columns.items():
            if name := getattr(row, column):
                yield column, name, context(row)


@dataclasses.dataclass(frozen=True, slots=True)
class JsonSecrets:
    """A JSON column some of whose texts are tokens of `portal.crypto.encrypt`, all bound to one context."""

    model: type[models.Model]
    column: str
    context: str


FILES: list[Files] = []
JSON_SECRETS: list[JsonSecrets] = []
_about_case: dict[str, Forgetter] = {}
_about_merchant: dict[str, Forgetter] = {}
_told: dict[str, Teller] = {}


def files(*held: Files) -> None:
    """Enrol where sealed files are named."""
    FILES.extend(held)


def forgets(forget: F) -> F:
    """Enrol what blanks the personal columns that belong to one case, inside the transaction of the purge."""
    _about_case[f"{forget.__module__}.{forget.__name__}"] = forget
    return forget


def forgets_merchant(forget: F) -> F:
    """The same of columns that several cases of a merchant share: called when the last of them is purged."""
    _about_merchant[f"{forget.__module__}.{forget.__name__}"] = forget
    return forget


def tells(name: str) -> Callable[[F], F]:
    """Enrol a part of "my data": plain values for JSON, in clear, and never what a merchant must not learn."""

    def enrol(tell: F) -> F:
        _told[name] = tell
        return tell

    return enrol


def told(case: Case) -> dict[str, Any]:
    """Everything that the people of this case are told about it."""
    return {name: tell(case) for name, tell in sorted(_told.items())}


def sealed_files(case: Case) -> list[str]:
    """Names of all sealed files of a case."""
    return [name for held in FILES for row in held.of(case) for _column, name, _context in held.names(row)]


def forget_case(case: Case) -> None:
    for forget in _about_case.values():
        forget(case)


def forget_merchant(case: Case) -> None:
    for forget in _about_merchant.values():
        forget(case)

"""Reference rows that every question needs and that change a few times a year: kept in the process, as workdays are."""

from __future__ import annotations

import time
from functools import lru_cache

from onboarding.models import Bank, DocumentKind, MerchantCategory

KEPT_SECONDS = 600  # after an edit this process reads again at once (`forget`), the others within ten minutes


def document_kinds() -> dict[str, DocumentKind]:
    """All kinds of paper by code, in their order."""
    return _document_kinds(_tick())


def category(mcc: str) -> MerchantCategory | None:
    """The merchant category of a code, if the table knows it."""
    return _categories(_tick()).get(mcc)


def bank(code: str) -> Bank | None:
    """The bank whose head office has this branch number, if the table knows it."""
    return _banks(_tick()).get(code)


def forget() -> None:
    """Read the tables again at the next question (after an edit or an import)."""
    _document_kinds.cache_clear()
    _categories.cache_clear()
    _banks.cache_clear()


def _tick() -> int:
    return int(time.monotonic() // KEPT_SECONDS)


@lru_cache(maxsize=1)
def _document_kinds(_now: int) -> dict[str, DocumentKind]:
    return {kind.code: kind for kind in DocumentKind.objects.all()}


@lru_cache(maxsize=1)
def _categories(_now: int) -> dict[str, MerchantCategory]:
    return MerchantCategory.objects.in_bulk()


@lru_cache(maxsize=1)
def _banks(_now: int) -> dict[str, Bank]:
    return Bank.objects.in_bulk()

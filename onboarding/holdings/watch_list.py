"""Hits go with the merchant. They are in no copy of "my data": that would tip somebody off."""

from __future__ import annotations

from onboarding.holdings import Files, files, forgets, forgets_merchant
from onboarding.models import Case, WatchHit, WatchList

files(Files(WatchList, "", {"file": lambda row: row.context}))


@forgets
def reasons(case: Case) -> None:
    """What colleagues wrote about the hits of this case."""
    for hit in WatchHit.objects.filter(case=case):
        hit.verdicts.update(why="")


@forgets_merchant
def hits(case: Case) -> None:
    WatchHit.objects.filter(merchant=case.merchant_id).delete()

"""A draft of the risk table for the demonstration: begun by one, to be tried and published by another."""

from __future__ import annotations

from django.contrib.admin.models import ADDITION, LogEntry

from desk.demo.walk import Staff
from onboarding.models import RiskTable, RiskWeight, User
from onboarding.rules import Who
from onboarding.services.backtests import next_table

Fact = RiskWeight.Fact
WHY = "业务员带来的新店多看一眼：申请来源和开业时长的分值调高。"
POINTS = {(Fact.CHANNEL, "agent"): 10, (Fact.BUSINESS_AGE, "0"): 15}


def make(crew: Staff) -> None:
    """A second version that waits for its back-test; again changes nothing."""
    published = RiskTable.objects.order_by("-version")[0]
    if published.version > 1:
        return
    draft = next_table(published.pk)
    draft.why = WHY
    draft.save(update_fields=["why"])
    for (fact, value), points in POINTS.items():
        draft.weights.filter(fact=fact, value=value).update(points=points)
    _begun(draft, crew[Who.ADMINISTRATOR])


def _begun(draft: RiskTable, by: User) -> None:
    """In the admin's log, by which the portal knows who may not publish this version."""
    LogEntry.objects.log_actions(by.pk, [draft], ADDITION, change_message="draft", single_object=True)

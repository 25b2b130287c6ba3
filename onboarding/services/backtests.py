"""Trying a draft of the risk table on decided cases: asked for, stopped, gone on with; and publishing after it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import BackTest, RiskTable, RiskWeight, User
from onboarding.scoring import digest, read_table
from onboarding.services.errors import NotAllowed, NotNow, Refused
from portal.celery import ring

Outcome, Status = BackTest.Outcome, RiskTable.Status
NOT_A_DRAFT = _("Only a draft can be tried and published.")
FOUR_EYES = _("You wrote this table. A colleague has to publish it.")
NO_WEIGHTS = _("This table has no weights yet. Add some first.")
NOT_TRIED = _("Run a back-test of exactly this content first, and let it finish.")
SAY_WHY = _("By this table rejected cases would pass by machine alone. Say why that may be.")
NOT_RUNNING = _("This back-test is not running.")
NOT_STOPPED = _("Only a back-test that was stopped or broke off goes on, and only while the draft is unchanged.")


def start_back_test(table_id: int, *, by: User) -> BackTest:
    """Try the draft as it is now; the one that is running already, if it tries the same. Raises NotNow or Refused."""
    with transaction.atomic():
        table = _draft(table_id)
        content = digest(read_table(table))
        running = BackTest.objects.filter(table=table, outcome=Outcome.DUE)
        if same := running.filter(digest=content).first():
            return same
        running.update(outcome=Outcome.CANCELLED, ended_at=timezone.now())
        test = BackTest.objects.create(table=table, digest=content, asked_by=by)
        transaction.on_commit(ring_back_test)
    return test


def stop_back_test(test_id: int) -> None:
    running = BackTest.objects.filter(pk=test_id, outcome=Outcome.DUE)
    if not running.update(outcome=Outcome.CANCELLED, ended_at=timezone.now()):
        raise NotNow(NOT_RUNNING)


def resume_back_test(test_id: int) -> None:
    """Go on where it stopped. Raises NotNow when it runs, is done, or the draft has changed since."""
    with transaction.atomic():
        test = BackTest.objects.select_for_update().get(pk=test_id)
        table = _draft(test.table_id)
        stopped = test.outcome in (Outcome.CANCELLED, Outcome.FAILED)
        if not stopped or test.digest != digest(read_table(table)) or _runs(table):
            raise NotNow(NOT_STOPPED)
        fresh = {"outcome": Outcome.DUE, "ended_at": None, "due_at": timezone.now(), "attempts": 0}
        BackTest.objects.filter(pk=test.pk).update(leased_until=None, **fresh)
        transaction.on_commit(ring_back_test)


def ring_back_test() -> None:
    ring("onboarding.back_test")


def tested(table: RiskTable) -> BackTest | None:
    """The finished back-test of exactly the table's present content."""
    content = digest(read_table(table))
    return BackTest.objects.filter(table=table, digest=content, outcome=Outcome.DONE).order_by("-pk").first()


def alarms(test: BackTest | None) -> int:
    """How many rejected cases would pass by machine alone."""
    return int(test.counts.get("alarms", {}).get("rejected", 0)) if test else 0


def publish_table(table_id: int, *, by: User, authors: Collection[int], accepted: str = "") -> RiskTable:
    """Publish a draft; the table before it is superseded. Raises NotNow, NotAllowed (an author) or Refused.

    `accepted`: why the back-test's alarms do not hold it back; needed where there are any, and kept with the table
    together with their number.
    """
    with transaction.atomic():
        table = _draft(table_id)
        if by.pk in authors:
            raise NotAllowed(FOUR_EYES)
        accepted_now = _accepted(table, accepted.strip())
        RiskTable.objects.filter(status=Status.PUBLISHED).update(status=Status.SUPERSEDED)
        now = {"published_at": timezone.now(), "published_by": by, **accepted_now}
        RiskTable.objects.filter(pk=table.pk).update(status=Status.PUBLISHED, **now)
    return RiskTable.objects.get(pk=table.pk)


def _accepted(table: RiskTable, why: str) -> dict[str, Any]:
    """What the table keeps of the alarms that `why` answers. Raises Refused when it may not be published."""
    if not table.weights.exists():
        raise Refused(NO_WEIGHTS)
    test = tested(table)
    if test is None:
        raise Refused(NOT_TRIED)
    number = alarms(test)
    if number and not why:
        raise Refused(SAY_WHY)
    return {"accepted": why, "accepted_alarms": number} if number else {}


def next_table(table_id: int) -> RiskTable:
    """The next version as a draft with the same weights; the one that is open already, if there is one."""
    with transaction.atomic():
        newest = RiskTable.objects.select_for_update().order_by("-version")[0]
        if draft := RiskTable.objects.filter(status=Status.DRAFT).first():
            return draft
        table = RiskTable.objects.get(pk=table_id)
        limits = {"medium_from": table.medium_from, "high_from": table.high_from}
        draft = RiskTable.objects.create(version=newest.version + 1, **limits)
        kept = table.weights.values_list("fact", "value", "points")
        RiskWeight.objects.bulk_create(
            [RiskWeight(table=draft, fact=fact, value=value, points=points) for fact, value, points in kept]
        )
    return draft


def lock_draft(table_id: int) -> None:
    """Inside the transaction of an edit: nobody publishes meanwhile. Raises NotNow when somebody has."""
    _draft(table_id)


def _draft(table_id: int) -> RiskTable:
    table = RiskTable.objects.select_for_update().get(pk=table_id)
    if table.status != Status.DRAFT:
        raise NotNow(NOT_A_DRAFT)
    return table


def _runs(table: RiskTable) -> bool:
    return BackTest.objects.filter(table=table, outcome=Outcome.DUE).exists()

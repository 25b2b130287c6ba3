"""Sending notices: at least once by mail (always under one Message-ID), and never twice by SMS."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import QuerySet
from django.utils import timezone

from onboarding.models import Notice
from onboarding.tasks import letters
from onboarding.tasks.claiming import claim, confirm, release, wait, within
from portal.gateways import gateway
from portal.gateways.base import Answered, Reason, Refused, Reply, Unavailable, Unknown
from portal.gateways.mail import Posted
from portal.gateways.sms import Sent

BATCH = 20
BUDGET = 20  # seconds after which nothing new is claimed; a stuck mail server may take 20 more
LONGEST = timedelta(hours=24)  # after a day without a connection a message is given up
DUE, SENT, UNKNOWN, DEAD = Notice.Outcome.DUE, Notice.Outcome.SENT, Notice.Outcome.UNKNOWN, Notice.Outcome.DEAD

_log = structlog.get_logger(__name__)


@shared_task(name="onboarding.deliver", time_limit=Notice.TIME_LIMIT, soft_time_limit=Notice.TIME_LIMIT - 8)
def deliver() -> int:
    """Send what is due, batch by batch; returns how many were sent."""
    run = Run()
    for _tick in within(BUDGET):
        batch = claim(waiting(), BATCH)
        if not batch:
            break
        run.all_of(batch)
    return run.sent


def waiting() -> QuerySet[Notice]:
    return Notice.objects.filter(outcome__in=(DUE, UNKNOWN)).select_related("entry__case__merchant")


def probe() -> None:
    """Let the oldest message of an unreachable channel try again now: the others follow it."""
    now = timezone.now()
    cut_off = Notice.objects.filter(outcome__in=(DUE, UNKNOWN), due_at__gt=now, error=Reason.NO_CONNECTION)
    for channel in Notice.Channel.values:
        first = cut_off.filter(channel=channel).order_by("id")[:1]
        Notice.objects.filter(pk__in=[notice.pk for notice in first.only("pk")], due_at__gt=now).update(due_at=now)


class Run:
    """One job: which channels turned out to be unreachable, and how much was sent."""

    def __init__(self) -> None:
        self.sent = 0
        self.cut_off: set[str] = set()

    def all_of(self, batch: list[Notice]) -> None:
        """Send a claimed batch; when the time is up, give back what was not begun."""
        while batch:
            try:
                self.one(batch[0])
            except SoftTimeLimitExceeded:
                for notice in batch[1:]:  # of the first one nobody knows: its lease runs out
                    release(notice)
                raise
            batch.pop(0)

    def one(self, notice: Notice) -> None:
        if notice.channel in self.cut_off:
            confirm(notice, due_at=wait(notice.attempts), error=Reason.NO_CONNECTION)
            return
        reply = _worthless(notice) or self._said(notice)
        if isinstance(reply, Answered):
            self._sent(notice)
        elif isinstance(reply, Refused):
            _give_up(notice, reply)
        else:
            self._again(notice, reply)

    def _said(self, notice: Notice) -> Reply[Any]:
        try:
            return _handed_over(notice)
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:  # a template or an adapter with a fault must not stop the others
            _log.exception("notice_failed", notice=notice.pk, template=notice.template)
            return Unavailable(Reason.BAD_ANSWER, type(error).__name__)

    def _sent(self, notice: Notice) -> None:
        confirm(notice, outcome=SENT, sent_at=timezone.now(), error="")
        self.sent += 1
        if notice.error == Reason.NO_CONNECTION:  # it is back: the others need not sit out their back-off
            Notice.objects.filter(channel=notice.channel, outcome__in=(DUE, UNKNOWN), error=notice.error).update(
                due_at=timezone.now()
            )

    def _again(self, notice: Notice, reply: Unavailable | Unknown) -> None:
        if reply.reason is Reason.NO_CONNECTION:
            self.cut_off.add(notice.channel)
        if _hopeless(notice, reply):
            _give_up(notice, reply)
        else:
            unknown = isinstance(reply, Unknown) or notice.outcome == UNKNOWN
            confirm(notice, outcome=UNKNOWN if unknown else DUE, due_at=wait(notice.attempts), error=reply.reason.value)


def _handed_over(notice: Notice) -> Reply[Any]:
    """Send it; an SMS that may have gone out before (a lost answer, a killed worker) is asked about first."""
    ref = str(notice.client_ref)
    if notice.channel == Notice.Channel.MAIL:
        return _settled(gateway("mail").send(ref, letters.letter(notice)), Posted(""))
    if notice.attempts > 1:
        fate = gateway("sms").ask(ref, Sent)
        if not isinstance(fate, Unavailable):
            return fate
    return _settled(gateway("sms").send(ref, letters.text(notice)), Sent(""))


def _settled(reply: Reply[Any], done: Any) -> Reply[Any]:
    """Our reference with other words in it: an earlier attempt has arrived, and the case has moved on since."""
    if isinstance(reply, Refused) and reply.reason is Reason.OTHER_REQUEST:
        return Answered(done)
    return reply


def _worthless(notice: Notice) -> Refused | None:
    """A code that has run out helps nobody; a message that has killed its worker every time is not tried for ever."""
    minutes = json.loads(notice.context).get("minutes")
    late = minutes and notice.created_at + timedelta(minutes=minutes) < timezone.now()
    deadly = notice.attempts > Notice.MAX_ATTEMPTS and notice.error != Reason.NO_CONNECTION
    return Refused(Reason.TIMEOUT) if late or deadly else None


def _hopeless(notice: Notice, reply: Unavailable | Unknown) -> bool:
    """Enough attempts; where nobody could be reached, a day."""
    if reply.reason is Reason.NO_CONNECTION:
        return notice.created_at + LONGEST < timezone.now()
    return notice.attempts >= Notice.MAX_ATTEMPTS


def _give_up(notice: Notice, reply: Refused | Unavailable | Unknown) -> None:
    confirm(notice, outcome=DEAD, error=reply.reason.value)
    _log.warning("notice_given_up", notice=notice.pk, template=notice.template, reason=reply.reason.value)

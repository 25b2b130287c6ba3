"""The demonstration has a past: while it is made, the clock of this process stands where the story is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone

HOUR = datetime.timedelta(hours=1)
OPENS, CLOSES = 9, 18  # hours of the day at which people of the demonstration do something


class Clock:
    """`behind`: how far the story is from now. Nought is the present."""

    def __init__(self) -> None:
        self.behind = datetime.timedelta()

    @staticmethod
    def real() -> datetime.datetime:
        """The present, whatever the story says."""
        return datetime.datetime.now(datetime.UTC)

    def forward(self, by: datetime.timedelta) -> None:
        """Let time pass, but never beyond now; what would happen at night happens next morning."""
        self.behind = max(self.behind - by, datetime.timedelta())
        self._by_day()

    def _by_day(self) -> None:
        moment = timezone.localtime(self.real() - self.behind)
        if moment.hour < OPENS or moment.hour >= CLOSES:
            morning = moment.replace(hour=OPENS) + datetime.timedelta(days=moment.hour >= CLOSES)
            self.behind = max(self.real() - morning, datetime.timedelta())


@contextmanager
def running(clock: Clock) -> Iterator[None]:
    """`timezone.now()` tells the time of `clock`. Only for a process that does nothing else meanwhile.

    Entries are a chain of digests over their times and cannot be dated back afterwards: the story has to happen then.
    """

    class Told(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # type: ignore[override]
            return datetime.datetime.now(tz) - clock.behind

    with mock.patch.object(timezone, "datetime", Told):
        yield

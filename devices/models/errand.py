"""A row that somebody outside must still hear about: the row is the truth, the broker only a doorbell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Errand(models.Model):
    """Due while `next_at` is set. A worker leases it, acts outside any transaction, then confirms or backs off."""

    LEASE: ClassVar = timedelta(seconds=150)  # never shorter than CELERY_TASK_TIME_LIMIT
    STUCK_AFTER: ClassVar = 5  # attempts: from here on the warehouse page shows it, with "try again"

    next_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("last error"), max_length=200, blank=True, default="")

    class Meta:
        abstract = True

    def due(self) -> None:
        """Something is to be done now; the caller saves."""
        self.next_at, self.leased_until, self.attempts, self.error = timezone.now(), None, 0, ""

    def done(self) -> None:
        """Nothing is to be done any more; the caller saves."""
        self.next_at, self.leased_until, self.error = None, None, ""

    def later(self, seconds: int, error: str = "") -> None:
        """Once more in so many seconds; the caller saves."""
        self.next_at, self.leased_until, self.error = timezone.now() + timedelta(seconds=seconds), None, error[:200]

    def back_off(self, error: str) -> None:
        """The other side did not answer: later, and less often each time, at most hourly. The caller saves."""
        self.attempts += 1
        self.later(min(3600, 30 * 2 ** min(self.attempts, 7)), error)

    def keep(self) -> None:
        """Write the four fields alone, unless the row has moved to another state meanwhile: then they are stale."""
        rows: Any = type(self)._default_manager.filter(pk=self.pk)
        if hasattr(self, "state"):
            rows = rows.filter(state=self.state)
        rows.update(**{name: getattr(self, name) for name in ERRAND_FIELDS})


ERRAND_FIELDS = ("next_at", "leased_until", "attempts", "error")

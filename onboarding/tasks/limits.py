"""A limit for one piece of work within a job: what takes too long is stopped, and the job goes on with the next."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class TooSlow(Exception):
    """The piece of work was not done in time."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises TooSlow within the block once the time is up. Only a main thread can be stopped (a worker's process works
    in its main thread); elsewhere the limits of the whole job have to do."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_signal: int, _frame: Any) -> None:
    raise TooSlow

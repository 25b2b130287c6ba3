"""How many requests are being answered in this process: a test's rows may go only when there is none.

A closed browser leaves requests behind. One that is just drawing a page holds no connection to the database, and would
find its case gone when it writes down who looked: an answer of 500 that no visitor could ever get.
"""

import threading

from django.core.signals import request_finished, request_started


class InFlight:
    """Counts by Django's own signals, in the threads of a server; what a test itself asks for is over when it is."""

    def __init__(self) -> None:
        self.count, self._changed = 0, threading.Condition()

    def begun(self, **_more) -> None:
        self._move(1)

    def ended(self, **_more) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        if threading.current_thread() is threading.main_thread():
            return
        with self._changed:
            self.count = max(0, self.count + by)
            self._changed.notify_all()

    def ends(self, seconds: float) -> bool:
        """Wait until nothing is being answered; False when the time is up before."""
        with self._changed:
            return self._changed.wait_for(lambda: self.count == 0, seconds)


requests = InFlight()
request_started.connect(requests.begun, dispatch_uid="tests.in_flight.begun")
request_finished.connect(requests.ended, dispatch_uid="tests.in_flight.ended")

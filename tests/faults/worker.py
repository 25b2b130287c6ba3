"""The Celery application of a worker that the tests kill: the portal's own, with one check that takes its time once.

`celery -A tests.faults.worker worker`; SLOW_CHECK names a file that the first run leaves before it falls asleep.
"""

import os
import time
from pathlib import Path

from celery.signals import worker_process_init

from portal.celery import app

__all__ = ["app"]
LONG = 60  # seconds: much longer than the test waits before it kills


@worker_process_init.connect
def enrol(**_details) -> None:
    from onboarding.models import Check, Step
    from onboarding.screening import Outcome, check

    @check("slow", Step.IDENTITY, "slow")
    def slow(case) -> Outcome:
        began = Path(os.environ["SLOW_CHECK"])
        if not began.exists():
            began.touch()
            time.sleep(LONG)
        return Outcome(Check.Result.PASSED)

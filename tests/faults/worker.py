"""The Celery application of a worker that the tests kill: the portal's own, in which the first check, the first
examination and the first mark of a page take their time.

`celery -A tests.faults.worker worker`; SLOW names a folder where each of them leaves a file before it falls asleep, so
that the next one is as quick as ever.
"""

import os
import time
from pathlib import Path

from celery.signals import worker_process_init

from portal.celery import app

__all__ = ["app"]
LONG = 60  # seconds: much longer than the test waits before it kills


def linger(what: str) -> None:
    """The first time only."""
    began = Path(os.environ["SLOW"]) / what
    if not began.exists():
        began.touch()
        time.sleep(LONG)


@worker_process_init.connect
def enrol(**_details) -> None:
    from onboarding.documents import examining
    from onboarding.models import Check, Step
    from onboarding.screening import Outcome, check, lookalikes

    @check("slow", Step.IDENTITY, "slow")
    def slow(case) -> Outcome:
        linger("check")
        return Outcome(Check.Result.PASSED)

    examining.examine = lingering("examination", examining.examine)
    lookalikes.keep = lingering("mark", lookalikes.keep)


def lingering(what: str, real):
    def lingers(*args):
        linger(what)
        return real(*args)

    return lingers

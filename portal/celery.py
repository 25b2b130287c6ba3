"""The Celery application. The database is the truth; the broker is only a doorbell (docs/notices.md)."""

import os

import structlog
from celery import Celery

from portal import doorbell

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

doorbell.enrol()
app = Celery("kaitong")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_log = structlog.get_logger(__name__)


def ring(task: str, *args: object) -> None:
    """Ring the doorbell: ask a worker for `task` by name. A dead broker is no error, the sweep finds the row."""
    try:
        app.send_task(task, args=args, ignore_result=True, retry=False)
    except Exception as error:  # the broker's client raises a dozen unrelated types
        _log.warning("doorbell_not_rung", task=task, error=type(error).__name__)

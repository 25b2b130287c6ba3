"""A real Celery worker in a process of its own, on the database of the test."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def working(env: dict[str, str], log: Path, **more: str):
    """One worker that hears the doorbell; nobody sweeps, so that what is not rung for shows. Killed at the end."""
    command = [sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "-A", "portal", "worker", "-c", "1"]
    options = {"cwd": settings.BASE_DIR, "env": {**env, **more}, "start_new_session": True}
    with log.open("w") as out:
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        process = subprocess.Popen([*command, *quiet], stdout=out, stderr=out, **options)
    try:
        yield process
        assert process.poll() is None, f"the worker died: {log.read_text()[-3000:]}"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

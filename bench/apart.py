"""What the benchmarks share: a PostgreSQL of their own that keeps its promises, and a process per database."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.environment import SECRETS  # noqa: E402  # needs the path above
from tests.postgres import SETTINGS, Server  # noqa: E402


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """From the wheel of the tests, apart from that of running tests, and with fsync on."""
    SETTINGS.update(fsync="on", synchronous_commit="on", full_page_writes="on")
    one = Server()
    one.home = one.home.with_name(f"{one.home.name}-bench-{os.getpid()}")
    one.join()
    try:
        yield one
    finally:
        one.leave()
        for name in ("gate", "users"):
            Path(f"{one.home}.{name}").unlink(missing_ok=True)


def measured(module: str, url: str, folder: str, *arguments: int) -> None:
    """Calls `measure` of a module beside this one, in a process of its own: Django reads its settings once."""
    env = {
        **os.environ, **SECRETS, "DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": url, "VAR_DIR": folder,
        "CACHE_URL": "locmemcache://", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    run = f"import sys, django; django.setup(); from bench import {module}; {module}.measure(*map(int, sys.argv[1:]))"
    subprocess.run([sys.executable, "-c", run, *map(str, arguments)], cwd=ROOT, env=env, check=True)


def on_postgresql(module: str, *arguments: int) -> None:
    """The same on an empty database that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kaitong-bench-") as folder, server() as one:
        bare = psycopg2.connect(host=str(one.home), user="postgres", dbname="postgres")
        bare.autocommit = True
        bare.cursor().execute("CREATE DATABASE bench")
        bare.close()
        measured(module, one.url("bench"), folder, *arguments)

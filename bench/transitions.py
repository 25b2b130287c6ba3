"""How much the portal adds to the SQL of a transition: cases from registration to live through `services.advance`,
beside the very same statements sent by the bare driver.

    .venv/bin/python bench/transitions.py [cases]      # 24 cases on SQLite, then on PostgreSQL; under a minute

Per engine three copies of one database. On the first the journeys are recorded: every statement with its values, and
where transactions begin and end. Then, in turns, a few cases go through `advance` on the second copy and the recorded
statements of as many cases through sqlite3 or psycopg2 on the third. So both sides read and write the same.

Left out, on both sides: the queries behind the rules (their facts are given as met; the rules themselves run), what
other apps do with a move, and the doorbell. PostgreSQL runs with fsync on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.environment import SECRETS  # noqa: E402  # needs the path above
from tests.postgres import SETTINGS, Server  # noqa: E402

CASES = 24
MEASURE = "import sys, django; django.setup(); from bench import journeys; journeys.measure(int(sys.argv[1]))"


def main(cases: int) -> None:
    SETTINGS.update(fsync="on", synchronous_commit="on", full_page_writes="on")
    with tempfile.TemporaryDirectory(prefix="kaitong-bench-") as folder:
        measure(cases, folder, f"sqlite:///{folder}/base")
        server = Server()
        server.home = server.home.with_name(f"{server.home.name}-bench")  # apart from that of running tests
        server.join()
        try:
            measure(cases, folder, server.url("base"))
        finally:
            server.leave()


def measure(cases: int, folder: str, url: str) -> None:
    """One engine in a process of its own: Django reads its settings once."""
    env = {
        **os.environ, **SECRETS, "DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": url, "VAR_DIR": folder,
        "CACHE_URL": "locmemcache://", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", MEASURE, str(cases)], cwd=ROOT, env=env, check=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)

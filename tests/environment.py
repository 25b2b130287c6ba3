"""The environment of a test run, set before Django reads its settings; xdist's workers inherit it.

TEST_ENGINE=sqlite      SQLite instead of PostgreSQL
TEST_DB=anna            letters in the name of the test database, so that several people can test side by side
TEST_DATABASE_URL=…     a PostgreSQL of your own instead of the one from the wheel
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

from portal.management import catalogues
from tests.postgres import Server

BASE = Path(__file__).resolve().parent.parent
SECRETS = {
    "SECRET_KEY": "a key for tests, long enough to be taken: 0123456789 0123456789",
    "DATA_KEYS": "t1:dGVzdHMgdXNlIHRoaXMga2V5IG9mIDMyIGJ5dGVzISE=",
    "INDEX_KEY": "an index key for tests: 0123456789 0123456789",
    "ANCHOR_KEY": "an anchor key for tests: 0123456789 0123456789",
}
CACHE = "locmemcache://kaitong"  # in memory, so that a fixture can empty it; the table survives a flush


def prepare() -> None:
    """Set the environment once per run; the process that made something removes it at its end."""
    if "KAITONG_TEST_RUN" not in os.environ:
        os.environ["KAITONG_TEST_RUN"] = tempfile.mkdtemp(prefix="kaitong-test-")
        atexit.register(shutil.rmtree, os.environ["KAITONG_TEST_RUN"], ignore_errors=True)
        catalogues.compile_stale(BASE / "locale")
        os.environ["DATABASE_URL"] = _database_url()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["VAR_DIR"] = str(Path(os.environ["KAITONG_TEST_RUN"]) / worker)
    os.environ.update(SECRETS, CONN_MAX_AGE="0", CACHE_URL=CACHE, DJANGO_ALLOW_ASYNC_UNSAFE="1", LOG_LEVEL="WARNING")
    for name in ("DEBUG", "EMBEDDED", "BROKER_URL", "EMAIL_URL", "SITE_URL"):
        os.environ.pop(name, None)  # what a developer's shell holds must not change the tests


def _database_url() -> str:
    if os.environ.get("TEST_ENGINE") == "sqlite":
        return f"sqlite:///{os.environ['KAITONG_TEST_RUN']}/kaitong.sqlite3"
    if "TEST_DATABASE_URL" in os.environ:
        return os.environ["TEST_DATABASE_URL"]
    server = Server()
    server.join()
    atexit.register(server.leave)
    suffix = re.sub(r"[^a-z0-9]", "", os.environ.get("TEST_DB", "").lower()) or f"p{os.getpid()}"
    return server.url(f"kaitong_{suffix}")

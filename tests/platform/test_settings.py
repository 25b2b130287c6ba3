"""The settings refuse to start without what production needs, and name the variable."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

NEEDED = {
    "SECRET_KEY": "x" * 60,
    "DATA_KEYS": "k1:" + "A" * 43 + "=",
    "INDEX_KEY": "x" * 60,
    "ANCHOR_KEY": "x" * 60,
}


def start(tmp_path, **environment: str) -> subprocess.CompletedProcess:
    base = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DEBUG": "0", **environment}
    command = [sys.executable, "-c", "import portal.settings as s; print(s.DEBUG, s.EMBEDDED, s.HTTPS)"]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=base, capture_output=True, text=True)


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_secret_is_named(tmp_path, name):
    done = start(tmp_path, **{key: value for key, value in NEEDED.items() if key != name})
    assert done.returncode != 0
    assert f"DEBUG is off and {name} is not set" in done.stderr


def test_production_demands_https(tmp_path):
    assert start(tmp_path, **NEEDED).stdout.split() == ["False", "False", "True"]

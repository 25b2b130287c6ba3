"""`manage.py dev` with real processes: it starts, answers, and leaves nothing behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from portal.management import people
from portal.management.commands import dev

START = 420  # seconds: the demonstration is a minute of one processor, and others work beside it


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path, port: int) -> dict[str, str]:
    dropped = {
        "DATABASE_URL",
        "CACHE_URL",
        "DJANGO_SETTINGS_MODULE",
        "SECRET_KEY",
        "DATA_KEYS",
        "INDEX_KEY",
        "ANCHOR_KEY",
    }
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "VAR_DIR": str(folder), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "portal.settings"}


def living(folder: Path) -> list[str]:
    """The command lines of the processes that were started with this VAR_DIR."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if f"VAR_DIR={folder}\0".encode() in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it ended meanwhile, or is somebody else's
    return [line for line in found if line]


def until(condition, seconds: float):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := condition():
            return result
        time.sleep(0.2)
    return condition()


def ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return json.load(answer)["status"] == "ok"
    except (urllib.error.URLError, OSError):
        return False


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")
@pytest.mark.timeout(2 * START)
def test_starts_answers_and_leaves_no_process(tmp_path):
    port = free_port()
    log = (tmp_path / "log").open("w+")
    command = [sys.executable, "manage.py", "dev"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment(tmp_path, port), stdout=log, stderr=log)
    try:
        address = f"http://localhost:{port}/"  # said after the first page has come: a quicker Ctrl-C would be before it
        assert until(lambda: ready(port) and address in Path(log.name).read_text(), START), Path(log.name).read_text()
        assert len(living(tmp_path)) >= 4
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()
    assert until(lambda: not living(tmp_path), 5), living(tmp_path)
    words = Path(log.name).read_text()
    assert "Traceback" not in words


def test_taken_port_names_another_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is taken .* PORT={port + 1} make run"):
            list(dev.free_addresses(port))


def test_taken_first_port_names_8001():
    assert "PORT=8001 make run" in dev.refusal(8000, 98)


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1"])
def test_port_must_be_a_number(text):
    with pytest.raises(CommandError, match="PORT must be a number"):
        dev.chosen_port(text)


def test_second_start_on_the_same_data_is_refused(settings, tmp_path):
    settings.VAR = tmp_path
    with dev.alone(), pytest.raises(CommandError, match="already runs"), dev.alone():
        pass


def test_children_get_the_secrets_and_run_without_debug(monkeypatch):
    monkeypatch.delenv("DEBUG", raising=False)
    env = dev.child_environment(8000)
    assert (env["DEBUG"], env["EMBEDDED"]) == ("0", "1")
    assert env["SECRET_KEY"] == settings.SECRET_KEY


def test_people_are_a_table():
    lines = people.table([people.SignIn("商户", "13800000000", "pw"), people.SignIn("Reviewer", "li", "pw")])
    assert len({people.columns(re.sub(r"\S+$", "", line)) for line in lines}) == 1

"""The reader of all log lines reads: a line that tells fails the run, alone and with xdist; what is harmless passes."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from portal import logs
from portal.models import SimulatedMessage
from tests.log_guard import Guard
from tests.test_access import addresses

BASE = Path(__file__).resolve().parents[2]
KEY = "mPq83kd0aL2xv9QwErTyUi"
TELLING = {
    "mobile": "called 13800138000",
    "identity number": "of 11010519491231002X",
    "card": "card 6222021234567890128 was typed",
    "account": "account 11001234567890123",
    "signed link": "link eyJjYXNlIjo3fQ:1vK2cd:0cCq2cPq9lN4vJ0m1bq3k2v1x7y8z9a0b1c2d3e4f5g",
    "signed number": "invitation 17:RQIsD0IsPTA7YHCthu0zfnjoH90Lsf5jN5R0YP7RnZg",
    "password key": "reset 3-c8k2f1-0123456789abcdef0123456789abcdef",
}
HARMLESS = [
    "took 0.1234567890123456789 s, order 7, 20 rows, ¥123,456.00",
    "task 6f1c2f8e-13800138000-4f7e-9a63-1d2c3b4a5f60",
    "GET /claim/<key>/",
    "case KT-7Q4M-2HX9 at 2026-11-26T13:30:12.123456Z",
]
ONE = "import logging\n\ndef test_one():\n    logging.getLogger('devices.paying').info({line!r})\n"


@pytest.fixture
def guard():
    made = Guard()
    logger = logging.getLogger("kaitong.guarded")
    logger.propagate = False
    logger.addHandler(made)
    logger.setLevel(logging.INFO)
    yield made
    logger.removeHandler(made)


def say(line: str, *args: object, **options: object) -> None:
    logging.getLogger("kaitong.guarded").info(line, *args, **options)


def run(folder: Path, line: str, *options: str) -> subprocess.CompletedProcess:
    """A test run of its own with one test that says one line."""
    (folder / "test_it.py").write_text(ONE.format(line=line))
    command = [sys.executable, "-m", "pytest", "-c", str(BASE / "pyproject.toml"), "-p", "tests.log_guard", "-q"]
    more = [f"--rootdir={BASE}", "-p", "no:cacheprovider", *options, str(folder / "test_it.py")]
    return subprocess.run([*command, *more], cwd=BASE, env=os.environ, capture_output=True, text=True, timeout=150)


@pytest.mark.parametrize("what", TELLING)
def test_each_kind_is_found(guard, what):
    say(TELLING[what])
    assert len(guard.taken()) >= 1
    assert guard.taken() == [], "and asked once"


@pytest.mark.parametrize("line", HARMLESS)
def test_what_looks_alike_is_not(guard, line):
    say(line)
    assert guard.lines == 1 and guard.taken() == []


def test_a_trace_is_read_too(guard):
    try:
        raise ValueError("13800138000")
    except ValueError:
        say("broken", exc_info=True)
    assert "a mobile number" in guard.taken()[0]


@pytest.mark.django_db
def test_a_code_that_went_out_is_found_and_another_number_is_not(guard):
    message = SimulatedMessage(subject="", text=f"Your code is 408817. Or open https://portal.example/x/{KEY}/ now.")
    guard.sent(message)
    say("order 408818")
    assert guard.taken() == []
    guard.sent(message)
    say("sent 408817")
    say("link %s", f"https://elsewhere.example/{KEY}/")
    assert len(guard.taken()) == 2


@pytest.mark.slow
@pytest.mark.parametrize("options", [("-n", "0"), ("-n", "2")], ids=["alone", "xdist"])
def test_a_run_fails_when_one_line_tells(tmp_path, options):
    told = run(tmp_path, TELLING["mobile"], *options)
    assert told.returncode == 1 and "A log line tells what it must not" in told.stdout, told.stdout + told.stderr
    quiet = run(tmp_path, HARMLESS[0], *options)
    assert quiet.returncode == 0 and "1 passed" in quiet.stdout, quiet.stdout + quiet.stderr


def keyed() -> list[str]:
    """Every address with a key of its own in it, filled with one."""
    found = [one for one in addresses() if {"key", "token", "uidb36"} & set(one.arguments)]
    values = {"key": KEY, "token": KEY, "course": "operation", "number": 1, "pk": 1, "uidb36": "3"}
    return [one.url({name: values.get(name, 1) for name in one.arguments}) for one in found]


def test_every_address_with_a_key_is_known_to_the_log():
    """A new one has to be named in portal.logs.KEYED."""
    assert len(keyed()) >= 7 and get_resolver()
    assert [url for url in keyed() if KEY in logs.without_keys(f"somebody opened {url} and left")] == []
    assert [url for url in keyed() if KEY in logs.route(url)] == []


@pytest.mark.django_db
def test_no_line_of_a_request_holds_the_key(every_line, monkeypatch):
    """Found or not, read or sent, and when it breaks: the pattern stands there."""
    lines: list[str] = []
    formatted = every_line.format
    monkeypatch.setattr(every_line, "format", lambda record: lines.append(formatted(record)) or lines[-1])
    client = Client(raise_request_exception=False)
    for url in [*keyed(), f"/nowhere/{KEY}/", f"/?q={KEY}"]:
        client.get(url)
        client.post(url)
        Client(enforce_csrf_checks=True).post(url)
    assert any("/c/<key>" in line for line in lines) and any(logs.NOWHERE in line for line in lines)
    assert [line for line in lines if KEY in line] == []


def test_calls_to_other_parties_do_not_say_their_address(every_line):
    """httpx would write every address with its query at the level of production."""
    before = every_line.lines
    with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200))) as client:
        client.get("https://registry.example/people?mobile=13800138000")
    assert every_line.lines == before


def test_a_line_still_says_where():
    assert logs.route("/cases/KT-7Q4M-2HX9/?q=13800138000") == "/cases/KT-7Q4M-2HX9/"
    assert logs.route("/cases/13800138000/") == "/cases/<ref>/"
    assert logs.route(reverse("visit", args=[12])) == "/field/visits/12/"
    assert logs.route("/field/visits/13800138000/") == "/field/visits/<int:pk>/"
    assert logs.route("/13800138000") == logs.NOWHERE

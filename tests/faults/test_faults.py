"""A worker killed in the middle, a broker that forgot everything: two sweeps later all is done, and done once."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F

from onboarding import services
from onboarding.documents import intake
from onboarding.models import Case, Check, DocumentKind, Examination, Notice, PageBand, PageMark
from onboarding.timeline import damaged_chains
from portal.celery import ring
from portal.models import Rehearsal, SimulatedMessage
from tests import make, people
from tests.onboarding.documents import samples

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
PATIENCE = 40  # seconds for what takes two or three on an idle machine
MANY = 60


def until(condition, seconds: float = PATIENCE):
    """What `condition` gives as soon as it is true; the last answer when the time is up."""
    deadline = time.monotonic() + seconds
    while not (result := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return result


@pytest.fixture
def worker(process_env, tmp_path):
    """`worker()` starts a real worker with two processes of its own group; all are killed at the end."""
    started: list[subprocess.Popen] = []
    env = {**process_env, "CACHE_URL": "locmemcache://", "SLOW": str(tmp_path), "LOG_LEVEL": "INFO"}
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "celery",
        "--quiet",
        "-A",
        "tests.faults.worker",
        "worker",
        "-c",
        "2",
    ]

    def start() -> subprocess.Popen:
        log = (tmp_path / f"log{len(started)}").open("w")
        options = {"cwd": settings.BASE_DIR, "env": env, "stdout": log, "stderr": log, "start_new_session": True}
        started.append(subprocess.Popen([*command, "--without-gossip", "--without-mingle"], **options))
        return started[-1]

    yield start
    for process in started:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """kill -9 of the worker and its children, at once."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait(10)


@pytest.fixture
def broker():
    """The folder of the doorbell, empty before and after."""
    folder = settings.VAR / "broker" / "queue"
    empty(folder)
    yield folder
    empty(folder)


def empty(folder: Path) -> None:
    for bell in folder.iterdir():
        bell.unlink()


def due_work() -> Case:
    """Many messages and one check, committed, without anybody having rung."""
    case = make.case("identity_screening", by=people.liu())
    make.check(case, "slow", Check.Result.DUE)
    Check.objects.update(done_at=None)
    same = {"template": "sign_in_code", "address": "+8613800138000", "context": '{"code": "123456"}', "channel": "sms"}
    Notice.objects.bulk_create(Notice(key=f"n{number}", **same) for number in range(MANY))
    return case


def a_lease_passes() -> None:
    """As if the longest lease had gone by: whatever the dead worker held is free."""
    for model in (Notice, Check, Examination):
        model.objects.exclude(leased_until=None).update(leased_until=F("leased_until") - timedelta(minutes=3))


def all_done() -> bool:
    waiting = Notice.objects.exclude(outcome="sent").exists() or Check.objects.filter(result="due").exists()
    connection.close()
    return not waiting


def test_kill_minus_nine_and_an_emptied_broker(worker, broker, tmp_path):
    case = due_work()
    first = worker()
    for job in ("onboarding.deliver", "onboarding.screen"):
        ring(job)
    assert until(lambda: SimulatedMessage.objects.count() >= 5 and (tmp_path / "check").exists())
    kill(first)
    sent = SimulatedMessage.objects.count()
    assert 5 <= sent < MANY, "in the middle of a batch"
    assert Notice.objects.exclude(leased_until=None).exists() and Check.objects.get().leased_until
    empty(broker)

    a_lease_passes()
    worker()
    for _sweep in range(2):
        ring("onboarding.sweep")
    assert until(all_done), f"{Notice.objects.exclude(outcome='sent').count()} left: {log(tmp_path)}"
    assert SimulatedMessage.objects.count() == MANY, "each message once"
    assert until(lambda: Case.objects.get(pk=case.pk).state == "identity_review")
    assert list(damaged_chains()) == []


def papers(case: Case, number: int) -> None:
    """Photographs of the shop, which nobody has to read; uploaded, without anybody having rung."""
    kind = DocumentKind.objects.get(pk="shopfront")
    kind.max_pages = number
    for seed in range(number):
        intake.take(case, kind, samples.jpeg(seed), by=case.opened_by, step="identity")


def all_looked_at() -> bool:
    waiting = Examination.objects.filter(result="due").exists() or PageMark.objects.filter(bits=None).exists()
    connection.close()
    return not waiting


def test_killed_while_it_examines_and_marks_pages(worker, broker, tmp_path):
    """Each is done by the next worker, once: one examination a paper, four bands a page, nobody told twice."""
    case = make.case("identity", by=people.liu())
    papers(case, 3)
    told = Notice.objects.count()
    first = worker()
    for job in ("onboarding.examine", "onboarding.marks"):
        ring(job)
    assert until(lambda: (tmp_path / "examination").exists() and (tmp_path / "mark").exists()), log(tmp_path)
    kill(first)
    assert Examination.objects.exclude(leased_until=None).get().result == "due"
    assert not PageBand.objects.exists()
    empty(broker)

    a_lease_passes()
    worker()
    for _sweep in range(2):
        ring("onboarding.sweep")
    assert until(all_looked_at), log(tmp_path)
    done = Examination.objects.order_by("attempts")
    assert [(row.result, row.leased_until) for row in done] == [("done", None)] * 3
    assert [row.attempts for row in done] == [1, 1, 2], "the one in hand was begun twice, the others once"
    bands = Counter(PageBand.objects.values_list("page", "band"))
    assert len({page for page, _band in bands}) == 3 and set(bands.values()) == {1}, "each once"
    assert Notice.objects.count() == told and list(damaged_chains()) == []


def log(folder: Path) -> str:
    return "".join(path.read_text()[-2000:] for path in sorted(folder.glob("log*")))


def test_a_broker_that_is_gone_stops_nobody(transactional_db, broker, monkeypatch):
    """The doorbell does not work at all: the case moves, the row waits, nothing is raised."""
    shutil.rmtree(broker)
    try:
        case = make.case("live")
        services.advance(case.pk, "close", by=people.operations_manager(), note="moved away")
        assert Case.objects.get(pk=case.pk).state == "closing"
        assert Notice.objects.filter(outcome="due").count() == 2
    finally:
        broker.mkdir()


def test_a_mail_gateway_that_is_down(worker, broker):
    case = make.case("live")
    down = Rehearsal.objects.create(gateway="mail", outcome="unavailable", by="test")
    services.advance(case.pk, "close", by=people.operations_manager(), note="moved away")
    worker()
    assert until(lambda: Notice.objects.filter(channel="sms", outcome="sent").exists()), "the SMS goes out"
    assert until(lambda: Notice.objects.filter(channel="mail", error="no_connection").exists())
    down.delete()
    for _sweep in range(2):
        ring("onboarding.sweep")
    assert until(all_done)
    assert SimulatedMessage.objects.filter(channel="mail").count() == 1

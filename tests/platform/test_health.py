"""/livez, /readyz and the doctor."""

import time

import pytest
from django.core.cache import cache
from django.core.management import call_command

from portal import health, tasks
from portal.management import checkup

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def fresh():
    health._last.clear()


def test_livez_needs_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/livez").json()["status"] == "ok"


def test_readyz_names_the_worker_that_is_missing(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["failing"] == ["worker"]


def test_readyz_after_a_heartbeat(client):
    tasks.heartbeat()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failing"]) == (200, [])


def test_old_heartbeat_does_not_count():
    cache.set(health.HEARTBEAT, time.time() - health.OLDEST_BEAT - 1)
    assert not health.works("worker")


@pytest.mark.parametrize("part", ["database", "broker", "storage"])
def test_readyz_names_the_part_and_not_the_reason(client, monkeypatch, part):
    def broken() -> bool:
        raise OSError("secret address")

    monkeypatch.setitem(health.PARTS, part, broken)
    tasks.heartbeat()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["failing"] == [part]
    assert b"secret" not in answer.content


def test_readyz_is_not_asked_twice_within_moments(client, monkeypatch):
    client.get("/readyz")
    monkeypatch.setitem(health.PARTS, "storage", lambda: pytest.fail("asked again"))
    client.get("/readyz")


def test_doctor_finds_an_installation_well(capsys):
    tasks.heartbeat()
    call_command("doctor")
    assert "All is well." in capsys.readouterr().out


def test_doctor_says_what_to_do_without_a_worker(capsys):
    with pytest.raises(SystemExit):
        call_command("doctor")
    assert "Start `celery -A portal worker`" in capsys.readouterr().out


def test_doctor_misses_a_calendar_year(monkeypatch):
    monkeypatch.setattr(checkup.timezone, "localdate", lambda: __import__("datetime").date(2031, 5, 1))
    [finding] = checkup.calendar()
    assert not finding.well
    assert "2031" in finding.sentence


def test_doctor_misses_the_seal(settings):
    settings.EMBEDDED, settings.SEAL_PKCS12 = False, ""
    assert any("SEAL_PKCS12" in finding.sentence for finding in checkup.deployment())


def test_doctor_lists_what_is_still_simulated(settings):
    settings.EMBEDDED = False
    assert any("Still simulated" in finding.sentence for finding in checkup.deployment())

"""Keys rotate while people write the same rows, on PostgreSQL with real threads: nothing is lost, nothing stays behind.

The control takes the comparison out and loses what was written: so the race is real, and the comparison is what holds.
"""

import base64
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.db.models import F, TextField, Value

from onboarding.models import Person
from onboarding.services import rotating
from portal import crypto
from tests import make, people

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
BASE = Path(__file__).resolve().parents[3]
K1, K2 = (f"k{number}:{base64.b64encode(os.urandom(32)).decode()}" for number in (1, 2))
ROWS, WRITERS = 24, 3
PLACE = "onboarding.Person.mobile"


@pytest.fixture
def held(settings):
    """Persons whose numbers lie under the old key, while the portal knows the new one."""
    settings.DATA_KEYS = [K1]
    of = make.merchant()
    rows = [make.person(of, mobile=number_of(0, row)) for row in range(ROWS)]
    settings.DATA_KEYS = [K2, K1]
    return [row.pk for row in rows]


def number_of(writer: int, row: int) -> str:
    return f"+86139{writer:04d}{row:04d}"


def column() -> rotating.Column:
    return next(one for one in rotating.columns() if one.place == PLACE)


def key_ids() -> set[str]:
    return {crypto.key_id_of(token) for token in column().tokens().values_list("token", flat=True)}


def together(*deeds) -> list[BaseException]:
    """Everything at the same moment, each with a connection of its own; what went wrong."""
    start, wrong = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            start.wait(10)
            deed()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return wrong


def test_people_write_the_rows_that_are_sealed_again(settings, held, monkeypatch):
    """Two runs at once, and three people who each change every third row, by form (save) and by query (update)."""
    over, last, met = threading.Event(), dict.fromkeys(held, ""), []
    real = rotating.Column.again

    def slowly(self, pk, token):
        time.sleep(0.002)  # between reading and writing, so that somebody is surely in between
        done = real(self, pk, token)
        met.append(done)
        return done

    monkeypatch.setattr(rotating.Column, "again", slowly)

    def write(writer: int):
        times = 0
        while not over.is_set() or times == 0:
            times += 1
            for place, pk in enumerate(held):
                if place % WRITERS == writer:
                    last[pk] = number_of(times % 9000 + 1, place)
                    _save(pk, last[pk]) if times % 2 else Person.objects.filter(pk=pk).update(mobile=last[pk])

    def rotate():
        try:
            call_command("rotate_keys", batch=5)
        finally:
            over.set()

    wrong = together(rotate, rotate, *[lambda one=one: write(one) for one in range(WRITERS)])
    assert wrong == []
    assert False in met and True in met, "some values were changed meanwhile, some were sealed again"
    assert {one.pk: one.mobile for one in Person.objects.all()} == last, "what was written last stands"
    assert set(Person.objects.values_list("id_number", flat=True)) == {"11010519491231002X"}
    assert key_ids() == {"k2"} and rotating.keys_in_use()["k1"] == 0
    settings.DATA_KEYS = [K2]
    assert {one.pk: one.mobile for one in Person.objects.all()} == last, "and opens without the old key"


def _save(pk: int, mobile: str) -> None:
    person = Person.objects.get(pk=pk)
    person.mobile = mobile
    person.save()


def changed_in_between(monkeypatch, held, again) -> str:
    """Rotate with `again`, while somebody changes the first row after it was read; what stands there at the end."""
    written = threading.Event()
    read = threading.Event()

    def late(self, pk, token):
        if pk == held[0] and self.place == PLACE:
            read.set()
            assert written.wait(10)
        return again(self, pk, token)

    def change():
        assert read.wait(10)
        Person.objects.filter(pk=held[0]).update(mobile="+8613911112222")
        written.set()

    monkeypatch.setattr(rotating.Column, "again", late)
    assert together(lambda: call_command("rotate_keys", batch=100), change) == []
    return Person.objects.get(pk=held[0]).mobile


def test_what_is_changed_between_reading_and_writing_stands(held, monkeypatch):
    assert changed_in_between(monkeypatch, held, rotating.Column.again) == "+8613911112222"
    assert key_ids() == {"k2"}


def test_the_control_without_the_comparison_it_is_lost(held, monkeypatch):
    def blindly(self, pk, token):
        context = self.context(pk)
        fresh = crypto.encrypt(crypto.decrypt(token, context), context)
        rows = self.model._base_manager.filter(pk=pk)
        return bool(rows.update(**{self.name: Value(fresh, output_field=TextField())}))

    assert changed_in_between(monkeypatch, held, blindly) == number_of(0, 0), "the old number is back"


def test_secrets_of_second_factors_changed_meanwhile_stand(settings, monkeypatch):
    settings.DATA_KEYS = [K1]
    old, new = (crypto.encrypt(text, "mfa.Authenticator") for text in (b"OLD", b"NEW"))
    made = Authenticator.objects.create(user=people.liu(), type="totp", data={"secret": old})
    settings.DATA_KEYS = [K2, K1]
    real, read, written = rotating._json_again, threading.Event(), threading.Event()

    def late(value, context):
        if isinstance(value, dict):
            read.set()
            assert written.wait(10)
        return real(value, context)

    def change():
        assert read.wait(10)
        fresh = crypto.encrypt(crypto.decrypt(new, "mfa.Authenticator"), "mfa.Authenticator")
        Authenticator.objects.filter(pk=made.pk).update(data={"secret": fresh})
        written.set()

    monkeypatch.setattr(rotating, "_json_again", late)
    assert together(lambda: call_command("rotate_keys"), change) == []
    token = Authenticator.objects.get().data["secret"]
    assert crypto.decrypt(token, "mfa.Authenticator") == b"NEW" and crypto.key_id_of(token) == "k2"


@pytest.mark.slow
def test_killed_and_run_again(held, process_env):
    """kill -9 in the middle: every number opens, old and new keys mixed; the second run does the rest and no more."""
    env = {**process_env, "DATA_KEYS": f"{K2},{K1}"}
    command = [sys.executable, "-u", "manage.py", "rotate_keys", "--batch", "1"]
    with subprocess.Popen(command, cwd=BASE, env=env, stdout=subprocess.PIPE, text=True) as process:
        line = next(line for line in process.stdout if line.startswith(f"{PLACE}: 3 "))
        process.send_signal(signal.SIGKILL)
    assert line and process.returncode == -signal.SIGKILL
    assert key_ids() == {"k1", "k2"}
    assert sorted(Person.objects.values_list("mobile", flat=True)) == [number_of(0, row) for row in range(ROWS)]
    before = dict(_tokens().filter(token__startswith="k2.").values_list("pk", "token"))
    again = subprocess.run(command, cwd=BASE, env=env, capture_output=True, text=True, timeout=120)
    assert again.returncode == 0 and "Key k1 is used no more" in again.stdout, again.stdout + again.stderr
    after = dict(_tokens().values_list("pk", "token"))
    assert {pk: after[pk] for pk in before} == before, "what was done is not done again"
    assert sorted(Person.objects.values_list("mobile", flat=True)) == [number_of(0, row) for row in range(ROWS)]


def _tokens():
    return column().tokens().order_by(F("pk"))

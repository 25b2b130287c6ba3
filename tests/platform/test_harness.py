"""The test harness itself: the database it promises, and that nothing of a developer's machine leaks in."""

import os
import threading

import pytest
from django.conf import settings
from django.core.signals import request_started
from django.db import connection

from tests import in_flight
from tests.in_flight import InFlight


@pytest.mark.sqlite
@pytest.mark.django_db
def test_engine_is_the_one_asked_for():
    assert connection.vendor == ("sqlite" if os.environ.get("TEST_ENGINE") == "sqlite" else "postgresql")


def test_files_go_to_a_folder_of_this_run():
    assert str(settings.VAR).startswith(os.environ["KAITONG_TEST_RUN"])


def test_tasks_are_never_eager():
    assert not getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False)


def in_a_thread(work) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_rows_stay_until_a_request_that_was_left_behind_is_answered():
    """As when a browser closes in the middle: the answer is drawn in another thread, without a connection."""
    requests = InFlight()
    in_a_thread(requests.begun)
    assert not requests.ends(0)
    threading.Thread(target=requests.ended).start()
    assert requests.ends(10)


def test_requests_to_a_server_are_counted(client):
    seen = []
    request_started.connect(lambda **_more: seen.append(in_flight.requests.count), weak=False, dispatch_uid="seen")
    try:
        in_a_thread(lambda: client.get("/livez"))
        client.get("/livez")
    finally:
        request_started.disconnect(dispatch_uid="seen")
    assert seen == [1, 0] and in_flight.requests.count == 0

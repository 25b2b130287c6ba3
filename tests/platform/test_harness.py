"""The test harness itself: the database it promises, and that nothing of a developer's machine leaks in."""

import os

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.sqlite
@pytest.mark.django_db
def test_engine_is_the_one_asked_for():
    assert connection.vendor == ("sqlite" if os.environ.get("TEST_ENGINE") == "sqlite" else "postgresql")


def test_files_go_to_a_folder_of_this_run():
    assert str(settings.VAR).startswith(os.environ["KAITONG_TEST_RUN"])


def test_tasks_are_never_eager():
    assert not getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False)

"""The queue of files: nobody ever reads half a message, however slowly it is written."""

import json
from pathlib import Path

import pytest
from kombu import Connection
from kombu.transport import filesystem

from portal import doorbell


@pytest.fixture
def folders(tmp_path):
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    queue = str(tmp_path / "queue")
    return {"data_folder_in": queue, "data_folder_out": queue, "control_folder": str(tmp_path / "control")}


def looked_at(folders, transport, monkeypatch) -> tuple[list[str], object]:
    """(messages that a reader could have taken while one was written, the message as it arrives)."""
    seen: list[str] = []
    real = transport.dumps

    def slowly(payload):  # kombu opens the file before it makes the text
        seen.extend(path.name for path in Path(folders["data_folder_in"]).glob("*.msg"))
        return real(payload)

    monkeypatch.setattr(transport, "dumps", slowly)
    with Connection("filesystem://", transport=transport.Transport, transport_options=folders) as connection:
        channel = connection.channel()
        channel._put("celery", {"task": "onboarding.sweep"})
        return seen, channel._get("celery")


def test_a_message_is_there_when_it_is_whole(folders, monkeypatch):
    seen, message = looked_at(folders, doorbell, monkeypatch)
    assert seen == [] and message == {"task": "onboarding.sweep"}
    assert list(Path(folders["data_folder_in"]).iterdir()) == []


def test_the_control_kombu_shows_an_empty_file_first(folders, monkeypatch):
    seen, _message = looked_at(folders, filesystem, monkeypatch)
    assert len(seen) == 1


def test_an_empty_message_is_what_ended_the_worker(folders):
    (Path(folders["data_folder_in"]) / "1_x.celery.msg").write_bytes(b"")
    options = {"transport": filesystem.Transport, "transport_options": folders}
    with Connection("filesystem://", **options) as connection, pytest.raises(json.JSONDecodeError):
        connection.channel()._get("celery")


def test_it_stands_for_the_embedded_broker():
    assert Connection("filesystem://").get_transport_cls() is doorbell.Transport

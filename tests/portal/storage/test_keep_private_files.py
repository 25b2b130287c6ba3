"""Private files come back whole, lie encrypted, and no name leads out of their folder."""

import pytest
from django.core.files.storage import FileSystemStorage

from portal import crypto, storage


@pytest.fixture
def files(tmp_path):
    return storage.PrivateFiles(FileSystemStorage(tmp_path))


def test_round_trip_under_a_generated_name(files, tmp_path):
    names = {files.save(b"licence of Liu", "Document.1") for _ in range(20)}
    assert len(names) == 20
    name = names.pop()
    assert files.read(name, "Document.1") == b"licence of Liu"
    assert b"licence" not in (tmp_path / name).read_bytes()
    with pytest.raises(crypto.Undecryptable):
        files.read(name, "Document.2")


def test_delete(files):
    name = files.save(b"x", "here")
    files.delete(name)
    files.delete(name)
    assert not files.exists(name)
    with pytest.raises(storage.Missing):
        files.read(name, "here")


@pytest.mark.parametrize(
    "name", ["", "../secrets.json", "private/../../secrets.json", "/etc/passwd", "private/aa/bb/../cc", "private/aa\\x"]
)
def test_no_name_leads_out(files, name):
    for attempt in (lambda: files.read(name, "x"), lambda: files.delete(name), lambda: files.exists(name)):
        with pytest.raises(storage.BadName):
            attempt()

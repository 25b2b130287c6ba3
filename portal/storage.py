"""Private files: encrypted at rest under a generated name, in Django's default storage (a folder, or S3).

Nothing here knows who may read: `onboarding.documents` authorises and logs, then asks for the bytes.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage

from portal import crypto

HEAD = 17  # bytes: a key id has 16 characters at most, then comes a dot
NAME = re.compile(r"private/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{40}")


class BadName(ValueError):
    """The name was not made by `PrivateFiles`: nothing is opened, wherever it points."""


class Missing(Exception):
    """There is no such file any more."""


class Unreachable(Exception):
    """The storage does not do its work now: the disk is full, the store does not answer. Trying again may help."""


class PrivateFiles:
    """Whole files in memory (uploads are limited to a few megabytes), each bound to its `context` by encryption."""

    def __init__(self, storage: Storage = default_storage) -> None:
        self.storage = storage

    def save(self, data: bytes, context: str) -> str:
        """Keep `data`; returns the name to store in the row. `context` is needed again to read it."""
        token = secrets.token_hex(20)
        name = f"private/{token[:2]}/{token[2:4]}/{token}"
        sealed = ContentFile(crypto.encrypt_file(data, context))
        with faults():
            return checked(self.storage.save(name, sealed))

    def read(self, name: str, context: str) -> bytes:
        """The bytes behind `save`; raises `BadName`, `Missing`, `Unreachable` or `portal.crypto.Undecryptable`."""
        with faults(), self.storage.open(checked(name), "rb") as file:
            blob: bytes = file.read()
        return crypto.decrypt_file(blob, context)

    def key_id(self, name: str) -> str:
        """The id of the data key that sealed it; reads the head only. Raises as `read`."""
        try:
            with self.storage.open(checked(name), "rb") as file:
                head: bytes = file.read(HEAD)
        except FileNotFoundError:
            raise Missing(f"The private file {name} is not in the storage.") from None
        return crypto.key_id_of((head.partition(b".")[0] + b".").decode("ascii", "replace"))

    def delete(self, name: str) -> None:
        """Remove it; removing what is gone already is no error."""
        with faults():
            self.storage.delete(checked(name))

    def exists(self, name: str) -> bool:
        """Whether the file is in the storage."""
        with faults():
            return self.storage.exists(checked(name))


@contextmanager
def faults() -> Iterator[None]:
    """The storages' own errors as ours; a folder and a bucket fail alike."""
    try:
        yield
    except FileNotFoundError:
        raise Missing("The private file is not in the storage.") from None
    except OSError as error:
        raise Unreachable(str(error)) from error


def checked(name: str) -> str:
    """The same name, when it has the one shape that `save` gives; `BadName` otherwise (no folders, no dots)."""
    if not NAME.fullmatch(name):
        raise BadName("This is not the name of a private file.")
    return name


private_files = PrivateFiles()
